/** Builds the part of a certificate that is signed. */
import { ChanceryError } from '../../../shared/errors.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { writeTime } from '../der/der-time.ts';
import { writeDer } from '../der/der-writer.ts';
import { type CertificateExtensions, writeExtensions } from '../extensions/write-extensions.ts';
import { type SignatureAlgorithm, signatureAlgorithmIdentifiers } from '../public-key/signature-algorithm.ts';
import { writeSerialNumber } from './serial-number.ts';

export interface CertificateFields {
  /** Big-endian bytes, see newSerialNumber. */
  readonly serialNumber: Uint8Array;
  /** What the issuer's key signs with. */
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** DER of the issuer's Name, byte for byte its subject. */
  readonly issuerDer: Uint8Array;
  readonly notBefore: Date;
  /** The last second in which it is valid. */
  readonly notAfter: Date;
  /** DER of the subject's Name. */
  readonly subjectDer: Uint8Array;
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly extensions: CertificateExtensions;
}

/** DER of a TBSCertificate v3 (RFC 5280 section 4.1.2); throws INVALID_INPUT for what cannot be written. */
export function buildTbsCertificate(fields: CertificateFields): Uint8Array {
  const { extensions, notBefore, notAfter, subjectDer } = fields;
  const hasSubject = subjectDer.length > 2;
  const hasOtherName = (extensions.subjectAltNames?.length ?? 0) > 0;
  checkFields(fields, fields.issuerDer, hasOtherName && !extensions.basicConstraints?.ca);
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.group(contextGroup(0), () => writer.integer(2));
      writeSerialNumber(writer, fields.serialNumber);
      writer.raw(signatureAlgorithmIdentifiers[fields.signatureAlgorithm]);
      writer.raw(fields.issuerDer);
      writer.sequence(() => {
        writeTime(writer, notBefore);
        writeTime(writer, notAfter);
      });
      writer.raw(subjectDer).raw(fields.spki);
      writer.groupUnlessEmpty(contextGroup(3), () => {
        writer.groupUnlessEmpty(tags.sequence, () => writeExtensions(writer, extensions, hasSubject));
      });
    });
  }, 2048);
}

/** The rules on names and times; throws INVALID_INPUT. Only a subject that has another name may be empty. */
export function checkFields(
  own: Pick<CertificateFields, 'notBefore' | 'notAfter' | 'subjectDer'>,
  issuerDer: Uint8Array,
  mayLackSubject: boolean,
): void {
  if (issuerDer.length <= 2) throw invalid('A certificate needs the name of its issuer.');
  if (!(own.notAfter.getTime() >= own.notBefore.getTime()))
    throw invalid('A certificate cannot end before it begins.');
  if (own.subjectDer.length <= 2 && !mayLackSubject) {
    throw invalid(
      'Without a subject, a certificate needs a subject alternative name and cannot be an authority.',
    );
  }
}

function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail });
}
