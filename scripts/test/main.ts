/**
 * `npm test`: sets up what it needs, then lint, types, unit, conformance, fuzz, simulation, integration, interop and
 * browser tests. Its invariant: the last line is 'N passed, N failed' over everything (', N skipped' where some were), and the
 * exit code is 0 only when something ran and nothing failed. With arguments only the test files whose path
 * contains one of them run: `npm test -- unit/main/x509`.
 */
import { findChromium } from '../../test/support/chromium.ts';
import { spawnBuild } from '../launch/build.mjs';
import { runChild, sayWhy } from '../launch/child.mjs';
import { fromRoot, root } from '../launch/root.mjs';
import { add, type Count, nothing, summary } from './count.ts';
import { installPrerequisites } from './prerequisites.ts';
import { runVitest } from './run-vitest.ts';

const filters = process.argv.slice(2);
const programTests = [
  'unit',
  'as-in-electron',
  'conformance',
  'fuzz',
  'simulation',
  'integration',
  'interop',
].map((name) => `--project=${name}`);

async function everything(): Promise<Count> {
  await installPrerequisites();
  await spawnBuild(process.execPath);
  let count = await check('Lint', 'node_modules/@biomejs/biome/bin/biome', ['ci', '--error-on-warnings']);
  count = add(count, await check('Types', 'node_modules/typescript/bin/tsc', ['--noEmit', '-p', '.']));
  count = add(count, await runVitest(programTests));
  return add(count, await browserTests());
}

/** Lint and types count as one test each. */
async function check(title: string, script: string, args: readonly string[]): Promise<Count> {
  process.stdout.write(`\n${title}\n`);
  const code = await runChild(process.execPath, [fromRoot(script), ...args], { cwd: root });
  return code === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };
}

async function browserTests(): Promise<Count> {
  if (findChromium() !== undefined) return runVitest(['--project=e2e']);
  process.stdout.write(
    '\nThe browser tests are skipped, since there is no Chromium or Chrome on this machine.\n',
  );
  return { ...nothing, skipped: 1 };
}

let count = nothing;
try {
  count = filters.length > 0 ? await runVitest(['--project=!desktop', ...filters]) : await everything();
} catch (error) {
  sayWhy(error);
  count = add(count, { ...nothing, failed: 1 });
}
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
process.stdout.write(`\n${summary(count)}\n`);
