/** Identity providers outside, and which of their subjects is which operator. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table identity_providers (
    id text primary key, slug text not null unique, name text not null, enabled integer not null,
    settings text not null, sealed blob, rules text not null, createdAt integer not null) strict`,
  `create table federated_operators (
    providerId text not null references identity_providers on delete cascade, subject text not null,
    operatorId text not null unique references operators, createdAt integer not null,
    primary key (providerId, subject)) strict, without rowid`,
] as const;

export const identityProviders: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
