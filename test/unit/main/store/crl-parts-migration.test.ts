import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { expect, it } from 'vitest';
import { spine } from '../../../../src/main/store/migrations/202611210900-spine.ts';
import { authoritySignature } from '../../../../src/main/store/migrations/202611220030-authority-signature.ts';
import { crlSegments } from '../../../../src/main/store/migrations/202611220045-crl-segments.ts';
import { crlParts } from '../../../../src/main/store/migrations/202611220240-crl-parts.ts';
import { Prepared } from '../../../../src/main/store/prepared.ts';
import { CrlRepository } from '../../../../src/main/store/repositories/crls.ts';
import type { Schema } from '../../../../src/main/store/schema.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

it('serves the CRL of an older version as it was, and keeps its segments', async () => {
  const sqlite = new Database(join(mkdtempSync(join(temporaryFolder('crl-parts'), 'one-')), 'chancery.db'));
  const db = new Kysely<never>({ dialect: new SqliteDialect({ database: sqlite }) });
  for (const migration of [spine, authoritySignature, crlSegments]) await migration.up(db);
  const crl = Buffer.from(Array.from({ length: 500 }, (_, index) => index % 251));
  const segment = Buffer.from('encoded entries');
  sqlite.exec(`insert into realms values ('realm', 'realm', 'Realm', 0, 0);
    insert into keys values ('key', 'ecdsa-p256', x'00', x'00', 0);
    insert into authorities (id, realmId, slug, name, kind, keyId, status, createdAt)
      values ('ca', 'realm', 'ca', 'CA', 'root', 'key', 'active', 0)`);
  sqlite.prepare("insert into crls values ('ca', 7, 3, 1000, 2000, 5, ?)").run(crl);
  sqlite.prepare("insert into crl_segments values ('ca', 0, 5, '[1]', ?)").run(segment);

  await crlParts.up(db);
  const crls = new CrlRepository(db as unknown as Kysely<Schema>, new Prepared(sqlite));
  expect(crls.der('ca')).toEqual(crl);
  expect(crls.find('ca')).toMatchObject({ number: 7, revision: 3, bytes: 500, entries: 5, baseNumber: null });
  expect([...crls.segments('ca', [0])]).toEqual([segment]);
  expect(() => [...crls.segments('ca', [1])]).toThrow('is gone');
  await db.destroy();
});
