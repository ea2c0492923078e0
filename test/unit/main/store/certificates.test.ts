import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CertificateQuery,
  type NewCertificate,
  openStore,
  type Store,
} from '../../../../src/main/store/index.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = temporaryFolder('certificates');
const day = 86_400_000;
const now = Date.UTC(2026, 0, 1);
let store: Store;
let count = 0;

function certificate(fields: Partial<NewCertificate>): NewCertificate {
  count += 1;
  const id = `id-${String(count).padStart(4, '0')}`;
  return {
    id,
    orderId: id,
    spki: Buffer.from(id),
    realmId: 'realm',
    endEntityId: null,
    authorityId: null,
    profileId: null,
    isAuthority: 0,
    serialNumber: count.toString(16).toUpperCase().padStart(16, '0'),
    commonName: 'a.example',
    subject: 'CN=a.example',
    subjectAltNames: '[]',
    issuer: 'CN=CA',
    keyAlgorithm: 'ecdsa-p256',
    notBefore: now - day,
    notAfter: now + day,
    keyId: null,
    metadata: null,
    requestedBy: 'test',
    requestedById: null,
    createdAt: now,
    der: new Uint8Array([1]),
    sha256Fingerprint: id,
    ...fields,
  };
}

const taken = { code: 'CONFLICT', detail: 'taken' } as const;
const add = (fields: Partial<NewCertificate>) =>
  store.commit({ statements: store.certificates.insert(certificate(fields), taken), events: [] });

const names = [
  `O'Brien "the" cert`,
  '100% sure',
  'under_score',
  'back\\slash',
  'naïve name',
  'AND OR NOT',
  'star*',
  'parens (x)',
];

beforeAll(async () => {
  store = await openStore(folder);
  for (const id of ['realm', 'other']) {
    const realm = { id, slug: id, name: id, builtIn: 0, createdAt: now };
    await store.commit({ statements: [store.installation.insertRealm(realm, taken)], events: [] });
  }
  // Many that are equal in what is sorted by: pages must part them all the same.
  for (let index = 0; index < 45; index += 1) {
    await add({
      commonName: ['tie.example', 'TIE.example', 'next.example'][index % 3] ?? '',
      notAfter: now + (index % 2) * day,
    });
  }
  for (const commonName of names)
    await add({ commonName, subject: `CN=${commonName}`, notAfter: now + 10 * day });
  await add({ realmId: 'other', commonName: 'tie.example' });
  await add({ isAuthority: 1, commonName: 'tie.example' });
});

afterAll(() => store.close());

const list = (query: Partial<CertificateQuery>) =>
  store.certificates.list({
    realmIds: ['realm'],
    sort: { by: 'createdAt', descending: true },
    limit: 500,
    now,
    ...query,
  });

describe('a list of certificates, page by page', () => {
  const sorts = (['createdAt', 'notAfter', 'commonName'] as const).flatMap((by) =>
    [true, false].map((descending) => ({ by, descending })),
  );

  it.each(sorts)(
    'by $by, descending $descending, has each once and in the order of one long page',
    async (sort) => {
      const whole = await list({ sort });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ sort, limit: 7, ...(cursor !== undefined && { cursor }) });
        expect(page.total).toBe(53);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(whole.items.map(({ id }) => id));
      expect(new Set(seen).size).toBe(53);
    },
  );

  it('ends with no cursor where the last page is full', async () => {
    const first = await list({ limit: 53 });
    expect([first.items.length, first.nextCursor]).toEqual([53, null]);
  });

  it('neither repeats nor skips those that were there, when others are added meanwhile', async () => {
    const first = await list({ limit: 20 });
    await add({ commonName: 'meanwhile.example' });
    const rest = await list({ cursor: first.nextCursor ?? '' });
    expect(first.items.length + rest.items.length).toBe(53);
    expect(rest.items.map(({ commonName }) => commonName)).not.toContain('meanwhile.example');
  });

  it.each([
    '',
    'x',
    '[]',
    Buffer.from('["a"]').toString('base64url'),
    Buffer.from('[null,1]').toString('base64url'),
    Buffer.from('[1,2,3]').toString('base64url'),
  ])('refuses the cursor %j', async (cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('shows the realms asked for, and no certificate of an authority', async () => {
    expect((await list({ realmIds: ['other'] })).total).toBe(1);
    expect((await list({ realmIds: [] })).total).toBe(0);
    expect((await list({ realmIds: null, search: 'tie.example' })).total).toBe(31);
  });
});

