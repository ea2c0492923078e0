/** PKCS#7 as a bag of certificates: SignedData without signers (RFC 5652 section 5, RFC 2315 section 9). */
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { writeDer } from '../der/der-writer.ts';

export const signedDataOid = '1.2.840.113549.1.7.2';
const dataOid = '1.2.840.113549.1.7.1';

const pkcs7Format: DerFormat = {
  code: 'INVALID_CERTIFICATE',
  name: 'PKCS#7 file',
  maxBytes: 16 * 1024 * 1024,
};

/**
 * DER of a certs-only SignedData with the certificates in the given order. The SET is left unsorted, as other
 * software writes it, since readers take the first one for the leaf.
 */
export function writePkcs7(certificates: readonly Uint8Array[]): Uint8Array {
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.objectIdentifier(signedDataOid).group(contextGroup(0), () => {
        writer.sequence(() => {
          writer.integer(1).group(tags.set, () => {});
          writer.sequence(() => writer.objectIdentifier(dataOid));
          writer.group(contextGroup(0), () => {
            for (const certificate of certificates) writer.raw(certificate);
          });
          writer.group(tags.set, () => {});
        });
      });
    });
  }, 4096);
}

/** The certificates in a SignedData, whether or not it has signers, as they stand. Throws INVALID_CERTIFICATE. */
export function readPkcs7(der: Uint8Array): Uint8Array[] {
  const root = DerReader.open(der, pkcs7Format);
  const contentInfo = root.enter(tags.sequence, 'PKCS#7 content');
  root.finish('the PKCS#7 content');
  if (contentInfo.objectIdentifier('content type') !== signedDataOid)
    contentInfo.fail('it does not hold SignedData');
  const holder = contentInfo.enter(contextGroup(0), 'SignedData');
  const signedData = holder.enter(tags.sequence, 'SignedData');
  signedData.smallInteger('SignedData version');
  signedData.enter(tags.set, 'digest algorithms');
  signedData.enter(tags.sequence, 'encapsulated content');
  const list = signedData.enterIf(contextGroup(0), 'certificates');
  const certificates: Uint8Array[] = [];
  while (list !== undefined && !list.isEmpty) {
    const isCertificate = list.peek() === tags.sequence;
    const element = list.element('certificate');
    // The others are attribute certificates and obsolete kinds.
    if (isCertificate) certificates.push(element);
  }
  return certificates;
}
