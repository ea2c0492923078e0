import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder that is removed after the test file's last hook; to be called where the file or a module of it begins. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `chancery-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
