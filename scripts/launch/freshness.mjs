import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from './root.mjs';

/** Written at the end of a build: the hash of what was built, with the time at which the build began. */
export const buildStamp = fromRoot('out', '.stamp');

/** All that a build reads; bin/chancery has the same list. */
export const buildInputs = [
  'src',
  'resources',
  'scripts/build',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * Whether nothing that a build reads is newer than the last build. Folders count too: their time changes when a
 * file is added or removed. Reads times only, no contents.
 */
export function isBuildFresh() {
  const built = modified(buildStamp);
  return built !== undefined && buildInputs.every((input) => isOlder(fromRoot(input), built));
}

/**
 * @param {string} path
 * @param {number} timeMs
 * @returns {boolean}
 */
function isOlder(path, timeMs) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return true;
  if (stats.mtimeMs > timeMs) return false;
  return !stats.isDirectory() || readdirSync(path).every((name) => isOlder(join(path, name), timeMs));
}

/** @param {string} path */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
