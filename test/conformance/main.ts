/**
 * `npm run conformance -- [--vectors DIR] [--json FILE]`: runs the suites of path validation that are found in
 * DIR and prints how many came out as expected. The JSON is a list of {suite, id, expected, got}. Exits with 1
 * when nothing was found to run; which deviations are right is a matter of the tests beside this file.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type LimboCase, limboFile, runLimbo } from './limbo.ts';
import { type PkitsSubtest, pkitsFile, runPkits } from './pkits.ts';
import { deviationsOf, type Outcome, readVectors, vectorsFolder } from './vectors.ts';

const { values } = parseArgs({ options: { vectors: { type: 'string' }, json: { type: 'string' } } });
const folder = values.vectors ?? vectorsFolder();

const outcomes: Outcome[] = [];
run('NIST PKITS', pkitsFile, (subtests: readonly PkitsSubtest[]) => runPkits(subtests));
run('x509-limbo', limboFile, (suite: { readonly testcases: readonly LimboCase[] }) =>
  runLimbo(suite.testcases),
);

const rows = outcomes.map(({ suite, id, expected, got }) => ({ suite, id, expected, got }));
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`);
if (outcomes.length === 0) process.exitCode = 1;

function run<T>(title: string, file: string, validate: (vectors: T) => Outcome[]): void {
  const vectors = readVectors<T>(folder, file);
  if (vectors === undefined) {
    process.stdout.write(`${title}: skipped, since ${file} is not in ${folder}.\n`);
    return;
  }
  const found = validate(vectors);
  const deviating = deviationsOf(found);
  outcomes.push(...found);
  process.stdout.write(`${title}: ${found.length - deviating.size} of ${found.length} as expected.\n`);
  for (const { id, expected, got, reasons } of deviating.values()) {
    process.stdout.write(
      `  ${id}: expected ${expected}, got ${got}${reasons.map((text) => `\n    ${text}`).join('')}\n`,
    );
  }
}
