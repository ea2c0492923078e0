import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spine } from '../../../../src/main/store/migrations/202611210900-spine.ts';
import { keysInUse } from '../../../../src/main/store/migrations/202611220220-keys-in-use.ts';
import { Prepared } from '../../../../src/main/store/prepared.ts';
import { CertifiedKeyRepository } from '../../../../src/main/store/repositories/certified-keys.ts';
import type { Schema } from '../../../../src/main/store/schema.ts';
import { encodeName } from '../../../../src/main/x509/index.ts';
import { createAuthority, issue, selfSigned } from '../x509/support/test-authority.ts';

const authority = createAuthority('ecdsa-p256');
const { spki } = createAuthority('rsa-2048');
const certificate = (commonName: string) =>
  issue(authority, { subjectDer: encodeName({ commonName }), spki, extensions: {} });

describe('certificates found by their key, also those that were there before keys were looked for', () => {
  let sqlite: Database.Database;
  let db: Kysely<never>;
  let keys: CertifiedKeyRepository;

  beforeEach(async () => {
    sqlite = new Database(':memory:');
    db = new Kysely<never>({ dialect: new SqliteDialect({ database: sqlite }) });
    await spine.up(db);
    sqlite.exec("insert into realms values ('realm', 'realm', 'Realm', 0, 0)");
    for (const entity of ['a', 'b', 'c']) {
      sqlite.exec(`insert into end_entities values ('${entity}', 'realm', '${entity}', null, '[]', '[]', 0)`);
    }
  });

  afterEach(() => db.destroy());

  /** Certificates by whom they are for; null for those of authorities. */
  async function withCertificates(all: readonly { entity: string | null; der: Uint8Array }[]): Promise<void> {
    const row =
      sqlite.prepare(`insert into certificates (id, orderId, realmId, endEntityId, isAuthority, serialNumber,
        commonName, subject, subjectAltNames, issuer, keyAlgorithm, notBefore, notAfter, requestedBy, createdAt)
      values (?, '', 'realm', ?, ?, ?, ?, '', '[]', '', '', 0, 0, '', 0)`);
    for (const [index, { entity, der }] of all.entries()) {
      const name = entity ?? 'authority';
      row.run(String(index), entity, entity === null ? 1 : 0, String(index), name);
      sqlite.prepare('insert into certificate_bytes values (last_insert_rowid(), ?)').run(der);
    }
    await keysInUse.up(db);
    keys = new CertifiedKeyRepository(db as unknown as Kysely<Schema>, new Prepared(sqlite));
  }

  it('are those of another end entity, whether its id comes before or behind', async () => {
    await withCertificates([
      { entity: 'a', der: certificate('a') },
      { entity: 'b', der: certificate('b') },
    ]);
    expect(keys.userOf(spki, 'a')?.commonName).toBe('b');
    expect(keys.userOf(spki, 'b')?.commonName).toBe('a');
    expect(keys.userOf(spki, 'c')?.commonName).toBe('a');
    expect(keys.userOf(spki, null)?.commonName).toBe('a');
  });

  it('are not its own, however many, nor those with other keys', async () => {
    await withCertificates(Array.from({ length: 30 }, () => ({ entity: 'b', der: certificate('b') })));
    expect(keys.userOf(spki, 'b')).toBeUndefined();
    expect(keys.userOf(authority.spki, 'b')).toBeUndefined();
    expect(keys.userOf(spki, 'a')?.commonName).toBe('b');
  });

  it('are those of authorities, which are for nobody', async () => {
    await withCertificates([
      { entity: null, der: selfSigned(authority) },
      {
        entity: 'b',
        der: issue(authority, {
          subjectDer: encodeName({ commonName: 'b' }),
          spki: authority.spki,
          extensions: {},
        }),
      },
    ]);
    expect(keys.userOf(authority.spki, 'b')).toMatchObject({ isAuthority: 1 });
  });
});
