import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { describe, expect, it } from 'vitest';
import { certificateRow } from '../../../../src/main/services/authorities/build-authority.ts';
import { openStore } from '../../../../src/main/store/index.ts';
import { keysInUse } from '../../../../src/main/store/migrations/202611220220-keys-in-use.ts';
import { encodeName, parseCertificate } from '../../../../src/main/x509/index.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { caExtensions, createAuthority, issue, selfSigned } from '../x509/support/test-authority.ts';

const folder = temporaryFolder('keys-in-use');
const taken = { code: 'CONFLICT', detail: 'taken' } as const;

describe('certificates found by their key', () => {
  it('are also those that were there before keys were looked for', async () => {
    const home = mkdtempSync(join(folder, 'home-'));
    const authority = createAuthority('ecdsa-p256');
    const leafKey = createAuthority('rsa-2048').spki;
    const ders = [
      selfSigned(authority),
      issue(authority, {
        subjectDer: encodeName({ commonName: 'a' }),
        spki: leafKey,
        extensions: caExtensions,
      }),
    ];
    const first = await openStore(home);
    const now = new Date();
    const realm = { id: 'realm', slug: 'realm', name: 'realm', builtIn: 0, createdAt: 0 };
    await first.commit({ statements: [first.installation.insertRealm(realm, taken)], events: [] });
    for (const der of ders) {
      const row = certificateRow(der, { realmId: 'realm', authorityId: null, requestedBy: 'test', now });
      await first.commit({ statements: first.certificates.insert(row, taken), events: [] });
    }
    await first.close();
    const sqlite = new Database(join(home, 'chancery.db'));
    sqlite.exec(`drop index certificates_key; alter table certificates drop column keyHash;
      alter table profiles drop column lint; alter table profiles drop column keysInUse`);
    await keysInUse.up(new Kysely<never>({ dialect: new SqliteDialect({ database: sqlite }) }));
    sqlite.close();

    const store = await openStore(home);
    const found = store.certificates.userOfKey(leafKey, null);
    expect(found?.serialNumber).toBe(parseCertificate(ders[1] as Uint8Array).serialNumber);
    expect(store.certificates.userOfKey(authority.spki, 'somebody')?.commonName).toBe('Test root');
    expect(store.certificates.userOfKey(createAuthority('ecdsa-p256').spki, null)).toBeUndefined();
    await store.close();
  });
});
