import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { runChild } from '../launch/child.mjs';
import { fromRoot, root } from '../launch/root.mjs';
import { type Count, countRun, type VitestReport } from './count.ts';

/** Runs vitest once with these arguments, showing its own report, and counts what happened. */
export async function runVitest(args: readonly string[]): Promise<Count> {
  const file = fromRoot('.cache', `vitest-${randomUUID()}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const vitest = fromRoot('node_modules', 'vitest', 'vitest.mjs');
  const code = await runChild(process.execPath, [vitest, 'run', '--passWithNoTests', ...reporters, ...args], {
    cwd: root,
  });
  const report = await readReport(file);
  await rm(file, { force: true });
  return countRun(report, code);
}

async function readReport(file: string): Promise<VitestReport | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
