import {
  type CertificateExtensions,
  extensionOids,
  type ParsedCertificate,
  rawExtensions,
} from '../../x509/index.ts';

/** What every certificate has of its own: made anew, or written from fields. */
const made: readonly string[] = [
  extensionOids.basicConstraints,
  extensionOids.keyUsage,
  extensionOids.subjectKeyIdentifier,
  extensionOids.authorityKeyIdentifier,
  extensionOids.authorityInfoAccess,
  extensionOids.cRLDistributionPoints,
  extensionOids.freshestCRL,
];

/** The extensions of a CA certificate for another one of the same authority: its constraints byte for byte. */
export function keptExtensions({ der, pathLength, keyUsages }: ParsedCertificate): CertificateExtensions {
  return {
    basicConstraints: { ca: true, pathLength },
    keyUsages: keyUsages.length > 0 ? keyUsages : ['keyCertSign', 'cRLSign'],
    others: rawExtensions(der).filter(({ oid }) => !made.includes(oid)),
  };
}
