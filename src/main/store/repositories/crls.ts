/**
 * The newest CRL of each part of an authority: the whole list, its delta, its shards. Its invariant: a number
 * only replaces a smaller one, and the segments that a stored CRL consists of stay until it is replaced.
 */
import type { Kysely, Selectable } from 'kysely';
import type { Statement } from '../committer.ts';
import type { FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';

type CrlTableRow = Selectable<Schema['crls']>;
export type CrlRow = Omit<CrlTableRow, 'head' | 'tail'> & {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
};
/** A CRL without its bytes. */
export type CrlSummary = Omit<CrlRow, 'head' | 'tail'>;

const summaryColumns = [
  'authorityId',
  'part',
  'number',
  'revision',
  'thisUpdate',
  'nextUpdate',
  'entries',
  'baseNumber',
  'baseRevision',
  'baseDueAt',
  'bytes',
  'segments',
] as const satisfies readonly (keyof CrlSummary)[];

const columns = [...summaryColumns, 'head', 'tail'] as const;

const storeSql = `insert into crls (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})
  on conflict (authorityId, part) do update
  set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')} where crls.number < excluded.number`;

export class CrlRepository {
  readonly #db: Kysely<Schema>;
  readonly #find: FindOne<CrlRow>;
  readonly #segment: FindOne<{ der: Uint8Array }>;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    this.#find = prepared.findOne(
      db.selectFrom('crls').selectAll().where('authorityId', '=', '').where('part', '=', ''),
    );
    this.#segment = prepared.findOne(
      db.selectFrom('crl_segments').select('der').where('authorityId', '=', '').where('number', '=', 0),
    );
  }

  /** Stores CRLs of an authority in place of those with smaller numbers, and lets go of segments that are in none. */
  store(authorityId: string, rows: readonly CrlRow[]): Statement[] {
    return [
      ...rows.map((row) => ({ sql: storeSql, parameters: columns.map((column) => row[column]), rows: 1 })),
      {
        sql: `delete from crl_segments where authorityId = ? and isRetired = 1 and number not in
          (select kept.value from crls, json_each(crls.segments) as kept where crls.authorityId = ?)`,
        parameters: [authorityId, authorityId],
      },
    ];
  }

  /** Removes a part that is not issued any more. */
  remove(authorityId: string, part: string): Statement {
    return { sql: 'delete from crls where authorityId = ? and part = ?', parameters: [authorityId, part] };
  }

  /** The newest of a part; of the whole list where none is named. */
  find(authorityId: string, part = ''): CrlRow | undefined {
    return this.#find(authorityId, part);
  }

  /** All, without their bytes. */
  summaries(): Promise<CrlSummary[]> {
    return this.#db.selectFrom('crls').select(summaryColumns).orderBy('part').execute();
  }

  /** The bytes between head and tail, read one by one as they are taken. Throws where one is gone. */
  *segments(authorityId: string, numbers: readonly number[]): Generator<Uint8Array> {
    for (const number of numbers) {
      const segment = this.#segment(authorityId, number);
      if (!segment) throw new Error(`segment ${number} of the CRL of ${authorityId} is gone`);
      yield segment.der;
    }
  }

  /** The DER of a CRL just found, in its parts; to be called in the same turn of the event loop. */
  bytes({ authorityId, head, segments, tail }: CrlRow): Uint8Array[] {
    return [head, ...this.segments(authorityId, JSON.parse(segments) as number[]), tail];
  }

  /** The DER of the newest CRL of a part, in one piece. */
  der(authorityId: string, part = ''): Buffer | undefined {
    const row = this.find(authorityId, part);
    return row && Buffer.concat(this.bytes(row), row.bytes);
  }
}
