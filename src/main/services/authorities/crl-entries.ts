import { ChanceryError } from '../../../shared/errors.ts';
import type { RevocationReason } from '../../../shared/model/names.ts';
import type { PendingEntries, PendingEntry, SegmentChange, Statement, Store } from '../../store/index.ts';
import { encodeRevoked } from '../../x509/index.ts';

/** Encoding so many again is unnoticed, and a million entries are a thousand rows. */
export const entriesPerSegment = 1024;
/** How many entries are moved at once when many are pending: about 30 ms without an answer. */
const largestMove = 4 * entriesPerSegment;

/** All entries of an authority's CRL, encoded, with the statements that keep them so for the next one. */
export interface CrlEntries {
  /** The authority's revision of which they hold all revocations. */
  readonly revision: number;
  readonly parts: readonly Uint8Array[];
  readonly count: number;
  /** An economy, which may fail with CONFLICT where an entry changes meanwhile. */
  readonly keeping: readonly Statement[];
}

/** Collects the entries as of one moment. Many pending ones are first moved into segments, a part at a time. */
export async function collectCrlEntries(store: Store, authorityId: string): Promise<CrlEntries> {
  const { crlSegments } = store;
  if (!crlSegments.isWhole(authorityId)) {
    await store.commit({ statements: crlSegments.reset(authorityId), events: [] });
  }
  for (;;) {
    // From here to the next await nothing can change.
    const found = crlSegments.pending(authorityId, largestMove);
    const changes = appendToSegments(found);
    const statements = crlSegments.absorb(authorityId, found, changes);
    if (found.pending.length < largestMove) {
      const grown = new Set(changes.map(({ number }) => number));
      const kept = crlSegments.segments(authorityId).filter(({ number }) => !grown.has(number));
      const all = [...kept, ...changes];
      return {
        revision: found.revision,
        parts: all.map(({ der }) => der),
        count: all.reduce((sum, { entries }) => sum + entries, 0),
        keeping: statements,
      };
    }
    await store.commit({ statements, events: [] }).catch((error: unknown) => {
      // An entry has changed meanwhile: they are read again.
      if (!(error instanceof ChanceryError && error.code === 'CONFLICT')) throw error;
    });
  }
}

/** The last segment grown by the pending entries, and new ones for what has no room in it. */
export function appendToSegments({
  pending,
  last,
}: Pick<PendingEntries, 'pending' | 'last'>): SegmentChange[] {
  const changes: SegmentChange[] = [];
  let from = 0;
  if (last && last.entries < entriesPerSegment && pending.length > 0) {
    const added = pending.slice(0, entriesPerSegment - last.entries);
    changes.push({
      number: last.number,
      entries: last.entries + added.length,
      rowIds: JSON.stringify([...(JSON.parse(last.rowIds) as number[]), ...added.map(({ rowId }) => rowId)]),
      der: Buffer.concat([last.der, encode(added)]),
      was: last.entries,
    });
    from = added.length;
  }
  for (let number = (last?.number ?? -1) + 1; from < pending.length; number += 1) {
    const added = pending.slice(from, from + entriesPerSegment);
    const rowIds = JSON.stringify(added.map(({ rowId }) => rowId));
    changes.push({ number, entries: added.length, rowIds, der: encode(added), was: null });
    from += added.length;
  }
  return changes;
}

function encode(entries: readonly PendingEntry[]): Uint8Array {
  return encodeRevoked(
    entries.map((entry) => ({
      serialNumber: Buffer.from(entry.serialNumber, 'hex'),
      revokedAt: new Date(entry.revokedAt ?? 0),
      reason: entry.revocationReason as RevocationReason,
      invalidityDate: entry.invalidityDate === null ? undefined : new Date(entry.invalidityDate),
    })),
  );
}
