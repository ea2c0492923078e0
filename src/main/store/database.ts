/** Opens the database: durability set explicitly, migrations with a backup before them, a newer one refused. */
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { ChanceryError } from '../../shared/errors.ts';
import { spine } from './migrations/202611210900-spine.ts';
import { authoritySignature } from './migrations/202611220030-authority-signature.ts';
import { crlSegments } from './migrations/202611220045-crl-segments.ts';
import { wordsToIndex } from './migrations/202611220200-words-to-index.ts';
import { authorityGenerations } from './migrations/202611220210-authority-generations.ts';
import { keysInUse } from './migrations/202611220220-keys-in-use.ts';
import { crlParts } from './migrations/202611220240-crl-parts.ts';
import { importedCertificates } from './migrations/202611220255-imported-certificates.ts';
import { policyVersions } from './migrations/202611230310-policy-versions.ts';
import { requests } from './migrations/202611230320-requests.ts';
import { renewal } from './migrations/202611230330-renewal.ts';
import { endEntities } from './migrations/202611230340-end-entities.ts';
import { alertDestinations } from './migrations/202612010100-alert-destinations.ts';
import { jobs } from './migrations/202612010200-jobs.ts';
import { certificateChains } from './migrations/202612010300-certificate-chains.ts';
import { certificateFacts } from './migrations/202612020100-certificate-facts.ts';
import { collections } from './migrations/202612020110-collections.ts';
import { roles } from './migrations/202612030100-roles.ts';
import { clientCredentials } from './migrations/202612030200-client-credentials.ts';
import { identityProviders } from './migrations/202612040100-identity-providers.ts';
import { keycloak } from './migrations/202612040200-keycloak.ts';
import { archivedCertificates } from './migrations/202612050100-archived-certificates.ts';
import type { Schema } from './schema.ts';

/** In order of their time; names never change, and there is no way back down. */
const migrations: Record<string, Migration> = {
  '202611210900-spine': spine,
  '202611220030-authority-signature': authoritySignature,
  '202611220045-crl-segments': crlSegments,
  '202611220200-words-to-index': wordsToIndex,
  '202611220210-authority-generations': authorityGenerations,
  '202611220220-keys-in-use': keysInUse,
  '202611220240-crl-parts': crlParts,
  '202611220255-imported-certificates': importedCertificates,
  '202611230310-policy-versions': policyVersions,
  '202611230320-requests': requests,
  '202611230330-renewal': renewal,
  '202611230340-end-entities': endEntities,
  '202612010100-alert-destinations': alertDestinations,
  '202612010200-jobs': jobs,
  '202612010300-certificate-chains': certificateChains,
  '202612020100-certificate-facts': certificateFacts,
  '202612020110-collections': collections,
  '202612030100-roles': roles,
  '202612030200-client-credentials': clientCredentials,
  '202612040100-identity-providers': identityProviders,
  '202612040200-keycloak': keycloak,
  '202612050100-archived-certificates': archivedCertificates,
};

export interface OpenDatabase {
  readonly sqlite: Database.Database;
  readonly db: Kysely<Schema>;
}

export function databaseFile(folder: string): string {
  return join(folder, 'chancery.db');
}

/** Opens and migrates `chancery.db` in the folder. Errors: DATABASE_NEWER, STORAGE_FULL. */
export async function openDatabase(folder: string): Promise<OpenDatabase> {
  const file = databaseFile(folder);
  const isNew = !existsSync(file);
  const sqlite = new Database(file);
  // SQLite gives its -wal and -shm files the mode of the database.
  chmodSync(file, 0o600);
  try {
    sqlite.pragma('journal_mode = WAL');
    // The committer flushes the log itself, and answers nobody before; see log-file.ts.
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('trusted_schema = OFF');
    sqlite.pragma('wal_autocheckpoint = 16384');
    sqlite.pragma('cache_size = -65536');
    sqlite.pragma('temp_store = MEMORY');
    const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
    await migrate(sqlite, db, file, isNew);
    return { sqlite, db };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

async function migrate(
  sqlite: Database.Database,
  db: Kysely<Schema>,
  file: string,
  isNew: boolean,
): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const applied = isNew ? [] : appliedMigrations(sqlite);
  const unknown = applied.filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new ChanceryError({
      code: 'DATABASE_NEWER',
      detail: `The data was written by a newer Chancery: it has the step ${unknown[0]}, which this one does not know.`,
      hint: 'Start the newer version, or restore the backup that it made before the step.',
    });
  }
  if (!isNew && applied.length < Object.keys(migrations).length) {
    await sqlite.backup(`${file}.before-${Object.keys(migrations).at(-1)}`);
  }
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

function appliedMigrations(sqlite: Database.Database): string[] {
  const table = sqlite
    .prepare("select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'")
    .get();
  if (!table) return [];
  return sqlite.prepare('select name from kysely_migration').pluck().all() as string[];
}
