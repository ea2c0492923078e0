import { expect, it } from 'vitest';
import { fuzzQueries } from './query.ts';

/** The same inputs each time; `npm run test:long` throws new dice, a hundred times as often. */
const seed = 20_261_122;

it('random queries are read or refused with their place, and no value of them is ever part of the SQL', () => {
  const { read, refused } = fuzzQueries(seed, 1_000);
  // Ones that are all refused would test the outermost check alone, and ones that are all read nothing.
  expect(read).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
});
