/**
 * The one launcher behind every npm script and, when something is stale, behind bin/chancery.
 *
 * What it is for: a fresh clone works at the first command, on any Node from 18 on. It installs the locked
 * dependencies when they differ from the lockfile, builds what is stale, and then runs the task under the
 * pinned Node. Its invariant: plain JavaScript without dependencies, and nothing of its own on stdout, which
 * belongs to the task (`chancery ... --json`). What does not belong: what a task does.
 */
import { spawnBuild } from './launch/build.mjs';
import { runChild, sayWhy } from './launch/child.mjs';
import { ensureInstalled } from './launch/install.mjs';
import { openDoor } from './launch/open-door.mjs';
import { fromRoot } from './launch/root.mjs';
import { findRuntime } from './launch/runtime.mjs';

/**
 * @typedef {object} Task
 * @property {boolean} [builds] whether what is stale is built first
 * @property {readonly string[]} [script] a script for the pinned Node, relative to the project, with its first arguments
 * @property {(runtime: string, args: string[]) => Promise<number>} [run] what to do instead of a script
 */

/** @type {Readonly<Record<string, Task>>} */
const tasks = {
  start: { builds: true, run: openDoor },
  chancery: { builds: true, script: ['out/main/cli.js'] },
  build: { script: ['scripts/build/main.ts'] },
  test: { script: ['scripts/test/main.ts'] },
  'test:long': { script: ['scripts/test/long.ts'] },
  'test:desktop': { builds: true, script: ['test/desktop/main.ts'] },
  conformance: { script: ['test/conformance/main.ts'] },
  bench: { builds: true, script: ['test/bench/main.ts'] },
  typecheck: { script: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'] },
  lint: { script: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings'] },
  format: { script: ['node_modules/@biomejs/biome/bin/biome', 'check', '--write'] },
  icons: { script: ['scripts/icons.ts'] },
  rooms: { script: ['scripts/rooms.ts'] },
  screenshot: { builds: true, script: ['scripts/screenshot.ts'] },
};

/**
 * Runs one task and answers its exit code.
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<number>}
 */
async function launch(name, args) {
  const task = tasks[name];
  if (!task) throw new Error(`There is no task "${name}": ${Object.keys(tasks).join(', ')}.`);
  await ensureInstalled();
  const runtime = findRuntime();
  if (task.builds) await spawnBuild(runtime);
  if (task.run) return task.run(runtime, args);
  const [script = '', ...first] = task.script ?? [];
  return runChild(runtime, [fromRoot(script), ...first, ...args]);
}

try {
  const [name = '', ...args] = process.argv.slice(2);
  process.exitCode = await launch(name, args);
} catch (error) {
  sayWhy(error);
  process.exitCode = 1;
}
