import { pooledRandomBytes } from './random-pool.ts';

/**
 * A new id: UUID version 7 (RFC 9562 section 5.7), so that ids made later sort later and rows of one time lie
 * together on disk.
 */
export function newId(now: Date): string {
  const bytes = pooledRandomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
