/**
 * The long form of the simulation: five years of 10,000 orders, by dice of the day.
 * `node test/simulation/main.ts [--orders N] [--years N] [--seed N]`. Exits with 1 where something went wrong.
 */
import { parseArgs } from 'node:util';
import { simulateYears } from './years.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '10000' },
    years: { type: 'string', default: '5' },
    seed: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
process.stdout.write(`${values.years} years of ${values.orders} orders, seed ${seed}.\n`);
const begun = performance.now();
const report = await simulateYears({
  seed,
  orders: Number(values.orders),
  years: Number(values.years),
  onProgress: (line) => process.stderr.write(`  ${line}\n`),
});
const { faults, ...counts } = report;
for (const [name, count] of Object.entries(counts)) process.stdout.write(`${name.padEnd(10)} ${count}\n`);
for (const fault of faults) process.stdout.write(`FAILED: ${fault}\n`);
process.stdout.write(`Done in ${Math.round((performance.now() - begun) / 1000)} s.\n`);
if (faults.length > 0) process.exitCode = 1;
