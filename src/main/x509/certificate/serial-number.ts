/** Serial numbers, RFC 5280 section 4.1.2.2. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { DerWriter } from '../der/der-writer.ts';

/** A serial number from random bytes (16 are due): positive, and always of the same length. */
export function newSerialNumber(randomBytes: Uint8Array): Uint8Array {
  if (randomBytes.length < 8 || randomBytes.length > 20) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'A serial number is made of 8 to 20 random bytes.',
    });
  }
  const serialNumber = new Uint8Array(randomBytes);
  serialNumber[0] = ((serialNumber[0] as number) & 0x7f) | 0x40;
  return serialNumber;
}

/** Writes a serial number, big-endian bytes that are read as positive; throws INVALID_INPUT for 0 or above 20 bytes. */
export function writeSerialNumber(writer: DerWriter, serialNumber: Uint8Array): void {
  let first = 0;
  while (serialNumber[first] === 0) first += 1;
  const length = serialNumber.length - first + ((serialNumber[first] ?? 0) >= 0x80 ? 1 : 0);
  if (first === serialNumber.length || length > 20) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'A serial number is positive and has at most 20 bytes.',
    });
  }
  writer.unsigned(serialNumber);
}
