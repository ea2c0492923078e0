import { expect, it } from 'vitest';
import { makeCorpus } from '../fuzz/corpus.ts';
import { compare } from './differential.ts';

it.each([
  ['certificate', 6000],
  ['crl', 2000],
] as const)(
  'a changed %s is read as OpenSSL reads it, or differs for a reason in the table',
  (kind, count) => {
    const { readByBoth, refusedByBoth, explained, unexplained } = compare(
      kind,
      makeCorpus(),
      20_261_122,
      count,
    );
    expect(unexplained).toEqual([]);
    // Otherwise nothing was compared.
    expect(Math.min(readByBoth, refusedByBoth, explained.size)).toBeGreaterThan(10);
  },
);
