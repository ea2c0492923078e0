/** A connection to Keycloak, which clients are also there, and what it has still to be told. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table keycloak_connection (
    key text primary key check (key = 'keycloak'), url text not null, realm text not null, clientId text not null,
    sealed blob not null, ca text, syncEveryMinutes integer not null, syncedAt integer, error text,
    createdAt integer not null) strict`,
  // Matched by the uuid there, never by a name.
  `create table keycloak_clients (
    clientId text primary key references clients on delete cascade, uuid text unique, serviceAccountId text,
    tokensNotBefore integer not null, vanishedAt integer, createdAt integer not null) strict, without rowid`,
  `create table keycloak_outbox (
    id text primary key, kind text not null, clientId text not null, uuid text, publicId text not null,
    attempts integer not null, nextAt integer not null, error text, createdAt integer not null) strict`,
] as const;

export const keycloak: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
