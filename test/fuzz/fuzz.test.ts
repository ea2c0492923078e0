import { expect, it } from 'vitest';
import { runCampaign } from './campaign.ts';
import { makeCorpus } from './corpus.ts';
import { keepFailure } from './failure-file.ts';
import { growthBytes, maxGrowthBytes } from './growth.ts';
import { kinds } from './sample.ts';

/** The same inputs each time but for the keys in them; `npm run test:long` throws new dice, a hundred times as often. */
const seed = 20_261_122;

it('changed files of every kind are read or refused, in bounded time, and leave nothing behind', async () => {
  const corpus = makeCorpus();
  expect(kinds.filter((kind) => !corpus.some((sample) => sample.kind === kind))).toEqual([]);
  const report = await runCampaign({ corpus, seed, count: 10_000 });
  expect(report.failures.map((failure) => keepFailure(failure, seed))).toEqual([]);
  expect(growthBytes(report)).toBeLessThan(maxGrowthBytes);
  const tallies = report.reports[0]?.tallies ?? {};
  // Changes that nothing takes would test the outermost check alone, and ones that all are taken nothing.
  expect(kinds.filter((kind) => !tallies[kind]?.read || !tallies[kind]?.refused)).toEqual([]);
});
