/** Finding certificates: pages, filters and searches, each by the plan that its number of hits asks for. */
import { type Kysely, sql } from 'kysely';
import type { CertificateOrigin, CertificateStatus } from '../../../shared/model/certificate.ts';
import type { Query } from '../../../shared/query/query.ts';
import { containing, countCap, decodeCursor, type Page, toPage } from '../page.ts';
import type { Schema } from '../schema.ts';
import { rowHasWords, rowsWithWords } from '../word-index.ts';
import {
  type Conditions,
  filteredCertificates,
  indexedRun,
  mostSorted,
  searchedCertificates,
} from './certificate-filters.ts';
import type { CertificateRow } from './certificates.ts';
import { QueriedCertificates } from './queried-certificates.ts';

export interface CertificateQuery {
  /** Ids of the realms to look in; null for all. */
  readonly realmIds: readonly string[] | null;
  readonly search?: string | undefined;
  readonly status?: CertificateStatus | undefined;
  /** Statuses of those that are left out. */
  readonly exclude?: readonly CertificateStatus[] | undefined;
  /** What the row says, in the query language. */
  readonly matching?: Query | undefined;
  readonly authorityIds?: readonly string[] | undefined;
  readonly profileIds?: readonly string[] | undefined;
  readonly origin?: CertificateOrigin | undefined;
  readonly endEntityId?: string | undefined;
  /** Milliseconds, UTC. */
  readonly notAfterBefore?: number | undefined;
  /** Those with a note of that name, and of that value where one is given. */
  readonly metadata?: { readonly name: string; readonly value?: string | undefined } | undefined;
  readonly sort: {
    readonly by: 'createdAt' | 'notBefore' | 'notAfter' | 'commonName';
    readonly descending: boolean;
  };
  readonly cursor?: string | undefined;
  /** How many rows are left out before the page; costs more with every one. */
  readonly offset?: number | undefined;
  /** Whether all hits are counted, however many. */
  readonly countsAll?: boolean | undefined;
  readonly limit: number;
  /** Milliseconds, UTC: what valid and expired are measured by. */
  readonly now: number;
}

/** Up to so many hits, remembering them for a walk takes less time than asking the index at each row. */
const mostRemembered = 200_000;

export class CertificateSearch {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async list(query: CertificateQuery): Promise<Page<CertificateRow>> {
    const { matching: asked } = query;
    if (asked || query.offset !== undefined || query.countsAll)
      return new QueriedCertificates(this.#db, query, asked ?? { kind: 'everything' }).page();
    const { by, descending } = query.sort;
    // Rows are added in the order of their time, so the row number stands for it and needs no index.
    const column = by === 'createdAt' ? 'rowId' : by;
    const direction = descending ? 'desc' : 'asc';
    const run = indexedRun(query.search);
    const hits = run === undefined ? [] : await this.#hits(run, mostSorted + 1);
    // Few hits are fetched and sorted; among many, the rows are walked in order until the page is full. Each way
    // takes a hundred times as long in the other's case, and SQLite cannot tell them apart.
    const isFrequent = run !== undefined && hits.length > mostSorted;
    const isSorted = run !== undefined && !isFrequent;
    const matching = isSorted ? this.#among(query, hits) : searchedCertificates(this.#db, query);
    let page = (isFrequent ? await this.#walking(query, run) : matching)
      .selectAll()
      .orderBy(isSorted ? sql`+${sql.ref(column)}` : sql.ref(column), direction)
      .orderBy('rowId', direction)
      .limit(query.limit + 1);
    if (query.cursor !== undefined) {
      const [value, rowId] = decodeCursor(query.cursor);
      const comparison = sql.raw(descending ? '<' : '>');
      page = page.where(sql<boolean>`(${sql.ref(column)}, rowId) ${comparison} (${value}, ${rowId})`);
    }
    const rows = await page.execute();
    const counted = await this.#db
      .selectFrom(
        (isFrequent ? this.#counted(query, run) : matching.select('rowId')).limit(countCap + 1).as('hits'),
      )
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return toPage(rows, query.limit, counted.count, (row) => [row[column], row.rowId]);
  }

  /** The rows of all realms whose words have the run in them, no more of them than the limit. */
  async #hits(run: string, limit: number): Promise<number[]> {
    const found = await sql<{ hit: number }>`${rowsWithWords(run)} limit ${limit}`.execute(this.#db);
    return found.rows.map(({ hit }) => hit);
  }

  #among(query: Conditions, hits: readonly number[]) {
    const rowIds = sql<number>`(select value from json_each(${JSON.stringify(hits)}))`;
    return filteredCertificates(this.#db, query).where('rowId', 'in', rowIds);
  }

  async count(
    query: Pick<CertificateQuery, 'realmIds' | 'status' | 'now' | 'notAfterBefore'>,
  ): Promise<number> {
    const matching = searchedCertificates(this.#db, query);
    const row = await matching.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    return row.count;
  }

  /** The row numbers of the query as they come, so that counting can end at the cap. */
  #counted(query: Conditions, run: string) {
    return filteredCertificates(this.#db, query)
      .innerJoin(sql<{ hit: number }>`(${rowsWithWords(run)})`.as('words'), 'words.hit', 'certificates.rowId')
      .select('certificates.rowId');
  }

  /** The same rows by a test of each row that is walked over: cheap where every few hundredth passes it. */
  async #walking(query: Conditions, run: string) {
    const rows = filteredCertificates(this.#db, query);
    // Letters that LIKE cannot fold, and what may be part of a fingerprint, which the row does not hold.
    if (/[^ -~]/.test(run) || /^[0-9a-f]+$/i.test(run)) {
      const hits = await this.#hits(run, mostRemembered + 1);
      if (hits.length > mostRemembered) return rows.where(rowHasWords(run));
      // The plus keeps SQLite from going the other way, from the hits to their rows.
      return rows.where(
        sql<boolean>`+certificates.rowId in (select value from json_each(${JSON.stringify(hits)}))`,
      );
    }
    const isLike = sql`like ${containing(run)} escape '\\'`;
    return rows.where(
      sql<boolean>`(commonName ${isLike} or subject ${isLike} or exists (
        select 1 from json_each(subjectAltNames) where json_each.value ->> 'value' ${isLike}))`,
    );
  }
}
