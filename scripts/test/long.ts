/**
 * `npm run test:long [-- --count N] [--seed N] ...`: a million changed files through everything that reads files, and
 * five years of 10,000 certificates by the clock. The arguments are those of the first.
 */
import { runChild } from '../launch/child.mjs';
import { fromRoot } from '../launch/root.mjs';

const scripts: readonly (readonly string[])[] = [
  ['test/fuzz/main.ts', ...process.argv.slice(2)],
  ['test/simulation/main.ts'],
];
for (const [script = '', ...args] of scripts) {
  const code = await runChild(process.execPath, [fromRoot(script), ...args]);
  if (code !== 0) process.exitCode = code;
}
