/** Certificates that are put out of sight, and a short way to the few of them. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  'alter table certificates add column archivedAt integer',
  // By a column that all of them share, so that they come in the order of their rows, as lists do.
  'create index certificates_archived on certificates (isAuthority) where archivedAt is not null',
] as const;

export const archivedCertificates: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
