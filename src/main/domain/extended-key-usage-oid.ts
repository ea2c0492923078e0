import type { ExtendedKeyUsage } from '../../shared/model/names.ts';

const oids: Readonly<Record<ExtendedKeyUsage, string>> = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
};

/** The object identifier of an extended key usage given by name (RFC 5280 section 4.2.1.12); others are themselves. */
export function extendedKeyUsageOid(usage: string): string {
  return Object.hasOwn(oids, usage) ? oids[usage as ExtendedKeyUsage] : usage;
}
