/**
 * The one room that imports node:crypto. What it is for: to name what the runtime can do (Node links OpenSSL,
 * Electron BoringSSL, which lacks some of it) and to hand out the primitives that the other rooms build on.
 * Its invariant: no other module of the application imports node:crypto. What does not belong: keys at rest
 * (keys/), encodings (x509/).
 */
export {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  createSign,
  generateKeyPair,
  hkdfSync,
  type KeyObject,
  pbkdf2,
  randomBytes,
  randomUUID,
  scrypt,
  sign,
  timingSafeEqual,
  verify,
  X509Certificate,
} from 'node:crypto';

import { hash } from 'node:crypto';

/** SHA-256 of the bytes (FIPS 180-4), 32 bytes. */
export function sha256(bytes: Uint8Array | string): Buffer {
  // By way of a string: a buffer that the runtime makes costs more than a short hash.
  return Buffer.from(hash('sha256', bytes, 'binary'), 'binary');
}

/** Upper-case hexadecimal of the hash of the bytes, as fingerprints are written. */
export function fingerprint(algorithm: 'sha256' | 'sha1', bytes: Uint8Array): string {
  return hash(algorithm, bytes, 'hex').toUpperCase();
}

export {
  type Capabilities,
  capabilities,
  type Engine,
  electronCapabilities,
  setCapabilities,
} from './capabilities.ts';
export { generatePostQuantum, publicKeyOfPostQuantum, verifyPostQuantum } from './post-quantum.ts';
export { makePostQuantumKey, makePostQuantumSignature } from './post-quantum-thread.ts';
export { prepareCrypto } from './prepare-crypto.ts';
export { pooledRandomBytes } from './random-pool.ts';
export { newId } from './uuid.ts';
