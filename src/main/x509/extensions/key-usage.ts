/** The keyUsage extension, RFC 5280 section 4.2.1.3. */
import { type KeyUsage, keyUsages } from '../../../shared/model/names.ts';
import type { DerReader } from '../der/der-reader.ts';
import type { DerWriter } from '../der/der-writer.ts';

/** Writes the BIT STRING with its trailing zero bits left away, as DER wants named bits (X.690 11.2.2). */
export function writeKeyUsages(writer: DerWriter, usages: readonly KeyUsage[]): void {
  const highest = Math.max(...usages.map((usage) => keyUsages.indexOf(usage)));
  const bytes = new Uint8Array((highest >> 3) + 1);
  for (const usage of usages) {
    const bit = keyUsages.indexOf(usage);
    bytes[bit >> 3] = (bytes[bit >> 3] as number) | (0x80 >> (bit & 7));
  }
  writer.bitString(bytes, 7 - (highest & 7));
}

/** Reads the extension's value; trailing zero bits are forgiven, since old software writes them. */
export function readKeyUsages(value: DerReader): KeyUsage[] {
  const { bytes } = value.bits('keyUsage');
  value.finish('keyUsage');
  return keyUsages.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}
