/** The integrity of PKCS#12 by a passphrase: HMAC under a key of its own derivation (RFC 7292 appendix B). */
import { setImmediate } from 'node:timers/promises';
import { createHash, createHmac } from '../../crypto/index.ts';

export type MacHash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** Rounds between two turns of the event loop: some milliseconds. */
const roundsPerTurn = 4096;

const blockBytes: Readonly<Record<MacHash, number>> = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 };

/** The MAC over the content of the AuthenticatedSafe. */
export async function pkcs12Mac(
  hash: MacHash,
  content: Uint8Array,
  passphrase: string,
  salt: Uint8Array,
  iterations: number,
): Promise<Buffer> {
  const key = await deriveMacKey(hash, passphrase, salt, iterations);
  const mac = createHmac(hash, key).update(content).digest();
  key.fill(0);
  return mac;
}

/** Appendix B.2 with the ID 3; a MAC key is as long as one hash, so that one block of its output is enough. */
async function deriveMacKey(
  hash: MacHash,
  passphrase: string,
  salt: Uint8Array,
  iterations: number,
): Promise<Buffer> {
  const block = blockBytes[hash];
  // Appendix B.1: UTF-16 big-endian with a NUL character at its end.
  const password = Buffer.from(`${passphrase}\0`, 'utf16le').swap16();
  let digest = createHash(hash)
    .update(Buffer.alloc(block, 3))
    .update(fillBlocks(salt, block))
    .update(fillBlocks(password, block))
    .digest();
  for (let round = 1; round < iterations; round++) {
    digest = createHash(hash).update(digest).digest();
    if (round % roundsPerTurn === 0) await setImmediate();
  }
  return digest;
}

/** The bytes repeated to whole blocks. */
function fillBlocks(bytes: Uint8Array, block: number): Buffer {
  const size = Math.ceil(bytes.length / block) * block;
  return size === 0 ? Buffer.alloc(0) : Buffer.alloc(size, bytes);
}
