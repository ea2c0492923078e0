import { randomBytes, sha256, timingSafeEqual } from '../crypto/index.ts';

/** A new random secret as base64url behind a prefix that tells what it is, e.g. `chs_`; 32 bytes are 256 bits. */
export function newSecret(prefix: string, bytes = 32): string {
  return prefix + randomBytes(bytes).toString('base64url');
}

/** SHA-256 of a token of high entropy, 32 bytes, for storing and looking up; passwords need `hashPassword`. */
export function hashToken(token: string): Buffer {
  return sha256(token);
}

/** Whether both hold the same bytes, in a time that tells nothing but whether the lengths are equal. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
