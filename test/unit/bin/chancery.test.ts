import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildInputs } from '../../../scripts/launch/freshness.mjs';
import { fromRoot } from '../../../scripts/launch/root.mjs';

const launcher = fromRoot('bin', 'chancery');

describe.skipIf(process.platform === 'win32')('bin/chancery', () => {
  let clone = '';

  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), 'chancery clone-'));
    write('src/main.ts', '');
    write('package-lock.json', '{}');
    write('node_modules/.chancery-lock', '{}');
    write('node_modules/.chancery-node', `${process.execPath}\n`);
    write('out/main/cli.js', 'console.log("built", ...process.argv.slice(2)); process.exitCode = 4;');
    write('scripts/launch.mjs', 'console.log("launched", ...process.argv.slice(2));');
    write('out/.stamp', '');
    setTime('out/.stamp', 3600);
    mkdirSync(join(clone, 'bin'));
    copyFileSync(launcher, join(clone, 'bin', 'chancery'));
  });
  afterEach(() => rmSync(clone, { recursive: true }));

  function write(path: string, text: string) {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  }

  function setTime(path: string, secondsFromNow: number) {
    const time = new Date(Date.now() + secondsFromNow * 1000);
    utimesSync(join(clone, path), time, time);
  }

  function run(command = join(clone, 'bin', 'chancery'), cwd = tmpdir()) {
    const { stdout, stderr, status } = spawnSync(command, ['certificates list', '--json'], {
      encoding: 'utf8',
      cwd,
    });
    return { stdout, stderr, status };
  }

  it('runs the built program when everything is fresh, with its arguments and exit code and nothing else', () => {
    expect(run()).toEqual({ stdout: 'built certificates list --json\n', stderr: '', status: 4 });
  });

  it('finds the clone through symbolic links, relative ones too', () => {
    symlinkSync('bin/chancery', join(clone, 'first'));
    symlinkSync(join(clone, 'first'), join(clone, 'second'));
    expect(run(join(clone, 'second')).stdout).toBe('built certificates list --json\n');
    expect(run('./first', clone).stdout).toBe('built certificates list --json\n');
  });

  it.each([
    ['the lockfile has changed', () => write('package-lock.json', '{"new":true}')],
    ['nothing is installed', () => rmSync(join(clone, 'node_modules'), { recursive: true })],
    ['nothing is built', () => rmSync(join(clone, 'out'), { recursive: true })],
    ['a source is newer than the build', () => setTime('src/main.ts', 7200)],
    ['a source was added or removed after the build', () => setTime('src', 7200)],
  ])('leaves it to the launcher when %s', (_title, change) => {
    change();
    expect(run().stdout).toBe('launched chancery certificates list --json\n');
  });

  it('looks at the same files as the build', () => {
    const list = /find (.*?)\\\n/s.exec(readFileSync(launcher, 'utf8'))?.[1]?.trim().split(' ');
    expect(list).toEqual(buildInputs);
  });
});
