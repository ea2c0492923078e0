import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequenceMatches, textSteps } from '../../../../src/main/domain/sequence-match.ts';

const matches = (pattern: string, text: string, stops = '') =>
  sequenceMatches(textSteps(pattern, stops), text);

describe('sequenceMatches', () => {
  it('agrees with a regular expression on every small pattern', () => {
    const piece = fc.constantFrom('a', 'b', '/', '*', '**');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 }),
        (pieces, text) => {
          const pattern = pieces.join('');
          const source = pattern.replace(/\*+/g, (stars) => (stars.length > 1 ? '[^]*' : '[^/]*'));
          return matches(pattern, text, '/') === new RegExp(`^${source}$`).test(text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('takes characters outside the basic plane as one', () => {
    expect(matches('💩*', '💩x')).toBe(true);
    expect(matches('\ud83d*', '💩')).toBe(false);
  });

  it('comes to an end with a pattern that would never end by backtracking', () => {
    expect(matches(`${'*a'.repeat(250)}b`, 'a'.repeat(2000))).toBe(false);
  });
});
