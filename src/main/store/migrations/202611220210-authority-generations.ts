/** Renewed authorities: those whose key was followed by another one, and the certificates beside the current one. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  'alter table authorities add column generation integer not null default 1',
  'alter table authorities add column successorId text references authorities',
  `create table authority_certificates (
    certificateId text primary key, authorityId text not null references authorities, role text not null,
    createdAt integer not null) strict`,
  // What an authority asked another one to certify, until it has that certificate.
  `create table authority_requests (
    authorityId text primary key references authorities, der blob not null) strict`,
] as const;

export const authorityGenerations: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
