import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

const parentPollMs = 250;
const killAfterMs = 15_000;

/**
 * Runs a program to its end and answers its exit code (128 + n when signal n ended it). Signals are passed on,
 * and the child is stopped when this process loses its parent: npm that ends by SIGTERM or SIGKILL would
 * otherwise leave a listener behind that nobody owns.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options] inherits the three standard streams unless told otherwise
 * @returns {Promise<number>}
 */
export function runChild(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', windowsHide: true, ...options });
    const stopPassing = passSignals(child);
    const stopWatching = watchParent(() => stop(child));
    const settle = () => {
      stopPassing();
      stopWatching();
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      settle();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 1));
    });
  });
}

/**
 * Says on stderr, in one sentence, why something could not be done.
 * @param {unknown} error
 */
export function sayWhy(error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

/** @param {import('node:child_process').ChildProcess} child */
function stop(child) {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} ends it
 */
function passSignals(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    // A terminal sends Ctrl-C to the whole process group, so the child has it already.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}

/**
 * @param {() => void} onGone called once when the parent of this process is gone
 * @returns {() => void} ends it
 */
function watchParent(onGone) {
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  const timer = setInterval(() => {
    const isThere = process.ppid === parent && isAlive(parent);
    if (isThere && parentOf(parent) === grandparent) return;
    clearInterval(timer);
    onGone();
  }, parentPollMs);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * The parent of npm's shell, which is npm: Debian's sh stays between the two and outlives npm's SIGKILL.
 * Undefined where this is not run by npm or the system does not tell.
 * @param {number} pid
 * @returns {string | undefined}
 */
function parentOf(pid) {
  if (process.platform !== 'linux' || process.env.npm_lifecycle_event === undefined) return undefined;
  try {
    // proc(5): the name in parentheses may hold anything, then follow the state and the parent's id.
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) . /s, '')
      .split(' ')[0];
  } catch {
    return undefined;
  }
}

/**
 * Whether a process with this id exists (one of another user's does).
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
