import { existsSync, readFileSync, statSync } from 'node:fs';
import { runChild, sayWhy } from './child.mjs';
import { fromRoot } from './root.mjs';

const fetchLimitMs = 5 * 60_000;

/**
 * Where Electron's binary is or would be. Reads Electron's own note instead of importing the package, whose
 * import starts a download.
 */
export function electronBinary() {
  const folder = fromRoot('node_modules', 'electron');
  const note = `${folder}/path.txt`;
  return `${folder}/dist/${existsSync(note) ? readFileSync(note, 'utf8') : 'electron'}`;
}

/**
 * @typedef {object} Host what of this machine decides on the window
 * @property {NodeJS.Platform} platform
 * @property {number | undefined} uid
 * @property {Readonly<Record<string, string | undefined>>} env
 * @property {boolean} canSandbox
 */

/**
 * Why this machine cannot open a window, as the end of a sentence; undefined when it can.
 * @param {Host} [host]
 * @returns {string | undefined}
 */
export function whyNoWindow(host = thisHost()) {
  if (host.platform !== 'linux') return undefined;
  if (host.uid === 0) return 'Electron does not run sandboxed as root';
  if (!host.env.DISPLAY && !host.env.WAYLAND_DISPLAY) return 'there is no display';
  if (!host.canSandbox)
    return "this system's settings forbid the sandbox that Electron needs (unprivileged user namespaces)";
  return undefined;
}

/**
 * Fetches Electron's binary through Electron's own script where it is not there yet.
 * @param {string} runtime path of the Node to run it with
 * @returns {Promise<boolean>} whether the binary is there now
 */
export async function fetchElectron(runtime) {
  if (existsSync(electronBinary())) return true;
  sayWhy("Fetching Electron's binary, once (about 110 MB); `npm start -- --console` does without it.");
  const script = fromRoot('node_modules', 'electron', 'install.js');
  await runChild(runtime, [script], { stdio: ['ignore', 2, 'ignore'], timeout: fetchLimitMs });
  return existsSync(electronBinary());
}

/** @returns {Host} */
function thisHost() {
  return {
    platform: process.platform,
    uid: process.getuid?.(),
    env: process.env,
    canSandbox: hasSetuidHelper() || allowsUserNamespaces(),
  };
}

function hasSetuidHelper() {
  const helper = statSync(fromRoot('node_modules', 'electron', 'dist', 'chrome-sandbox'), {
    throwIfNoEntry: false,
  });
  return helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0;
}

function allowsUserNamespaces() {
  return (
    setting('kernel/unprivileged_userns_clone') !== '0' &&
    setting('kernel/apparmor_restrict_unprivileged_userns') !== '1' &&
    setting('user/max_user_namespaces') !== '0'
  );
}

/** @param {string} name */
function setting(name) {
  try {
    return readFileSync(`/proc/sys/${name}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
