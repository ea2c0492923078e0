/** How long a TLS server certificate may be valid by the CA/Browser Forum's Baseline Requirements, section 6.3.2. */

/** Days by the day on which it begins; before, 60 and then 39 months. */
const limits: readonly (readonly [from: string, days: number])[] = [
  ['2029-03-15', 47],
  ['2027-03-15', 100],
  ['2026-03-15', 200],
  ['2020-09-01', 398],
  ['2018-03-01', 825],
  ['2015-04-01', 1188],
];

export const dayMs = 86_400_000;

/** The limit for a certificate that begins at the given time, in days. */
export function validityLimitDays(notBefore: Date): number {
  return limits.find(([from]) => notBefore >= new Date(from))?.[1] ?? 1826;
}

/** The validity in days: the second of notAfter is part of it, and a day begun counts as one (section 1.6.1). */
export function validityDays(notBefore: Date, notAfter: Date): number {
  return Math.ceil((notAfter.getTime() - notBefore.getTime() + 1000) / dayMs);
}
