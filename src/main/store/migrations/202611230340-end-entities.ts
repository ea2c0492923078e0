/** End entities with what they need to be managed, their certificates, and what people note about certificates. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `alter table end_entities add column emailAddresses text not null default '[]'`,
  'alter table end_entities add column metadata text',
  'alter table end_entities add column archivedAt integer',
  'create index certificates_end_entity on certificates (endEntityId) where endEntityId is not null',
  // Metadata by name and value, for finding; the certificate's own column is what is shown.
  `create table certificate_metadata (
    name text not null, value text not null, rowId integer not null references certificates,
    primary key (name, value, rowId)) strict, without rowid`,
  'create index certificate_metadata_row on certificate_metadata (rowId)',
  `insert into certificate_metadata (name, value, rowId)
    select distinct json_each.key, json_each.value, certificates.rowId
    from certificates, json_each(certificates.metadata) where certificates.metadata is not null`,
] as const;

export const endEntities: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
