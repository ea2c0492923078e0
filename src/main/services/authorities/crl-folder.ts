/**
 * Writes CRLs into a folder, each whole or not at all: into a file beside it, flushed, then renamed. The names are
 * those of the publication URL below /crl, so that any web server can serve the folder as it is.
 */
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { wholePart } from './crl-parts.ts';

/** The place of a CRL in the folder. */
export function crlFile(folder: string, name: string, part: string): string {
  return part === wholePart ? join(folder, `${name}.crl`) : join(folder, name, `${part}.crl`);
}

/** Writes the parts as one file, one write at a time; throws the system's error, and then the file is as it was. */
export async function writeWhole(file: string, parts: readonly Uint8Array[]): Promise<void> {
  const folder = dirname(file);
  const beside = join(folder, `.${basename(file)}.tmp`);
  // What a process that was killed has left.
  await rm(beside, { force: true });
  const handle = await open(beside, 'wx', 0o644);
  try {
    await writeAndFlush(handle, parts);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
  await flushFolder(folder);
}

/** Makes the folder of an authority's delta and shards; the folder itself must be there, as a mount must be. */
export async function makeFolderOf(folder: string, name: string): Promise<void> {
  await mkdir(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

async function writeAndFlush(handle: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  try {
    for (const part of parts) await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The new name is durable once the folder is; Windows flushes no folders. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
