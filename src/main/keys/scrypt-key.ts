import { z } from 'zod';
import { scrypt } from '../crypto/index.ts';

/** Cost of scrypt, RFC 7914 section 2; bounded, so that altered records cannot ask for all memory. */
export const ScryptCost = z.strictObject({
  N: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20)
    .refine((n) => Number.isInteger(Math.log2(n)), { error: 'N is a power of two.' }),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(8),
});
export type ScryptCost = z.infer<typeof ScryptCost>;

/** 32 bytes from a password in NFKC (the form that every keyboard's input can be brought to), on the thread pool. */
export function scryptKey(password: string, salt: Uint8Array, { N, r, p }: ScryptCost): Promise<Buffer> {
  const input = Buffer.from(password.normalize('NFKC'), 'utf8');
  const maxmem = 128 * r * (N + p) + 1024 * 1024;
  return new Promise((resolve, reject) => {
    scrypt(input, salt, 32, { N, r, p, maxmem }, (error, key) => {
      input.fill(0);
      if (error) reject(error);
      else resolve(key);
    });
  });
}
