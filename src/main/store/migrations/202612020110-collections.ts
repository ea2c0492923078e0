/** Saved queries, the fields that notes are made of, and short numbers for those who know things by numbers alone. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What goes by a number as well; of a certificate it is its row. */
const numbered = ['profiles', 'authorities', 'requests', 'collections', 'metadata_fields'] as const;

const statements = [
  `create table collections (
    id text primary key, realmId text not null references realms, name text not null collate nocase,
    description text not null default '', query text not null, createdAt integer not null,
    unique (realmId, name)) strict`,
  `create table metadata_fields (
    id text primary key, realmId text not null references realms, name text not null collate nocase,
    definition text not null, createdAt integer not null, unique (realmId, name)) strict`,
  // A number that was used is never given to something else.
  'create table numbers (number integer primary key autoincrement, id text not null unique) strict',
  ...numbered.flatMap((table) => [
    `insert into numbers (id) select id from ${table} order by createdAt, id`,
    `create trigger ${table}_number after insert on ${table} begin
      insert into numbers (id) values (new.id); end`,
  ]),
  'create index requests_certificate on requests (certificateId) where certificateId is not null',
];

export const collections: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
