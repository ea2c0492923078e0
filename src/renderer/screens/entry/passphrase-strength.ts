/** A rough, deliberately pessimistic estimate of a passphrase, for advice only: nothing is refused by it. */

export interface PassphraseStrength {
  /** Bits of guessing that it withstands. */
  readonly bits: number;
  readonly grade: 'weak' | 'fair' | 'strong';
}

const classes = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[^a-zA-Z0-9]/, 33],
] as const;

/**
 * Counts distinct characters rather than all, so that repeating one adds little, and takes half the bits of a
 * random character, since people choose words.
 */
export function passphraseStrength(passphrase: string): PassphraseStrength {
  const alphabet = classes.reduce((sum, [pattern, size]) => (pattern.test(passphrase) ? sum + size : sum), 0);
  const distinct = new Set(passphrase).size;
  const counted = Math.min(passphrase.length, distinct * 2);
  const bits = alphabet === 0 ? 0 : Math.round(counted * Math.log2(alphabet) * 0.55);
  return { bits, grade: bits < 36 ? 'weak' : bits < 60 ? 'fair' : 'strong' };
}
