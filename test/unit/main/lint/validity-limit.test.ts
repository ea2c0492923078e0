import { describe, expect, it } from 'vitest';
import { validityDays, validityLimitDays } from '../../../../src/main/lint/rules/validity-limit.ts';

describe('the longest validity', () => {
  it.each([
    ['2020-08-31T23:59:59Z', 825],
    ['2020-09-01T00:00:00Z', 398],
    ['2026-03-14T23:59:59Z', 398],
    ['2026-03-15T00:00:00Z', 200],
    ['2027-03-15T00:00:00Z', 100],
    ['2029-03-15T00:00:00Z', 47],
  ])('of a certificate that begins at %s is %i days', (notBefore, days) => {
    expect(validityLimitDays(new Date(notBefore))).toBe(days);
  });

  it('counts the last second, and a day begun as one', () => {
    const begin = new Date('2026-04-01T00:00:00Z');
    expect(validityDays(begin, new Date('2026-04-01T23:59:59Z'))).toBe(1);
    expect(validityDays(begin, new Date('2026-04-02T00:00:00Z'))).toBe(2);
  });
});
