/**
 * The tables as Kysely sees them, by area. Columns carry the names of the model, so that no layer translates between
 * two spellings; times are integers in milliseconds since 1970 (UTC), lists and rules are JSON text.
 */
import type { AccessTables } from './schema/access-tables.ts';
import type { AlertTables } from './schema/alert-tables.ts';
import type { AuthorityTables } from './schema/authority-tables.ts';
import type { CertificateTables } from './schema/certificate-tables.ts';
import type { InstallationTables } from './schema/installation-tables.ts';
import type { IssuingTables } from './schema/issuing-tables.ts';

export interface Schema
  extends InstallationTables,
    AccessTables,
    AuthorityTables,
    CertificateTables,
    IssuingTables,
    AlertTables {}
