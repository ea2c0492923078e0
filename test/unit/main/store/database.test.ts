import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../../../src/main/store/index.ts';
import { LogFile } from '../../../../src/main/store/log-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = temporaryFolder('database');
const newFolder = () => mkdtempSync(join(folder, 'one-'));

afterEach(() => vi.restoreAllMocks());

describe('the database', () => {
  it('is durable, strict and held to its references', async () => {
    const folder = newFolder();
    await (await openStore(folder)).close();
    const sqlite = new Database(join(folder, 'chancery.db'), { readonly: true });
    expect(sqlite.pragma('journal_mode', { simple: true })).toBe('wal');
    const loose = sqlite.prepare(
      "select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0 and name not like 'sqlite_%' and name not like 'kysely_%'",
    );
    expect(loose.pluck().all()).toEqual([]);
    sqlite.close();
  });

  it('is closed and gives the folder back, even after a disk that failed', async () => {
    const folder = newFolder();
    const store = await openStore(folder);
    const flush = vi.spyOn(LogFile.prototype, 'flush').mockRejectedValue(new Error('input/output error'));
    const change = { statements: [store.installation.setMeta('a', 'b')], events: [] };
    await expect(store.commit(change)).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    await expect(store.close()).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    flush.mockRestore();
    await (await openStore(folder)).close();
  });

  it('refuses data of a newer version, changes nothing in it and gives the folder back', async () => {
    const folder = newFolder();
    await (await openStore(folder)).close();
    const file = join(folder, 'chancery.db');
    const sqlite = new Database(file);
    sqlite.prepare('insert into kysely_migration values (?, ?)').run('299901010000-later', '2999-01-01');
    sqlite.close();
    for (let tries = 0; tries < 2; tries += 1) {
      await expect(openStore(folder)).rejects.toMatchObject({
        code: 'DATABASE_NEWER',
        detail: expect.stringContaining('299901010000-later'),
      });
    }
    expect(readdirSync(folder).filter((name) => name.includes('before'))).toEqual([]);
  });

  it('keeps a copy before it migrates data of an older version', async () => {
    const folder = newFolder();
    const sqlite = new Database(join(folder, 'chancery.db'));
    sqlite.exec(
      'create table kysely_migration (name text primary key, timestamp text); create table old (x)',
    );
    sqlite.close();
    await (await openStore(folder)).close();
    const [copy] = readdirSync(folder).filter((name) => name.startsWith('chancery.db.before-'));
    expect(existsSync(join(folder, copy ?? ''))).toBe(true);
    const kept = new Database(join(folder, copy ?? ''), { readonly: true });
    expect(
      kept.prepare("select name from sqlite_master where name in ('old', 'certificates')").pluck().all(),
    ).toEqual(['old']);
    kept.close();
  });

  it('says that a file is no database without touching it', async () => {
    const folder = newFolder();
    const { writeFileSync, readFileSync } = await import('node:fs');
    const file = join(folder, 'chancery.db');
    writeFileSync(file, 'this is no database, but somebody cares for it');
    await expect(openStore(folder)).rejects.toThrow(/not a database/);
    expect(readFileSync(file, 'utf8')).toBe('this is no database, but somebody cares for it');
  });
});
