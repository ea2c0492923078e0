/** The entries of CRLs as they are encoded, and the revocations that are in none of them yet. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table crl_segments (
    authorityId text not null references authorities, number integer not null, entries integer not null,
    rowIds text not null, der blob not null, primary key (authorityId, number)) strict`,
  `create table crl_pending (
    authorityId text not null references authorities, rowId integer not null references certificates,
    revision integer not null, primary key (authorityId, rowId)) strict, without rowid`,
  `insert into crl_pending (authorityId, rowId, revision)
    select authorityId, rowId, 0 from certificates where authorityId is not null and revokedAt is not null`,
] as const;

export const crlSegments: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
