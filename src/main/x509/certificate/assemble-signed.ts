/** Puts a signature to what was signed, the shape that certificates, CRLs and requests share. */
import { DerWriter } from '../der/der-writer.ts';
import { type SignatureAlgorithm, signatureAlgorithmIdentifiers } from '../public-key/signature-algorithm.ts';

/** The DER of SIGNED{} (RFC 5280 section 4.1.1); an ECDSA signature is given as its DER, not as r and s. */
export function assembleSigned(
  tbs: Uint8Array,
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
): Uint8Array {
  const writer = tbs.length > keptBytes ? new DerWriter(tbs.length + 16_384) : kept;
  const written = writer.clear().sequence(() => {
    writer.raw(tbs).raw(signatureAlgorithmIdentifiers[algorithm]).bitString(signature);
  });
  return written.finish();
}

/** Kept between calls: nothing here waits, so no two are ever written at once. */
const kept = new DerWriter(2048);
/** A large CRL's memory is not kept. */
const keptBytes = 65_536;
