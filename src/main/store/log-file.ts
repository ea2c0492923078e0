import { type FileHandle, open } from 'node:fs/promises';

/**
 * SQLite's write-ahead log, flushed to the disk from outside. SQLite itself would do so inside of COMMIT and hold
 * up the only thread for as long as the disk takes; so it commits without (synchronous = NORMAL, which keeps the
 * order of what it writes but not its arrival), and the flush happens beside the work on the next transaction.
 * No lock of SQLite's lies on this file, so that opening it once more takes none away (POSIX drops a process's
 * locks with any of its descriptors).
 */
export class LogFile {
  readonly #path: string;
  #handle: Promise<FileHandle> | null = null;

  constructor(databaseFile: string) {
    this.#path = `${databaseFile}-wal`;
  }

  /** Resolves when all that was committed before the call is on the disk. */
  async flush(): Promise<void> {
    this.#handle ??= open(this.#path, 'r+');
    await (await this.#handle).datasync();
  }

  /** One that could never be opened needs no closing. */
  async close(): Promise<void> {
    const handle = await this.#handle?.catch(() => null);
    this.#handle = null;
    await handle?.close();
  }
}
