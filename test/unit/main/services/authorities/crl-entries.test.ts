import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  collectCrlEntries,
  entriesPerSegment,
} from '../../../../../src/main/services/authorities/crl-entries.ts';
import { openStore, type RevokedEntry, type Store } from '../../../../../src/main/store/index.ts';
import { encodeRevoked } from '../../../../../src/main/x509/index.ts';
import type { RevocationReason } from '../../../../../src/shared/model/names.ts';
import { readRows } from '../../../../support/database-reader.ts';
import {
  addRevoked,
  fillWithRevoked,
  revocation,
  serialNumberOf,
} from '../../../../support/store-with-revoked.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const folder = temporaryFolder('crl-entries');
const count = 2_100;
let home: string;
let store: Store;

beforeEach(async () => {
  home = mkdtempSync(join(folder, 'one-'));
  store = await openStore(home);
  await fillWithRevoked(store, count);
});

afterEach(() => store.close());

const commit = (statements: Parameters<Store['commit']>[0]['statements']) =>
  store.commit({ statements, events: [] });

/** Each entry's bytes as hex, sorted, as encoding all rows one by one gives them. */
function straightforward(): string[] {
  const rows = readRows<RevokedEntry>(home, 'select * from certificates where revokedAt is not null');
  const entries = rows.map((row) =>
    encodeRevoked([
      {
        serialNumber: Buffer.from(row.serialNumber, 'hex'),
        revokedAt: new Date(row.revokedAt ?? 0),
        reason: row.revocationReason as RevocationReason,
      },
    ]),
  );
  return entries.map((der) => Buffer.from(der).toString('hex')).sort();
}

/** The entries of the parts, cut at their lengths, which are all below 128 bytes. */
function cut(parts: readonly Uint8Array[]): string[] {
  const all = Buffer.concat(parts);
  const entries: string[] = [];
  for (let at = 0; at < all.length; at += 2 + (all[at + 1] ?? 0)) {
    entries.push(all.subarray(at, at + 2 + (all[at + 1] ?? 0)).toString('hex'));
  }
  return entries.sort();
}

const collect = () => collectCrlEntries(store, 'ca', () => undefined);

async function collectAndKeep() {
  const entries = await collect();
  await commit(entries.keeping);
  const numbers = entries.segments.map(({ number }) => number);
  for (const [number, der] of entries.added)
    expect([...store.crls.segments('ca', [number])]).toEqual([Buffer.from(der)]);
  const count = entries.segments.reduce((sum, segment) => sum + segment.entries, 0);
  return { parts: [...store.crls.segments('ca', numbers)], count, keeping: entries.keeping };
}

describe('the entries of a CRL', () => {
  it('are those of the straightforward build, the first time and from kept segments', async () => {
    const expected = straightforward();
    const first = await collectAndKeep();
    expect(cut(first.parts)).toEqual(expected);
    const again = await collectAndKeep();
    expect(cut(again.parts)).toEqual(expected);
    expect([first.count, again.count, again.keeping]).toEqual([count, count, []]);
  });

  it('grow by one in the last segment alone', async () => {
    await collectAndKeep();
    const before = (await collectAndKeep()).parts;
    await addRevoked(store, count);
    const after = (await collectAndKeep()).parts;
    expect(before).toHaveLength(Math.ceil(count / entriesPerSegment));
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    const [was, is] = [before.at(-1), after.at(-1)];
    expect(is?.subarray(0, was?.length)).toEqual(was);
    expect(is?.length).toBeGreaterThan(was?.length ?? 0);
  });

  it('have the final reason of what was on hold, once', async () => {
    await collectAndKeep();
    await commit([
      ...store.crlSegments.takeApart('ca', Buffer.from(serialNumberOf(7), 'hex')),
      ...revocation(store, 7, 'keyCompromise'),
    ]);
    expect(cut((await collectAndKeep()).parts)).toEqual(straightforward());
    expect(cut((await collectAndKeep()).parts)).toEqual(straightforward());
  });

  it('are not kept as they were read where one changes before they are', async () => {
    const read = await collect();
    await commit(revocation(store, 7, 'keyCompromise'));
    await expect(commit(read.keeping)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(cut((await collectAndKeep()).parts)).toEqual(straightforward());
  });

  it('are encoded anew where segments are missing', async () => {
    await collectAndKeep();
    expect(store.crlSegments.isWhole('ca')).toBe(true);
    await commit([{ sql: 'delete from crl_segments where number = 1', parameters: [] }]);
    expect(store.crlSegments.isWhole('ca')).toBe(false);
    await commit(store.crlSegments.reset('ca'));
    expect(cut((await collectAndKeep()).parts)).toEqual(straightforward());
    expect(cut((await collectAndKeep()).parts)).toEqual(straightforward());
  });
});
