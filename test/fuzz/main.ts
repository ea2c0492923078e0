/**
 * `npm run test:long [-- --count N] [--seed N] [--workers N] [--replay FILE]`: a million mutated files through
 * everything that reads files, and some of them through OpenSSL's parser as well. Exits with 1 when one of them crashes
 * a reader, hangs it, or leaves memory behind, or when the two parsers differ for no reason in the table.
 */
import { parseArgs } from 'node:util';
import { type ComparedKind, compare } from '../conformance/differential.ts';
import { type CampaignReport, runCampaign } from './campaign.ts';
import { makeCorpus } from './corpus.ts';
import { keepFailure, replayFailure } from './failure-file.ts';
import { growthBytes, maxGrowthBytes } from './growth.ts';
import { fuzzQueries } from './query.ts';
import { kinds, type Sample } from './sample.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string' },
    workers: { type: 'string', default: '2' },
    replay: { type: 'string' },
  },
});

if (values.replay !== undefined) {
  await replayFailure(values.replay);
  process.stdout.write('The input is read or refused as it should be.\n');
} else {
  await fuzz(Number(values.count), Number(values.seed ?? Date.now() % 1_000_000_000), Number(values.workers));
}

async function fuzz(count: number, seed: number, workers: number): Promise<void> {
  const corpus = makeCorpus();
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  process.stdout.write(`${count} changes of ${corpus.length} files, seed ${seed}.\n`);
  const onProgress = (done: number) => {
    process.stderr.write(`  ${done} (${Math.round(done / seconds())}/s)\n`);
  };
  const report = await runCampaign({ corpus, seed, count, workers, onProgress });
  process.stdout.write(`${tableOf(report)}Done in ${Math.round(seconds())} s.\n`);
  for (const failure of report.failures) process.stdout.write(`FAILED: ${keepFailure(failure, seed)}\n`);
  const { read, refused } = fuzzQueries(seed, Math.ceil(count / 10));
  process.stdout.write(`Of random queries, ${read} were read and ${refused} refused.\n`);
  const growth = growthBytes(report);
  process.stdout.write(`Memory after a collection grew by ${(growth / 2 ** 20).toFixed(1)} MiB.\n`);
  if (report.failures.length > 0 || growth > maxGrowthBytes) process.exitCode = 1;
  for (const kind of ['certificate', 'crl'] as const) compareSome(kind, corpus, seed, Math.ceil(count / 50));
}

function compareSome(kind: ComparedKind, corpus: readonly Sample[], seed: number, count: number): void {
  const { readByBoth, refusedByBoth, explained, unexplained } = compare(kind, corpus, seed, count);
  const rows = [...explained].map(([{ kind, because }, times]) => `  ${times} ${kind}: ${because}\n`);
  process.stdout.write(
    `Of ${count} changed files (${kind}), this program and OpenSSL read ${readByBoth}, refuse ${refusedByBoth}, and differ:\n`,
  );
  process.stdout.write(rows.join(''));
  for (const difference of unexplained) process.stdout.write(`UNEXPLAINED: ${difference}\n`);
  if (unexplained.length > 0) process.exitCode = 1;
}

function tableOf({ reports }: CampaignReport): string {
  const rows = kinds.map((kind) => {
    const sum = (name: 'read' | 'refused') =>
      reports.reduce((total, { tallies }) => total + (tallies[kind]?.[name] ?? 0), 0);
    return `${kind.padEnd(16)} ${String(sum('read')).padStart(8)} read ${String(sum('refused')).padStart(8)} refused\n`;
  });
  const slowest = reports
    .flatMap((report) => report.slowest)
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, 5)
    .map(({ index, ms }) => `${index} (${ms.toFixed(0)} ms)`);
  return `${rows.join('')}The slowest inputs: ${slowest.join(', ')}\n`;
}
