import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFolder } from '../../../../src/main/store/folder-lock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = temporaryFolder('lock');
const newFolder = () => join(mkdtempSync(join(folder, 'one-')), 'home');

/** A process of its own that holds the folder until it is killed. */
async function holder(folder: string) {
  const module = new URL('../../../../src/main/store/folder-lock.ts', import.meta.url).href;
  const script = `import { lockFolder } from ${JSON.stringify(module)};
    lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    pid: child.pid,
    kill: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

describe('the lock of a data folder', () => {
  it('makes the folder and the lock for its owner alone', () => {
    const folder = newFolder();
    const lock = lockFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'lock.db')).mode & 0o777).toBe(0o600);
    lock.release();
  });

  it('is refused to a second holder, who is told of the first', () => {
    const folder = newFolder();
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(
      expect.objectContaining({ code: 'DATA_FOLDER_IN_USE', data: { pid: process.pid } }),
    );
    lock.release();
    lockFolder(folder).release();
  });

  it('is refused while another process holds it, and free at once when that is killed', async () => {
    const folder = newFolder();
    const other = await holder(folder);
    try {
      expect(() => lockFolder(folder)).toThrow(
        expect.objectContaining({ code: 'DATA_FOLDER_IN_USE', data: { pid: other.pid } }),
      );
    } finally {
      await other.kill();
    }
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ data: { pid: process.pid } }));
    lock.release();
  });
});