describe('a search', () => {
  it.each(names)(
    'finds %s by its name, by a part of it and whatever the case, and nothing else',
    async (name) => {
      for (const search of [name, name.slice(0, 5), name.slice(-4), name.toUpperCase()]) {
        const found = await list({ search });
        expect(found.items.map(({ commonName }) => commonName)).toEqual([name]);
      }
    },
  );

  it.each([
    ['%', ['100% sure']],
    ['_', ['under_score']],
    ['\\', ['back\\slash']],
    ['"', [`O'Brien "the" cert`]],
    ["'", [`O'Brien "the" cert`]],
    ['*', ['star*']],
    ['0%', ['100% sure']],
    ['ï', ['naïve name']],
  ])('takes the short %s for what it is', async (search, expected) => {
    expect((await list({ search })).items.map(({ commonName }) => commonName)).toEqual(expected);
  });

  it.each([
    '" OR 1',
    'a" "b',
    'tie* NEAR',
    "'); drop table certificates; --",
    '""""',
    'commonName:tie',
    '-tie',
    '^tie',
    'NULL\0x',
  ])('takes %j for text and not for a query', async (search) => {
    expect((await list({ search })).items).toEqual([]);
  });

  it('finds everything where it is empty, and by serial number and fingerprint', async () => {
    expect((await list({ search: '   ' })).total).toBeGreaterThan(50);
    const [first] = (await list({ limit: 1 })).items;
    expect((await list({ search: first?.serialNumber ?? '' })).items.map(({ id }) => id)).toEqual([
      first?.id,
    ]);
    expect(
      (await list({ search: first?.serialNumber.toLowerCase() ?? '' })).items.map(({ id }) => id),
    ).toEqual([first?.id]);
    expect((await list({ search: first?.id ?? '' })).items.map(({ id }) => id)).toEqual([first?.id]);
  });
});

describe('a status', () => {
  it('is what the clock says, to the millisecond', async () => {
    await add({ commonName: 'edge.example', notBefore: now - 10, notAfter: now + 10 });
    const at = async (status: 'valid' | 'expired' | 'not-yet-valid', offset: number) =>
      (await list({ search: 'edge.example', status, now: now + offset })).total;
    expect([await at('not-yet-valid', -11), await at('valid', -11)]).toEqual([1, 0]);
    expect([await at('valid', -10), await at('valid', 10)]).toEqual([1, 1]);
    expect([await at('expired', 11), await at('valid', 11)]).toEqual([1, 0]);
  });

  it('tells a certificate on hold from one that is revoked for good', async () => {
    const statement = (id: string, reason: string) =>
      store.certificates.revoke({ id, revokedAt: now, reason, invalidityDate: null, comment: null }, taken);
    const held = certificate({ commonName: 'held.example' });
    await store.commit({
      statements: [...store.certificates.insert(held, taken), statement(held.id, 'certificateHold')],
      events: [],
    });
    const statuses = async () =>
      Promise.all(
        (['held', 'revoked', 'valid'] as const).map(
          async (status) => (await list({ search: 'held.example', status })).total,
        ),
      );
    expect(await statuses()).toEqual([1, 0, 0]);
    await store.commit({ statements: [statement(held.id, 'keyCompromise')], events: [] });
    expect(await statuses()).toEqual([0, 1, 0]);
    await expect(
      store.commit({ statements: [statement(held.id, 'superseded')], events: [] }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
