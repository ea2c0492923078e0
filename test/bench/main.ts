/**
 * `npm run bench -- --json FILE [--quick]`: measures the built program against a yardstick on the same machine,
 * so that numbers of different machines can be compared. Its invariant: a ratio is a number, and higher is
 * better. Each case is a file and a line in `cases`.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { coldStart } from './cold-start.ts';
import { installedSize, installedTree } from './installed-size.ts';
import type { BenchCase, BenchResult } from './result.ts';
import { tableOf } from './table.ts';

const cases: readonly BenchCase[] = [coldStart, installedSize, installedTree];

const { values } = parseArgs({
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
});

const results: BenchResult[] = [];
for (const { name, measure } of cases) {
  process.stderr.write(`Measuring ${name} ...\n`);
  results.push({ case: name, ...(await measure({ isQuick: values.quick })) });
}
process.stdout.write(tableOf(results));
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
