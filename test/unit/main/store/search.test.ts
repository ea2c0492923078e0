import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type CertificateQuery,
  type NewCertificate,
  openStore,
  type Store,
} from '../../../../src/main/store/index.ts';

const count = 6_000;
const home = mkdtempSync(join(tmpdir(), 'chancery-search-'));
let store: Store;

/** Hosts of which all are `example`, one in twelve is `rare`, and the order of the names is not that of adding. */
function certificate(index: number): NewCertificate {
  const commonName = `host-${(index * 7919) % count}.${index % 12 === 0 ? 'rare' : 'plain'}.example`;
  return {
    id: `id-${index}`,
    orderId: `id-${index}`,
    spki: Buffer.from(`id-${index}`),
    realmId: index % 2 === 0 ? 'even' : 'odd',
    endEntityId: null,
    authorityId: null,
    profileId: null,
    isAuthority: 0,
    serialNumber: `5E${index.toString(16).padStart(6, '0').toUpperCase()}`,
    commonName,
    subject: `CN=${commonName}`,
    subjectAltNames: JSON.stringify([{ type: 'dns', value: `alt-${index}.büro.test` }]),
    issuer: 'CN=Issuing',
    keyAlgorithm: 'ecdsa-p256',
    notBefore: 0,
    notAfter: (index * 104_729) % 1_000,
    keyId: null,
    metadata: null,
    requestedBy: 'test',
    requestedById: null,
    createdAt: index,
    der: Uint8Array.of(1),
    sha256Fingerprint: `FACE${index.toString(16).padStart(60, '0').toUpperCase()}`,
  };
}

beforeAll(async () => {
  // Words enter the index when the clock says that the store has been idle.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  store = await openStore(home);
  const taken = { code: 'CONFLICT', detail: 'taken' } as const;
  const realms = ['even', 'odd'].map((id) => ({ id, slug: id, name: id, builtIn: 0, createdAt: 0 }));
  await store.commit({
    statements: realms.map((realm) => store.installation.insertRealm(realm, taken)),
    events: [],
  });
  const units = Array.from({ length: count }, (_, index) => ({
    statements: store.certificates.insert(certificate(index), taken),
    events: [],
  }));
  await Promise.all(units.map((unit) => store.commit(unit)));
}, 60_000);

afterAll(async () => {
  vi.useRealTimers();
  await store.close();
  rmSync(home, { recursive: true });
});

function query(more: Partial<CertificateQuery>): CertificateQuery {
  return { realmIds: null, sort: { by: 'notAfter', descending: false }, limit: 700, now: 0, ...more };
}

/** All pages of a query, one after the other. */
async function allOf(more: Partial<CertificateQuery>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.certificates.list(query({ ...more, cursor }));
    ids.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

const all = Array.from({ length: count }, (_, index) => certificate(index));

/** How many certificates' words are not in the index yet. */
function waiting(): number {
  const sqlite = new Database(join(home, 'chancery.db'), { readonly: true });
  try {
    return sqlite.prepare('select count(*) from words_to_index').pluck().get() as number;
  } finally {
    sqlite.close();
  }
}

const idle = async (left: number) => {
  for (let wait = 0; waiting() > left && wait < 1_000; wait += 1) {
    await vi.advanceTimersByTimeAsync(200);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(waiting()).toBeLessThanOrEqual(left);
};

describe.each([
  ['while all words wait for the index', () => expect(waiting()).toBe(count)],
  ['once all words are in the index', () => idle(0)],
])('a search %s', (_, prepare) => {
  beforeAll(prepare);

  const sorts = [
    { by: 'createdAt', descending: true },
    { by: 'notAfter', descending: false },
    { by: 'commonName', descending: true },
  ] as const;
  it.each(
    // The last ones have parts that are in few rows beside others that are in all.
    ['rare', 'EXAMPLE', 'büro', 'face', '5e000', '.rare.EX', 'st-42.plain', 't-59', 'host-7.rare.x'].flatMap(
      (search) => sorts.map((sort) => ({ search, sort })),
    ),
  )('for $search finds each row once, by $sort.by, descending $sort.descending', async ({ search, sort }) => {
    const expected = all.filter(({ commonName, subjectAltNames, serialNumber, sha256Fingerprint }) =>
      [commonName, subjectAltNames, serialNumber, sha256Fingerprint]
        .join('\n')
        .toLowerCase()
        .includes(search.toLowerCase()),
    );
    const found = await allOf({ search, sort });
    expect(found.length).toBe(expected.length);
    expect(new Set(found)).toEqual(new Set(expected.map(({ id }) => id)));
    const keys = found.map((id) => all[Number(id.slice(3))]?.[sort.by] ?? '');
    const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
    expect(keys).toEqual(keys.toSorted((a, b) => compare(a, b) * (sort.descending ? -1 : 1)));
  });

  it.each([
    ['few hits', 'rare', 500, false],
    ['more hits than are counted', 'example', 5_000, true],
  ])('says how many there are: %s', async (_, search, total, totalIsCapped) => {
    expect(await store.certificates.list(query({ search }))).toMatchObject({ total, totalIsCapped });
  });

  it('counts exactly what the realm leaves of many hits', async () => {
    const page = await store.certificates.list(query({ search: 'example', realmIds: ['odd'] }));
    expect(page).toMatchObject({ total: 3_000, totalIsCapped: false });
    expect(page.items.every(({ realmId }) => realmId === 'odd')).toBe(true);
  });

  it('for the words that hold a stored list together finds nothing', async () => {
    for (const search of ['"type"', 'value":', '%', '___', 'ost-1%']) {
      expect(await allOf({ search })).toEqual([]);
    }
  });
});
