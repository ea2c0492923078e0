import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file for --password-file and --passphrase-file, with the final newline that editors leave. */
export function secretFile(secret: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'chancery-secret-')), 'secret');
  writeFileSync(path, `${secret}\n`, { mode: 0o600 });
  return path;
}
