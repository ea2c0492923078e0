/** Runs openssl and certtool in a folder of the test's own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export interface Workbench {
  /** Writes a file and returns its path. */
  write(name: string, content: string | Uint8Array): string;
  read(name: string): Buffer;
  /** Runs a program in the folder and returns what it printed; throws with its message when it fails. */
  run(program: 'openssl' | 'certtool', ...args: string[]): string;
}

/** A folder that is removed after the tests of the file. */
export function openWorkbench(): Workbench {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-x509-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    write(name, content) {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    read: (name) => readFileSync(join(folder, name)),
    run: (program, ...args) =>
      execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
  };
}
