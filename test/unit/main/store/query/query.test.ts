import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CertificateQuery, Store } from '../../../../../src/main/store/index.ts';
import { parseQuery } from '../../../../../src/shared/query/parse-query.ts';
import type { NoteField } from '../../../../../src/shared/query/query-fields.ts';
import { now, openCertificatesToQuery } from './certificates-to-query.ts';
import { queryCases } from './query-cases.ts';

const home = mkdtempSync(join(tmpdir(), 'chancery-query-'));
let store: Store;

const notes: readonly NoteField[] = [
  { note: 'Owner', names: ['Owner', 'owner'], kind: 'text' },
  { note: 'Cost-Center', names: ['Cost-Center'], kind: 'number' },
  { note: 'Due Date', names: ['Due Date'], kind: 'date' },
];

function query(text: string, more: Partial<CertificateQuery> = {}): CertificateQuery {
  const findNote = (name: string) => notes.find(({ note }) => note.toLowerCase() === name.toLowerCase());
  return {
    ...{ realmIds: ['here'], sort: { by: 'createdAt', descending: false }, limit: 50, now: now.getTime() },
    matching: parseQuery(text, { now, me: 'tests', findNote }),
    ...more,
  };
}

async function found(text: string, more: Partial<CertificateQuery> = {}): Promise<string> {
  const { items, total } = await store.certificates.list(query(text, more));
  if (more.limit === undefined) expect(total).toBe(items.length);
  return items.map(({ id }) => id).join('');
}

beforeAll(async () => {
  store = await openCertificatesToQuery(home);
});

afterAll(async () => {
  await store.close();
  rmSync(home, { recursive: true });
});

describe('a query', () => {
  it.each(queryCases)('%s finds %s', async (text, expected) => {
    expect(await found(text)).toBe(expected);
  });

  it('finds the same by every order, and turns its pages by cursor and by number', async () => {
    for (const by of ['createdAt', 'notBefore', 'notAfter', 'commonName'] as const) {
      const text = 'CN -contains "e" OR KeyType -eq "ECC"';
      const all = await found(text, { sort: { by, descending: true } });
      expect([...all].sort().join('')).toBe('abcdefg');
      let [turned, cursor]: [string, string | undefined] = ['', undefined];
      do {
        const page = await store.certificates.list(
          query(text, { sort: { by, descending: true }, limit: 2, cursor }),
        );
        turned += page.items.map(({ id }) => id).join('');
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(turned).toBe(all);
      expect(await found(text, { sort: { by, descending: true }, limit: 2, offset: 2 })).toBe(
        all.slice(2, 4),
      );
    }
  });

  it('cannot leave its realm, and is narrowed by search and status', async () => {
    expect(await found('CN -contains "appsrvr23" OR CN -ne NULL', { realmIds: ['elsewhere'] })).toBe('h');
    expect(await found('CN -ne NULL', { realmIds: [] })).toBe('');
    expect(await found('KeyType -eq "ECC"', { search: 'appsrvr' })).toBe('a');
    expect(await found('', { exclude: ['revoked', 'held', 'expired'] })).toBe('abcf');
  });

  it('names what is noted in a realm, and nothing of another', async () => {
    expect(await store.certificates.noteNames(['here'])).toEqual([
      'Cost-Center',
      'Due Date',
      'Owner',
      'owner',
    ]);
    expect(await store.certificates.noteNames(['elsewhere'])).toEqual(['Owner', 'Secret']);
  });
});
