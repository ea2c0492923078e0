/** Puts a signature to what was signed, the shape that certificates, CRLs and requests share. */
import { tags } from '../der/der-tags.ts';
import { putHeader, withHeader } from '../der/der-writer.ts';
import { type SignatureAlgorithm, signatureAlgorithmIdentifiers } from '../public-key/signature-algorithm.ts';

/** The DER of SIGNED{} (RFC 5280 section 4.1.1); an ECDSA signature is given as its DER, not as r and s. */
export function assembleSigned(
  tbs: Uint8Array,
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
): Uint8Array {
  const identifier = signatureAlgorithmIdentifiers[algorithm];
  const signatureBytes = signature.length + 1;
  const content = tbs.length + identifier.length + withHeader(signatureBytes);
  const der = Buffer.allocUnsafe(withHeader(content));
  let at = putHeader(der, 0, tags.sequence, content);
  der.set(tbs, at);
  at += tbs.length;
  der.set(identifier, at);
  at = putHeader(der, at + identifier.length, tags.bitString, signatureBytes);
  // Of the last byte of a signature all bits count.
  der[at] = 0;
  der.set(signature, at + 1);
  return new Uint8Array(der.buffer, der.byteOffset, der.length);
}
