import { sha256 } from '../crypto/index.ts';

/**
 * 48 bits of the SHA-256 of a public key (SubjectPublicKeyInfo in DER), by which certificates are found: half as
 * large in the index as a whole hash, and what is found by it is compared in full.
 */
export function keyHash(spki: Uint8Array): number {
  return sha256(spki).readUIntBE(0, 6);
}
