import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withSetupLock } from '../../../../scripts/launch/setup-lock.mjs';

describe('withSetupLock', () => {
  let folder = '';
  let lock = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chancery-lock-'));
    lock = join(folder, 'setup.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets one work at a time', async () => {
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      await new Promise((resolve) => setTimeout(resolve, 20));
      working -= 1;
    };
    await Promise.all(Array.from({ length: 4 }, () => withSetupLock(work, lock)));
    expect(most).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  it('is given back when the work fails', async () => {
    await expect(withSetupLock(() => Promise.reject(new Error('no space')), lock)).rejects.toThrow(
      'no space',
    );
    expect(await withSetupLock(async () => 'next', lock)).toBe('next');
  });

  it('is taken over from a process that has died', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(pid));
    expect(await withSetupLock(async () => 'mine', lock)).toBe('mine');
  });

  it('is taken over from one that gave no sign of life for long, even where its number lives on', async () => {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    utimesSync(lock, new Date(0), new Date(0));
    expect(await withSetupLock(async () => 'mine', lock)).toBe('mine');
  });
});
