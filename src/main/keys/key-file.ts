/** The key file of an unattended machine: 256 random bits, readable by their owner alone. */
import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ChanceryError } from '../../shared/errors.ts';

const form = /^[A-Za-z0-9_-]{43}\n?$/;

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function writeError(cause: unknown): ChanceryError {
  switch (codeOf(cause)) {
    case 'EEXIST':
      return new ChanceryError({
        code: 'ALREADY_EXISTS',
        detail: 'There is a vault key file already, and it is never overwritten.',
        hint: 'It may belong to another data folder: move it away only when nothing needs it.',
        cause,
      });
    case 'ENOENT':
    case 'ENOTDIR':
      return new ChanceryError({
        code: 'INVALID_INPUT',
        detail: 'The folder for the vault key file does not exist.',
        cause,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new ChanceryError({ code: 'STORAGE_FULL', detail: 'No space for the vault key file.', cause });
    default:
      return new ChanceryError({ code: 'INTERNAL', detail: 'The vault key file cannot be written.', cause });
  }
}

/**
 * Writes the secret (32 bytes) to a new file with mode 0600 and waits until file and folder entry are on disk.
 * Throws ALREADY_EXISTS, INVALID_INPUT when the folder is missing, STORAGE_FULL.
 */
export async function writeKeyFile(path: string, secret: Uint8Array): Promise<void> {
  let created = false;
  try {
    const file = await open(path, 'wx', 0o600);
    created = true;
    try {
      await file.writeFile(`${Buffer.from(secret).toString('base64url')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    // A folder cannot be opened for syncing on Windows, where its entry is durable with the file.
    if (process.platform !== 'win32') {
      const folder = await open(dirname(path), 'r');
      await folder.sync().finally(() => folder.close());
    }
  } catch (cause) {
    if (created) await rm(path, { force: true });
    throw writeError(cause);
  }
}

function unusable(detail: string, hint: string, cause?: unknown): ChanceryError {
  return new ChanceryError({ code: 'LOCKED', detail, hint, cause });
}

/** The 32 bytes of the key file; throws LOCKED when it is missing, open to others, or not such a file. */
export async function readKeyFile(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { mode, size } = await file.stat();
      if (process.platform !== 'win32' && (mode & 0o077) !== 0)
        throw unusable('The vault key file can be read by others than its owner.', 'Set its mode to 0600.');
      const text = size <= 64 ? await file.readFile('utf8') : '';
      if (!form.test(text))
        throw unusable('The vault key file is damaged.', 'Put back the file from a backup.');
      return Buffer.from(text.trim(), 'base64url');
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof ChanceryError) throw cause;
    throw codeOf(cause) === 'ENOENT'
      ? unusable(
          'The vault key file is missing.',
          'Put the file back where it was, from a backup if need be.',
          cause,
        )
      : unusable('The vault key file cannot be read.', 'Check who owns it and that its mode is 0600.', cause);
  }
}

/** Removes the key file if it is there. */
export async function removeKeyFile(path: string): Promise<void> {
  await rm(path, { force: true });
}
