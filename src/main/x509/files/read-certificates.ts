/** Takes certificates in whatever form people have them. */
import { ChanceryError } from '../../../shared/errors.ts';
import { certificateFormat } from '../certificate/parse-certificate.ts';
import { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { decodeBase64, readPemAs } from './pem.ts';
import { readPkcs7 } from './pkcs7.ts';

const certificateLabels = ['CERTIFICATE', 'X509 CERTIFICATE'];
const pkcs7Labels = ['PKCS7', 'PKCS #7 SIGNED DATA', 'CMS'];

/**
 * The DER of all certificates in PEM, DER, bare base64 or PKCS#7, in their order; other PEM blocks are passed
 * over. They are cut out, not yet read: see parseCertificate. Throws INVALID_CERTIFICATE when there is none.
 */
export function readCertificates(input: string | Uint8Array): Uint8Array[] {
  const certificates = extract(input);
  if (certificates.length === 0) throw invalid('There is no certificate in it.');
  return certificates;
}

function extract(input: string | Uint8Array): Uint8Array[] {
  if (typeof input !== 'string' && input[0] === tags.sequence) return fromDer(input);
  const text =
    typeof input === 'string'
      ? input
      : Buffer.from(input.buffer, input.byteOffset, input.length).toString('latin1');
  const blocks = readPemAs(text, 'INVALID_CERTIFICATE');
  if (blocks.length === 0) {
    const der = text.includes('-----') ? undefined : decodeBase64(text);
    if (der === undefined) throw invalid('There is no certificate in PEM, DER or PKCS#7.');
    return fromDer(der);
  }
  return blocks.flatMap(({ label, der }) => {
    if (certificateLabels.includes(label)) return [der];
    return pkcs7Labels.includes(label) ? readPkcs7(der) : [];
  });
}

/** A SignedData begins with an object identifier, a certificate with a sequence. */
function fromDer(der: Uint8Array): Uint8Array[] {
  const reader = DerReader.open(der, { ...certificateFormat, maxBytes: 16 * 1024 * 1024 });
  const content = reader.enter(tags.sequence, 'certificate');
  return content.peek() === tags.objectIdentifier ? readPkcs7(der) : [reader.bytes];
}

function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_CERTIFICATE', detail });
}
