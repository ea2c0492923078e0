import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Writes into the database of a data folder past everything, as somebody with access to the file could. */
export function changeRows(home: string, sql: string, ...parameters: unknown[]): number {
  const sqlite = new Database(join(home, 'chancery.db'), { timeout: 5_000 });
  try {
    return sqlite.prepare(sql).run(...parameters).changes;
  } finally {
    sqlite.close();
  }
}
