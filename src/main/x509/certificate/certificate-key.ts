import { DerReader } from '../der/der-reader.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { certificateFormat } from './parse-certificate.ts';

/** The SubjectPublicKeyInfo of a certificate, reading nothing else of it. Throws INVALID_CERTIFICATE. */
export function certificateKey(der: Uint8Array): Uint8Array {
  const outer = DerReader.open(der, certificateFormat).enter(tags.sequence, 'certificate');
  const tbs = outer.enter(tags.sequence, 'signed part');
  tbs.enterIf(contextGroup(0), 'version');
  for (const field of ['serial number', 'signature algorithm', 'issuer', 'validity', 'subject']) {
    tbs.element(field);
  }
  return tbs.element('key');
}
