/**
 * The entries of an authority's CRLs in encoded segments, so that one more revocation does not encode them all
 * again. Every revoked certificate is in one segment or pending; whatever changes an entry retires its segment
 * and makes the entries pending again. A segment holds entries of one shard, and is never changed, since the
 * CRL that is served may consist of it. What is read together is read in one turn of the event loop, with no
 * unit of work between.
 */
import type { Kysely } from 'kysely';
import type { Statement } from '../committer.ts';
import type { FindAll, FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';

export interface RevokedEntry {
  readonly serialNumber: string;
  readonly revokedAt: number | null;
  readonly revocationReason: string | null;
  readonly invalidityDate: number | null;
}

export interface PendingEntry extends RevokedEntry {
  readonly rowId: number;
  readonly crlShard: number | null;
}

/** A segment without its bytes. */
export interface SegmentSummary {
  readonly number: number;
  readonly shard: number;
  readonly entries: number;
  readonly bytes: number;
}

export interface CrlSegment {
  readonly number: number;
  readonly shard: number;
  readonly entries: number;
  /** JSON, the rows of the entries in their order. */
  readonly rowIds: string;
  readonly der: Uint8Array;
}

/** A segment to be stored, and the number of the one that it takes the place of. */
export type SegmentChange = CrlSegment & { readonly replaces: number | null };

/** Pending entries as of a revision, with the next free number for a segment. */
export interface PendingEntries {
  readonly revision: number;
  readonly pending: readonly PendingEntry[];
  readonly nextNumber: number;
}

const current = { isRetired: 0 } as const;

export class CrlSegmentRepository {
  readonly #revision: FindOne<{ revision: number }>;
  readonly #pending: FindAll<PendingEntry>;
  readonly #newest: FindOne<{ number: number }>;
  readonly #last: FindOne<CrlSegment>;
  readonly #summaries: FindAll<SegmentSummary>;
  readonly #changedSince: FindAll<RevokedEntry>;
  readonly #counts: FindOne<{ revoked: number; pending: number; segmented: number | null }>;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    const segments = db.selectFrom('crl_segments').where('authorityId', '=', '');
    const live = segments.where('isRetired', '=', current.isRetired);
    const entry = ['serialNumber', 'revokedAt', 'revocationReason', 'invalidityDate'] as const;
    this.#revision = prepared.findOne(db.selectFrom('authorities').select('revision').where('id', '=', ''));
    this.#pending = prepared.findAll(
      db
        .selectFrom('crl_pending')
        .innerJoin('certificates', 'certificates.rowId', 'crl_pending.rowId')
        .select(['certificates.rowId', 'crlShard', ...entry])
        .where('crl_pending.authorityId', '=', '')
        .orderBy('crl_pending.rowId')
        .limit(1),
    );
    this.#newest = prepared.findOne(segments.select('number').orderBy('number', 'desc').limit(1));
    this.#last = prepared.findOne(
      live
        .where('shard', '=', 0)
        .select(['number', 'shard', 'entries', 'rowIds', 'der'])
        .orderBy('number', 'desc')
        .limit(1),
    );
    this.#summaries = prepared.findAll(
      live
        .select((of) => ['number', 'shard', 'entries', of.fn<number>('length', ['der']).as('bytes')])
        .orderBy('number'),
    );
    this.#changedSince = prepared.findAll(
      db.selectFrom('certificates').select(entry).where('authorityId', '=', '').where('crlRevision', '>', 0),
    );
    this.#counts = prepared.findOne(
      db.selectNoFrom((eb) => [
        eb
          .selectFrom('certificates')
          .select((of) => of.fn.countAll<number>().as('count'))
          .where('authorityId', '=', '')
          .where('revokedAt', 'is not', null)
          .$asScalar()
          .$notNull()
          .as('revoked'),
        eb
          .selectFrom('crl_pending')
          .select((of) => of.fn.countAll<number>().as('count'))
          .where('authorityId', '=', '')
          .$asScalar()
          .$notNull()
          .as('pending'),
        eb
          .selectFrom('crl_segments')
          .select((of) => of.fn.sum<number>('entries').as('sum'))
          .where('authorityId', '=', '')
          .where('isRetired', '=', current.isRetired)
          .$asScalar()
          .as('segmented'),
      ]),
    );
  }

  /** Whether every revoked certificate of the authority is in a segment or pending; counts them all. */
  isWhole(authorityId: string): boolean {
    const counts = this.#counts(authorityId, authorityId, authorityId, current.isRetired);
    return counts?.revoked === (counts?.pending ?? 0) + (counts?.segmented ?? 0);
  }

  /** At most `limit` pending entries. */
  pending(authorityId: string, limit: number): PendingEntries {
    return {
      revision: this.#revision(authorityId)?.revision ?? 0,
      pending: this.#pending(authorityId, limit),
      nextNumber: (this.#newest(authorityId, 1)?.number ?? -1) + 1,
    };
  }

  /** The newest segment of a shard, which may have room for more. */
  last(authorityId: string, shard: number): CrlSegment | undefined {
    return this.#last(authorityId, current.isRetired, shard, 1);
  }

  /** The segments that make up the next CRL, in their order. */
  summaries(authorityId: string): readonly SegmentSummary[] {
    return this.#summaries(authorityId, current.isRetired);
  }

  /** The entries that are new or other since a revision of the authority; without a date those whose hold was lifted. */
  changedSince(authorityId: string, revision: number): readonly RevokedEntry[] {
    return this.#changedSince(authorityId, revision);
  }

  /** Moves pending entries into segments, unless one of them, or a segment that grows, has changed since they were read. */
  absorb(
    authorityId: string,
    { revision, pending }: PendingEntries,
    changes: readonly SegmentChange[],
  ): Statement[] {
    if (pending.length === 0) return [];
    const rowIds = JSON.stringify(pending.map(({ rowId }) => rowId));
    return [
      {
        sql: `delete from crl_pending where authorityId = ? and revision <= ?
          and rowId in (select value from json_each(?))`,
        parameters: [authorityId, revision, rowIds],
        rows: pending.length,
      },
      ...changes.flatMap(({ replaces, number, shard, entries, rowIds: inSegment, der }) => [
        ...(replaces === null
          ? []
          : [
              {
                sql: `update crl_segments set isRetired = 1
                  where authorityId = ? and number = ? and isRetired = 0`,
                parameters: [authorityId, replaces],
                rows: 1,
              },
            ]),
        {
          sql: `insert into crl_segments (authorityId, number, shard, entries, rowIds, der)
            values (?, ?, ?, ?, ?, ?)`,
          parameters: [authorityId, number, shard, entries, inSegment, der],
          rows: 1,
        },
      ]),
    ];
  }

  /**
   * Makes the entry of a certificate that was just revoked pending, for the whole list and the shard that its
   * distribution point names, 0 for none; goes behind the statement that raises the revision.
   */
  enqueue(authorityId: string, rowId: number, shard = 0): Statement[] {
    return [
      {
        sql: `update certificates set crlShard = ?, crlRevision = authorities.revision from authorities
          where certificates.rowId = ? and authorities.id = ?`,
        parameters: [shard, rowId, authorityId],
        rows: 1,
      },
      {
        sql: `insert or replace into crl_pending (authorityId, rowId, revision)
          select id, ?, revision from authorities where id = ?`,
        parameters: [rowId, authorityId],
        rows: 1,
      },
    ];
  }

  /** Takes the segment apart that holds the serial number, whose entry will be another or none. */
  takeApart(authorityId: string, serialNumber: Uint8Array): Statement[] {
    const holds = 'authorityId = ? and isRetired = 0 and instr(der, ?) > 0';
    return [
      {
        sql: `insert or ignore into crl_pending (authorityId, rowId, revision)
          select authorities.id, entry.value, authorities.revision
          from crl_segments, json_each(crl_segments.rowIds) as entry, authorities
          where authorities.id = authorityId and ${holds}`,
        parameters: [authorityId, serialNumber],
      },
      {
        sql: `update crl_segments set isRetired = 1 where ${holds}`,
        parameters: [authorityId, serialNumber],
      },
    ];
  }

  /** Removes the entry of a certificate whose hold is lifted; goes behind the statement that raises the revision. */
  release(authorityId: string, rowId: number, serialNumber: Uint8Array): Statement[] {
    return [
      ...this.takeApart(authorityId, serialNumber),
      {
        sql: 'delete from crl_pending where authorityId = ? and rowId = ?',
        parameters: [authorityId, rowId],
      },
      {
        sql: `update certificates set crlRevision = authorities.revision from authorities
          where certificates.rowId = ? and authorities.id = ?`,
        parameters: [rowId, authorityId],
        rows: 1,
      },
    ];
  }

  /** Begins anew: all entries of the authority are pending. */
  reset(authorityId: string): Statement[] {
    return [
      { sql: 'update crl_segments set isRetired = 1 where authorityId = ?', parameters: [authorityId] },
      { sql: 'delete from crl_pending where authorityId = ?', parameters: [authorityId] },
      {
        sql: `insert into crl_pending (authorityId, rowId, revision)
          select authorityId, rowId, 0 from certificates where authorityId = ? and revokedAt is not null`,
        parameters: [authorityId],
      },
    ];
  }
}
