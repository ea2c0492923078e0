/** Certificates found by their key, and what a profile says of keys in use and of the rules that are looked at. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { certificateKey } from '../../x509/index.ts';
import { keyHash } from '../key-hash.ts';

const rowsAtOnce = 5_000;

export const keysInUse: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await sql.raw('alter table certificates add column keyHash integer').execute(db);
    await sql.raw(`alter table profiles add column lint text not null default 'rfc5280'`).execute(db);
    await sql.raw(`alter table profiles add column keysInUse text not null default 'warn'`).execute(db);
    for (let from = 0; ; ) {
      const { rows } = await sql<{ rowId: number; der: Buffer }>`
        select rowId, der from certificate_bytes where rowId > ${from} order by rowId limit ${rowsAtOnce}`.execute(
        db,
      );
      for (const { rowId, der } of rows) {
        const hash = keyHash(certificateKey(der));
        await sql`update certificates set keyHash = ${hash} where rowId = ${rowId}`.execute(db);
      }
      const last = rows.at(-1);
      if (!last) break;
      from = last.rowId;
    }
    await sql.raw('create index certificates_key on certificates (keyHash, endEntityId)').execute(db);
  },
};
