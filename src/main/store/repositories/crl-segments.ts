/**
 * The entries of an authority's CRL in encoded segments, so that one more revocation does not encode them all
 * again. Every revoked certificate is in one segment or pending; whatever changes an entry takes its segment
 * apart and makes the entries pending again. What is read together is read in one turn of the event loop, with
 * no unit of work between.
 */
import type { Kysely } from 'kysely';
import type { Statement } from '../committer.ts';
import type { FindAll, FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';

export interface PendingEntry {
  readonly rowId: number;
  readonly serialNumber: string;
  readonly revokedAt: number | null;
  readonly revocationReason: string | null;
  readonly invalidityDate: number | null;
}

export interface CrlSegment {
  readonly number: number;
  readonly entries: number;
  /** JSON, the rows of the entries in their order. */
  readonly rowIds: string;
  readonly der: Uint8Array;
}

/** A segment to be stored; `was` is how many entries it had, null where it is new. */
export type SegmentChange = CrlSegment & { readonly was: number | null };

/** Pending entries with the last segment, which may have room for them. */
export interface PendingEntries {
  readonly revision: number;
  readonly pending: readonly PendingEntry[];
  readonly last: CrlSegment | undefined;
}

export class CrlSegmentRepository {
  readonly #revision: FindOne<{ revision: number }>;
  readonly #pending: FindAll<PendingEntry>;
  readonly #last: FindOne<CrlSegment>;
  readonly #segments: FindAll<Pick<CrlSegment, 'number' | 'entries' | 'der'>>;
  readonly #counts: FindOne<{ revoked: number; pending: number; segmented: number | null }>;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    const segments = db.selectFrom('crl_segments').where('authorityId', '=', '');
    this.#revision = prepared.findOne(db.selectFrom('authorities').select('revision').where('id', '=', ''));
    this.#pending = prepared.findAll(
      db
        .selectFrom('crl_pending')
        .innerJoin('certificates', 'certificates.rowId', 'crl_pending.rowId')
        .select(['certificates.rowId', 'serialNumber', 'revokedAt', 'revocationReason', 'invalidityDate'])
        .where('crl_pending.authorityId', '=', '')
        .orderBy('crl_pending.rowId')
        .limit(1),
    );
    this.#last = prepared.findOne(
      segments.select(['number', 'entries', 'rowIds', 'der']).orderBy('number', 'desc').limit(1),
    );
    this.#segments = prepared.findAll(segments.select(['number', 'entries', 'der']).orderBy('number'));
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
          .$asScalar()
          .as('segmented'),
      ]),
    );
  }

  /** Whether every revoked certificate of the authority is in a segment or pending. */
  isWhole(authorityId: string): boolean {
    const counts = this.#counts(authorityId, authorityId, authorityId);
    return counts?.revoked === (counts?.pending ?? 0) + (counts?.segmented ?? 0);
  }

  /** At most `limit` pending entries. */
  pending(authorityId: string, limit: number): PendingEntries {
    return {
      revision: this.#revision(authorityId)?.revision ?? 0,
      pending: this.#pending(authorityId, limit),
      last: this.#last(authorityId, 1),
    };
  }

  /** The encoded entries in their order. */
  segments(authorityId: string): readonly Pick<CrlSegment, 'number' | 'entries' | 'der'>[] {
    return this.#segments(authorityId);
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
      ...changes.map(({ was, number, entries, rowIds: inSegment, der }) =>
        was === null
          ? {
              sql: 'insert into crl_segments (authorityId, number, entries, rowIds, der) values (?, ?, ?, ?, ?)',
              parameters: [authorityId, number, entries, inSegment, der],
              rows: 1,
            }
          : {
              sql: `update crl_segments set entries = ?, rowIds = ?, der = ?
                where authorityId = ? and number = ? and entries = ?`,
              parameters: [entries, inSegment, der, authorityId, number, was],
              rows: 1,
            },
      ),
    ];
  }

  /** Makes the entry of a certificate that was just revoked pending; goes behind the statement that raises the revision. */
  enqueue(authorityId: string, rowId: number): Statement {
    return {
      sql: `insert or replace into crl_pending (authorityId, rowId, revision)
        select id, ?, revision from authorities where id = ?`,
      parameters: [rowId, authorityId],
      rows: 1,
    };
  }

  /** Takes the segment apart that holds the serial number, whose entry will be another or none. */
  takeApart(authorityId: string, serialNumber: Uint8Array): Statement[] {
    const holds = 'authorityId = ? and instr(der, ?) > 0';
    return [
      {
        sql: `insert or ignore into crl_pending (authorityId, rowId, revision)
          select authorities.id, entry.value, authorities.revision
          from crl_segments, json_each(crl_segments.rowIds) as entry, authorities
          where authorities.id = authorityId and ${holds}`,
        parameters: [authorityId, serialNumber],
      },
      { sql: `delete from crl_segments where ${holds}`, parameters: [authorityId, serialNumber] },
    ];
  }

  /** Begins anew: all entries of the authority are pending. */
  reset(authorityId: string): Statement[] {
    return [
      { sql: 'delete from crl_segments where authorityId = ?', parameters: [authorityId] },
      { sql: 'delete from crl_pending where authorityId = ?', parameters: [authorityId] },
      {
        sql: `insert into crl_pending (authorityId, rowId, revision)
          select authorityId, rowId, 0 from certificates where authorityId = ? and revokedAt is not null`,
        parameters: [authorityId],
      },
    ];
  }
}
