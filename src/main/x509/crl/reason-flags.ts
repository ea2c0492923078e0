/** The reasons of RFC 5280: as codes of entries (section 5.3.1) and as flags of scopes (section 4.2.1.13). */
import type { RevocationReason } from '../../../shared/model/names.ts';
import type { DerReader } from '../der/der-reader.ts';

export type CrlReason = RevocationReason | 'removeFromCRL';

export const crlReasons: ReadonlyMap<number, CrlReason> = new Map<number, CrlReason>([
  [0, 'unspecified'],
  [1, 'keyCompromise'],
  [2, 'cACompromise'],
  [3, 'affiliationChanged'],
  [4, 'superseded'],
  [5, 'cessationOfOperation'],
  [6, 'certificateHold'],
  [8, 'removeFromCRL'],
  [9, 'privilegeWithdrawn'],
  [10, 'aACompromise'],
]);

/** All flags from keyCompromise (1) to aACompromise (8), the all-reasons of section 6.3.2. */
export const allReasons = 0b1_1111_1110;

/** Reads ReasonFlags into a mask, bit n of the BIT STRING as 1 << n; throws for flags that do not exist. */
export function readReasonFlags(reader: DerReader, tag: number, what: string): number {
  const { bytes } = reader.bits(what, tag);
  if (bytes.length > 2) reader.fail(`${what} has more flags than there are reasons`);
  let mask = 0;
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    if (((bytes[bit >> 3] as number) & (0x80 >> (bit & 7))) !== 0) mask |= 1 << bit;
  }
  return mask & allReasons;
}
