import { createCipheriv, createDecipheriv, randomBytes } from '../crypto/index.ts';

const version = 1;
const nonceLength = 12;
const tagLength = 16;

/**
 * Encrypts with AES-256-GCM under a random 96-bit nonce (NIST SP 800-38D section 8.2.2, good for 2^32 messages
 * per key); the purpose is authenticated but not stored. Layout: version, nonce, ciphertext, tag.
 */
export function sealBytes(key: Uint8Array, purpose: string, plaintext: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(purpose, 'utf8'));
  return Buffer.concat([
    Buffer.of(version),
    nonce,
    cipher.update(plaintext),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** What `sealBytes` made, or undefined when the key or the purpose is another or a byte was changed. */
export function openBytes(key: Uint8Array, purpose: string, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < 1 + nonceLength + tagLength || sealed[0] !== version) return undefined;
  const nonce = sealed.subarray(1, 1 + nonceLength);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(purpose, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  const plaintext = decipher.update(sealed.subarray(1 + nonceLength, sealed.length - tagLength));
  try {
    decipher.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    return undefined;
  }
}
