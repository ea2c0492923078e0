import { parseIpAddress } from './ip-address.ts';

/**
 * The address and mask of an iPAddress in nameConstraints (RFC 5280 section 4.2.1.10), from an address or one with
 * a prefix length; undefined when it is neither, or when bits are set behind the prefix, which is mostly a slip.
 */
export function parseIpRange(text: string): Uint8Array | undefined {
  const [address = '', length, ...more] = text.split('/');
  const bytes = parseIpAddress(address);
  if (!bytes || more.length > 0 || (length !== undefined && !/^(?:0|[1-9][0-9]{0,2})$/.test(length)))
    return undefined;
  const bits = length === undefined ? 8 * bytes.length : Number(length);
  if (bits > 8 * bytes.length) return undefined;
  const mask = bytes.map((_, index) => 0xff & ~(0xff >> Math.min(8, Math.max(0, bits - 8 * index))));
  const hasHostBits = bytes.some((byte, index) => (byte & ~(mask[index] as number)) !== 0);
  return hasHostBits ? undefined : Uint8Array.from([...bytes, ...mask]);
}
