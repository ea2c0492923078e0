/** Keys from passphrases as PKCS#12 derives them (RFC 7292 appendix B): for its MAC, and for its older ciphers. */
import { setImmediate } from 'node:timers/promises';
import { createHash } from '../../crypto/index.ts';

export type Pkcs12Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** What the bytes are for, appendix B.3. */
export type Pkcs12Purpose = 1 | 2 | 3;
export const pkcs12Purposes = { key: 1, iv: 2, mac: 3 } as const;

/**
 * The passphrase in the forms that derivation may have had it in, appendix B.1: UTF-16 big-endian with a NUL
 * character at its end. Where there is none, some software (openssl, among others) takes no bytes at all.
 */
export function pkcs12Passwords(passphrase: string): Uint8Array[] {
  const terminated = Buffer.from(`${passphrase}\0`, 'utf16le').swap16();
  return passphrase === '' ? [terminated, new Uint8Array()] : [terminated];
}

/** Rounds between two turns of the event loop: some milliseconds. */
const roundsPerTurn = 4096;

const blockBytes: Readonly<Record<Pkcs12Hash, number>> = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 };

/** Appendix B.2: as many bytes as are wanted, from one of pkcs12Passwords. The caller has bounded the iterations. */
export async function derivePkcs12(
  hash: Pkcs12Hash,
  purpose: Pkcs12Purpose,
  password: Uint8Array,
  { salt, iterations }: { readonly salt: Uint8Array; readonly iterations: number },
  wantedBytes: number,
): Promise<Buffer> {
  const block = blockBytes[hash];
  const diversifier = Buffer.alloc(block, purpose);
  const input = Buffer.concat([fillBlocks(salt, block), fillBlocks(password, block)]);
  const output: Buffer[] = [];
  for (let length = 0; length < wantedBytes; length += output.at(-1)?.length ?? wantedBytes) {
    if (length > 0) stir(input, output.at(-1) ?? diversifier, block);
    let digest = createHash(hash).update(diversifier).update(input).digest();
    for (let round = 1; round < iterations; round++) {
      digest = createHash(hash).update(digest).digest();
      if (round % roundsPerTurn === 0) await setImmediate();
    }
    output.push(digest);
  }
  input.fill(0);
  return Buffer.concat(output).subarray(0, wantedBytes);
}

/** Step 6C: adds the digest, repeated to a block, and 1 to every block of the input. */
function stir(input: Buffer, digest: Buffer, block: number): void {
  const addend = Buffer.alloc(block, digest);
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let i = block - 1; i >= 0; i--) {
      carry += (input[start + i] as number) + (addend[i] as number);
      input[start + i] = carry & 0xff;
      carry >>= 8;
    }
  }
}

/** The bytes repeated to whole blocks. */
function fillBlocks(bytes: Uint8Array, block: number): Buffer {
  const size = Math.ceil(bytes.length / block) * block;
  return size === 0 ? Buffer.alloc(0) : Buffer.alloc(size, bytes);
}
