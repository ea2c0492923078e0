/** Takes requests in whatever form people have them. */
import { ChanceryError } from '../../../shared/errors.ts';
import { tags } from '../der/der-tags.ts';
import { decodeBase64, readPemAs } from '../files/pem.ts';
import { type CertificationRequest, csrFormat, parseCsr } from './parse-csr.ts';

const labels = ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'];

/** Reads a request from PEM, DER, or DER in bare base64. Throws INVALID_CSR. */
export function readCsr(input: string | Uint8Array): CertificationRequest {
  if (typeof input !== 'string' && input[0] === tags.sequence) return parseCsr(input);
  // Base64 and line breaks at their most generous.
  if (input.length > csrFormat.maxBytes * 3) throw invalid('The certificate request is too large.');
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('latin1');
  const [block, second] = readPemAs(text, 'INVALID_CSR').filter(({ label }) => labels.includes(label));
  if (second !== undefined) throw invalid('The text holds more than one certificate request.');
  const der = block?.der ?? (text.includes('-----') ? undefined : decodeBase64(text));
  if (der === undefined) throw invalid('There is no certificate request in PEM or DER.');
  return parseCsr(der);
}

function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_CSR', detail });
}
