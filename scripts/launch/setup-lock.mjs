import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './child.mjs';
import { fromRoot } from './root.mjs';

const heartbeatMs = 2_000;
const abandonedAfterMs = 30_000;
const pollMs = 200;

/**
 * Runs `work` while no other start of this clone installs or builds: two first starts at once would otherwise
 * write into the same folders. A folder is the lock, since making one is atomic everywhere; it is taken over
 * when its holder is dead or has given no sign of life for 30 seconds.
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} [lock] the folder, absolute
 * @returns {Promise<T>}
 */
export async function withSetupLock(work, lock = fromRoot('.cache', 'setup.lock')) {
  await acquire(lock);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, heartbeatMs);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(lock, { recursive: true, force: true });
  }
}

/** @param {string} lock */
async function acquire(lock) {
  await mkdir(fromRoot('.cache'), { recursive: true });
  for (;;) {
    try {
      await mkdir(lock);
      await writeFile(`${lock}/pid`, String(process.pid));
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (await isAbandoned(lock)) await takeAway(lock);
    else await sleep(pollMs);
  }
}

/** @param {string} lock */
async function isAbandoned(lock) {
  try {
    const { mtimeMs } = await stat(lock);
    if (Date.now() - mtimeMs > abandonedAfterMs) return true;
    const pid = Number(await readFile(`${lock}/pid`, 'utf8'));
    return pid > 0 && !isAlive(pid);
  } catch {
    // Gone meanwhile, or made a moment ago and without its pid yet.
    return false;
  }
}

/**
 * Removes an abandoned lock. Those who wait may find it abandoned together; only one of them can make the
 * folder beside it, and it looks again before removing.
 * @param {string} lock
 */
async function takeAway(lock) {
  const taking = `${lock}.taking`;
  try {
    await mkdir(taking);
  } catch {
    const old = await stat(taking).catch(() => undefined);
    if (old && Date.now() - old.mtimeMs > abandonedAfterMs)
      await rm(taking, { recursive: true, force: true });
    await sleep(pollMs);
    return;
  }
  try {
    if (!(await isAbandoned(lock))) return;
    const grave = `${lock}.${process.pid}`;
    await rename(lock, grave);
    await rm(grave, { recursive: true, force: true });
  } finally {
    await rm(taking, { recursive: true, force: true });
  }
}
