/** The extensions of a certificate as they stand in it, for a certificate that shall have the same. */
import { DerReader } from '../der/der-reader.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import type { RawExtension } from '../extensions/custom-extension.ts';
import { readExtensions } from '../extensions/read-extensions.ts';
import { certificateFormat, parseCertificate } from './parse-certificate.ts';

/** All extensions in their order; none for versions before 3. Throws INVALID_CERTIFICATE. */
export function rawExtensions(der: Uint8Array): RawExtension[] {
  const { tbs } = parseCertificate(der);
  const fields = DerReader.open(tbs, certificateFormat).enter(tags.sequence, 'signed part');
  while (!fields.isEmpty && fields.peek() !== contextGroup(3)) fields.element('a field');
  const holder = fields.enterIf(contextGroup(3), 'extensions');
  if (holder === undefined) return [];
  return readExtensions(holder).map(({ oid, critical, value }) => ({ oid, critical, value }));
}
