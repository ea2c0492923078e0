import { ChanceryError } from '../../shared/errors.ts';

/** SQLite's own failures in our words (STORAGE_FULL); what was thrown on purpose stays as it is. */
export function storageError(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR') || code === 'ENOSPC') {
    return new ChanceryError({
      code: 'STORAGE_FULL',
      detail: 'The change could not be written: the disk of the data folder is full or fails.',
      hint: 'Free some space there and repeat; nothing was changed.',
      cause: error,
    });
  }
  return error;
}
