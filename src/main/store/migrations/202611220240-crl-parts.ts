/**
 * CRLs as head, segments and tail, so that issuing one does not write all its entries again: a whole list, its
 * delta and its shards, which share the segments. Segments are written once and retired, never changed.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  'alter table authorities add column crlSettings text',
  'alter table authorities add column crlPublication text',
  'alter table certificates add column crlShard integer',
  'alter table certificates add column crlRevision integer',
  `create index certificates_crl_revision on certificates (authorityId, crlRevision)
    where crlRevision is not null`,
  `create table crl_parts (
    authorityId text not null references authorities, part text not null, number integer not null,
    revision integer not null, thisUpdate integer not null, nextUpdate integer not null, entries integer not null,
    baseNumber integer, baseRevision integer, baseDueAt integer, bytes integer not null, segments text not null,
    head blob not null, tail blob not null, primary key (authorityId, part)) strict`,
  `insert into crl_parts (authorityId, part, number, revision, thisUpdate, nextUpdate, entries, bytes, segments,
    head, tail) select authorityId, '', number, revision, thisUpdate, nextUpdate, entries, length(der), '[]',
    substr(der, 1, length(der) - 32), substr(der, -32) from crls`,
  'drop table crls',
  'alter table crl_parts rename to crls',
  // The bytes come last, so that what stands before them is read without them.
  `create table crl_pieces (
    authorityId text not null references authorities, number integer not null, shard integer not null default 0,
    isRetired integer not null default 0, entries integer not null, rowIds text not null, der blob not null,
    primary key (authorityId, number)) strict`,
  `insert into crl_pieces (authorityId, number, entries, rowIds, der)
    select authorityId, number, entries, rowIds, der from crl_segments`,
  'drop table crl_segments',
  'alter table crl_pieces rename to crl_segments',
] as const;

export const crlParts: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
