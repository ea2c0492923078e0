/** Certificates from elsewhere: the file that each came in with, and the fingerprint by which it is known again. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  'alter table certificates add column importedFrom text',
  'alter table certificates add column sha256 blob',
  // Of imported ones only, so that issuing has no further index to keep.
  'create unique index certificates_imported on certificates (realmId, sha256) where sha256 is not null',
] as const;

export const importedCertificates: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
