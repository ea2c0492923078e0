import { existsSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { runChild } from './child.mjs';
import { fromRoot, root } from './root.mjs';
import { findRuntime, pinnedRuntime } from './runtime.mjs';
import { withSetupLock } from './setup-lock.mjs';

const lockfile = fromRoot('package-lock.json');
/** A copy of the lockfile that node_modules was installed from; bin/chancery compares the two with cmp. */
const stamp = fromRoot('node_modules', '.chancery-lock');
/** The path of the Node to run with, for bin/chancery. */
const runtimeNote = fromRoot('node_modules', '.chancery-node');

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages
 */

/** Installs the locked dependencies when they are not the installed ones. Throws one sentence when that fails. */
export async function ensureInstalled() {
  if (await isInstalled()) return;
  await withSetupLock(async () => {
    if (await isInstalled()) return;
    if (!(await isInstalledByHand())) await install();
    await writeFile(runtimeNote, `${findRuntime()}\n`);
    await copyFile(lockfile, stamp);
  });
}

async function isInstalled() {
  if (!existsSync(stamp) || !existsSync(runtimeNote)) return false;
  const [wanted, installed, runtime] = await Promise.all([
    readFile(lockfile, 'utf8'),
    readFile(stamp, 'utf8'),
    readFile(runtimeNote, 'utf8'),
  ]);
  return wanted === installed && existsSync(runtime.trim());
}

/**
 * Whether somebody ran npm themselves: npm writes what it installed into node_modules/.package-lock.json. Then
 * nothing needs to be fetched again.
 */
async function isInstalledByHand() {
  try {
    const wanted = await readPackages(lockfile);
    const installed = await readPackages(fromRoot('node_modules', '.package-lock.json'));
    return existsSync(pinnedRuntime() ?? root) && isSatisfied(wanted, installed);
  } catch {
    return false;
  }
}

/**
 * @param {string} path of a package-lock.json
 * @returns {Promise<LockedPackages>}
 */
async function readPackages(path) {
  return JSON.parse(await readFile(path, 'utf8')).packages;
}

/**
 * Whether what npm installed is all that the lockfile wants on this platform.
 * @param {LockedPackages} wanted
 * @param {LockedPackages} installed
 */
export function isSatisfied(wanted, installed) {
  return Object.entries(wanted).every(([path, locked]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found) return found.version === locked.version && found.integrity === locked.integrity;
    return locked.optional === true && !isMadeForThisPlatform(locked);
  });
}

/**
 * Whether a package is one of those that come once per platform, and the one for this. Which C library a package
 * is for is npm's business, and optional packages for no platform in particular belong to those for others.
 * @param {LockedPackage} locked
 */
function isMadeForThisPlatform({ os, cpu, libc }) {
  return (
    libc === undefined && os?.includes(process.platform) === true && cpu?.includes(process.arch) === true
  );
}

async function install() {
  process.stderr.write('Installing the locked dependencies of Chancery, once for this clone.\n');
  const npm = npmCommand();
  const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--loglevel=error'];
  const code = await runChild(npm.command, [...npm.args, ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: npm.shell,
    env: { ...process.env, npm_config_engine_strict: 'false', npm_config_progress: 'false' },
  }).catch((error) => {
    throw new Error(`Installing needs npm, which could not be started: ${error.message}.`, { cause: error });
  });
  if (code !== 0)
    throw new Error(`Installing the dependencies failed (npm ci ended with ${code}); see above.`);
}

/** The npm that started this process, or else the one on the PATH. */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  if (npm && /[\\/]npm-cli\.[cm]?js$/.test(npm) && existsSync(npm)) {
    return { command: node && existsSync(node) ? node : process.execPath, args: [npm], shell: false };
  }
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}
