/** Writes PKCS#10 certification requests for authorities, RFC 2986. */
import { contextGroup, tags } from '../der/der-tags.ts';
import { writeDer } from '../der/der-writer.ts';
import { type CertificateExtensions, writeExtensions } from '../extensions/write-extensions.ts';

export interface CertificationRequestFields {
  /** DER of the subject's Name. */
  readonly subjectDer: Uint8Array;
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** What is asked for (RFC 2985 section 5.4.2). */
  readonly extensions: CertificateExtensions;
}

/** DER of the CertificationRequestInfo, for the subject's own key to sign. */
export function buildCertificationRequest(fields: CertificationRequestFields): Uint8Array {
  const { subjectDer, spki, extensions } = fields;
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.integer(0).raw(subjectDer).raw(spki);
      writer.group(contextGroup(0), () => {
        writer.sequence(() => {
          writer.objectIdentifier('1.2.840.113549.1.9.14').group(tags.set, () => {
            writer.sequence(() => writeExtensions(writer, extensions, subjectDer.length > 2));
          });
        });
      });
    });
  });
}
