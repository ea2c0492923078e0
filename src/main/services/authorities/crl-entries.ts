import { ChanceryError } from '../../../shared/errors.ts';
import type { RevocationReason } from '../../../shared/model/names.ts';
import type {
  CrlSegment,
  PendingEntries,
  RevokedEntry,
  SegmentChange,
  SegmentSummary,
  Statement,
  Store,
} from '../../store/index.ts';
import { encodeRevoked } from '../../x509/index.ts';

/** Encoding so many again is unnoticed, and a million entries are a thousand rows. */
export const entriesPerSegment = 1024;
/** How many entries are moved at once when many are pending: about 30 ms without an answer. */
const largestMove = 8 * entriesPerSegment;

/** What an authority's next CRLs consist of, with the statements that go into one unit of work with them. */
export interface CrlEntries {
  /** The authority's revision of which they hold all revocations. */
  readonly revision: number;
  readonly segments: readonly SegmentSummary[];
  /** The bytes of segments that are new, by their numbers; the others are in the store. */
  readonly added: ReadonlyMap<number, Uint8Array>;
  /** Fail with CONFLICT where an entry changes meanwhile. */
  readonly keeping: readonly Statement[];
}

/**
 * Collects the entries as of one moment. Many pending ones are first moved into segments, a part at a time. What
 * is to be encoded is shown to `check`, which throws where it must not be signed.
 */
export async function collectCrlEntries(
  store: Store,
  authorityId: string,
  check: (entries: readonly RevokedEntry[]) => void,
): Promise<CrlEntries> {
  const { crlSegments } = store;
  for (;;) {
    // From here to the next commit nothing can change.
    const found = crlSegments.pending(authorityId, largestMove);
    check(found.pending);
    const changes = appendToSegments(found, (shard) => crlSegments.last(authorityId, shard));
    const statements = crlSegments.absorb(authorityId, found, changes);
    if (found.pending.length < largestMove) {
      const replaced = new Set(changes.map(({ replaces }) => replaces));
      const kept = crlSegments.summaries(authorityId).filter(({ number }) => !replaced.has(number));
      const added = changes.map(({ der, ...change }) => ({ ...change, bytes: der.length }));
      return {
        revision: found.revision,
        segments: [...kept, ...added],
        added: new Map(changes.map(({ number, der }) => [number, der])),
        keeping: statements,
      };
    }
    await store.commit({ statements, events: [] }).catch((error: unknown) => {
      // An entry has changed meanwhile: they are read again.
      if (!isConflict(error)) throw error;
    });
  }
}

export function isConflict(error: unknown): boolean {
  return error instanceof ChanceryError && error.code === 'CONFLICT';
}

/** Of each shard the last segment grown by its pending entries, and new ones for what has no room in it. */
function appendToSegments(
  { pending, nextNumber }: Pick<PendingEntries, 'pending' | 'nextNumber'>,
  lastOf: (shard: number) => CrlSegment | undefined,
): SegmentChange[] {
  const changes: SegmentChange[] = [];
  let number = nextNumber;
  for (const [shard, entries] of Map.groupBy(pending, ({ crlShard }) => crlShard ?? 0)) {
    const last = lastOf(shard);
    const grown = last && last.entries < entriesPerSegment ? last : undefined;
    let room = entriesPerSegment - (grown?.entries ?? 0);
    for (let from = 0; from < entries.length; ) {
      const added = entries.slice(from, from + room);
      const encoded = encodeEntries(added);
      const before = from === 0 ? grown : undefined;
      const known = before ? (JSON.parse(before.rowIds) as number[]) : [];
      changes.push({
        number,
        shard,
        entries: known.length + added.length,
        rowIds: JSON.stringify([...known, ...added.map(({ rowId }) => rowId)]),
        der: before ? Buffer.concat([before.der, encoded]) : encoded,
        replaces: before?.number ?? null,
      });
      number += 1;
      from += added.length;
      room = entriesPerSegment;
    }
  }
  return changes;
}

/** The DER of a delta's entries; those whose hold was lifted since its base leave it as of `now` (RFC 5280 section 5.3.1). */
export function encodeChanges(changed: readonly RevokedEntry[], now: Date): Uint8Array {
  const [released, revoked] = [
    changed.filter(({ revokedAt }) => revokedAt === null),
    changed.filter(({ revokedAt }) => revokedAt !== null),
  ];
  const removals = released.map(({ serialNumber }) => ({
    serialNumber: Buffer.from(serialNumber, 'hex'),
    revokedAt: now,
    reason: 'removeFromCRL' as const,
  }));
  return Buffer.concat([encodeEntries(revoked), encodeRevoked(removals)]);
}

/** The DER of entries as the store has them. */
export function encodeEntries(entries: readonly RevokedEntry[]): Uint8Array {
  return encodeRevoked(
    entries.map((entry) => ({
      serialNumber: Buffer.from(entry.serialNumber, 'hex'),
      revokedAt: new Date(entry.revokedAt ?? 0),
      reason: entry.revocationReason as RevocationReason,
      invalidityDate: entry.invalidityDate === null ? undefined : new Date(entry.invalidityDate),
    })),
  );
}
