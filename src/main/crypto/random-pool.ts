import { randomFillSync } from 'node:crypto';

const poolBytes = 4096;
const pool = Buffer.allocUnsafeSlow(poolBytes);
let used = poolBytes;

/**
 * Random bytes (at most 64) for numbers that are made by the thousand and end up in public, such as ids and
 * serial numbers: a call of the generator for each costs more than the rest of such a number. What was handed
 * out is wiped from the pool, so that nothing is ever given twice. Keys and secrets are not made of these.
 */
export function pooledRandomBytes(length: number): Buffer {
  if (length > 64) throw new RangeError('The pool is for small numbers.');
  if (used + length > poolBytes) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.allocUnsafe(length);
  for (let index = 0; index < length; index += 1, used += 1) {
    bytes[index] = pool[used] as number;
    pool[used] = 0;
  }
  return bytes;
}
