import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildInputs } from '../launch/freshness.mjs';
import { fromRoot } from '../launch/root.mjs';

/** SHA-256 (hex) over the names and contents of all that a build reads: a touched file alone changes nothing. */
export async function hashInputs(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const path of (await Promise.all(buildInputs.map(filesBelow))).flat().sort()) {
    const content = await readFile(fromRoot(path));
    hash.update(`\0${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function filesBelow(input: string): Promise<string[]> {
  const path = fromRoot(input);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [input];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(fromRoot().length));
}
