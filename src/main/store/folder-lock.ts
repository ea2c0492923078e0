/** One writer per data folder, held by the operating system: a killed process gives it back at once. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ChanceryError } from '../../shared/errors.ts';

export interface FolderLock {
  release(): void;
}

/**
 * Takes the folder, which is made (mode 0700) where it is missing. The lock is an exclusive transaction on
 * lock.db, in which the holder's process id stands for others to read. Errors: DATA_FOLDER_IN_USE.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'lock.db');
  const sqlite = new Database(file, { timeout: 0 });
  try {
    chmodSync(file, 0o600);
    sqlite.pragma('journal_mode = WAL');
    sqlite.exec(
      'create table if not exists holder (id integer primary key check (id = 1), pid integer not null)',
    );
    sqlite
      .prepare('insert into holder values (1, ?) on conflict do update set pid = excluded.pid')
      .run(process.pid);
    sqlite.exec('begin exclusive');
  } catch (error) {
    const inUse = (error as { code?: string }).code?.startsWith('SQLITE_BUSY');
    const pid = inUse ? holderOf(sqlite) : null;
    sqlite.close();
    if (!inUse) throw error;
    throw new ChanceryError({
      code: 'DATA_FOLDER_IN_USE',
      detail: `The data folder ${folder} is in use by ${pid === null ? 'another process' : `process ${pid}`}.`,
      hint: 'Close that Chancery first, or name another folder with --home.',
      data: pid === null ? undefined : { pid },
    });
  }
  return {
    release() {
      if (sqlite.inTransaction) sqlite.exec('rollback');
      sqlite.close();
    },
  };
}

function holderOf(sqlite: Database.Database): number | null {
  try {
    return (sqlite.prepare('select pid from holder').pluck().get() as number | undefined) ?? null;
  } catch {
    return null;
  }
}
