/** Finding certificates: pages, filters and searches, each by the plan that its number of hits asks for. */
import { type Kysely, sql } from 'kysely';
import type { CertificateOrigin, CertificateStatus } from '../../../shared/model/certificate.ts';
import type { Query } from '../../../shared/query/query.ts';
import { containing, countCap, decodeCursor, type Page, toPage } from '../page.ts';
import { shortestIndexed } from '../query/plan.ts';
import { rareStretch } from '../rare-stretch.ts';
import type { Schema } from '../schema.ts';
import { rowHasWords, rowsWithWords } from '../word-index.ts';
import {
  type Conditions,
  filteredCertificates,
  indexedRun,
  mostSorted,
  searchedCertificates,
} from './certificate-filters.ts';
import type { CertificateRow } from './certificate-row.ts';
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
  /** Only those that are archived, or only those that are not. */
  readonly isArchived?: boolean | undefined;
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

/** Up to so many hits, they are fetched and sorted where nothing narrows the list and a walk is soon at its end. */
const mostSortedOfAll = 5_000;
/** Up to so many hits, remembering them for a walk takes less time than asking the index at each row. */
const mostRemembered = 200_000;

interface Found {
  readonly hits: readonly number[];
  /** The run, where they may lack some of it. */
  readonly unproven?: string;
}

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
    const found: Found = run === undefined ? { hits: [] } : await this.#found(run);
    // Few hits are fetched and sorted; among many, the rows are walked in order until the page is full. Each way
    // takes a hundred times as long in the other's case, and SQLite cannot tell them apart.
    const isFrequent = run !== undefined && found.hits.length > mostSorted;
    const isKnown = run !== undefined && !isFrequent;
    const matching = isKnown ? this.#among(query, found) : searchedCertificates(this.#db, query);
    // The hits themselves are walked in the order of their rows; in another one, the plus keeps SQLite from a walk.
    const isSorted = isKnown && column !== 'rowId';
    const isWalked = isSorted && found.hits.length > mostSortedOfAll && !found.unproven && !isNarrowed(query);
    let page = (
      isFrequent ? await this.#walking(query, run) : isWalked ? this.#passing(query, found.hits) : matching
    )
      .selectAll()
      .orderBy(isSorted && !isWalked ? sql`+${sql.ref(column)}` : sql.ref(column), direction)
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

  /** The rows of a run, or those of its rarest part where they are few and the rest can be looked for in them. */
  async #found(run: string): Promise<Found> {
    const stretch =
      run.length > shortestIndexed && isInRow(run) ? await rareStretch(this.#db, run) : undefined;
    if (stretch !== undefined && stretch !== run) {
      const hits = await this.#hits(stretch, mostSorted + 1);
      if (hits.length <= mostSorted) return { hits, unproven: run };
    }
    return { hits: await this.#hits(run, mostSorted + 1) };
  }

  /** The rows of all realms whose words have the run in them, no more of them than the limit. */
  async #hits(run: string, limit: number): Promise<number[]> {
    const found = await sql<{ hit: number }>`${rowsWithWords(run)} limit ${limit}`.execute(this.#db);
    return found.rows.map(({ hit }) => hit);
  }

  #among(query: Conditions, { hits, unproven }: Found) {
    const rowIds = sql<number>`(select value from json_each(${JSON.stringify(hits)}))`;
    const rows = filteredCertificates(this.#db, query).where('rowId', 'in', rowIds);
    return unproven === undefined ? rows : rows.where(isLike(unproven));
  }

  async count(
    query: Pick<CertificateQuery, 'realmIds' | 'status' | 'isArchived' | 'now' | 'notAfterBefore'>,
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
    if (isInRow(run)) return rows.where(isLike(run));
    const hits = await this.#hits(run, mostRemembered + 1);
    return hits.length > mostRemembered ? rows.where(rowHasWords(run)) : this.#passing(query, hits);
  }

  /** The rows that are walked over and are among the hits: the plus keeps SQLite from going from these to their rows. */
  #passing(query: Conditions, hits: readonly number[]) {
    const rowIds = sql`(select value from json_each(${JSON.stringify(hits)}))`;
    return filteredCertificates(this.#db, query).where(sql<boolean>`+certificates.rowId in ${rowIds}`);
  }
}

/** Whether there is less to be found than the realms have of it. */
function isNarrowed(query: Conditions): boolean {
  const {
    status,
    exclude,
    authorityIds,
    profileIds,
    origin,
    endEntityId,
    notAfterBefore,
    metadata,
    isArchived,
  } = query;
  const narrowing = [
    status,
    exclude,
    authorityIds,
    profileIds,
    origin,
    endEntityId,
    notAfterBefore,
    metadata,
    // Leaving out the archived leaves most.
    isArchived || undefined,
  ];
  return narrowing.some((one) => one !== undefined);
}

/** Whether the row alone tells: not for letters that LIKE cannot fold, nor for what may be part of a fingerprint. */
function isInRow(run: string): boolean {
  return /^[ -~]+$/.test(run) && !/^[0-9a-f]+$/i.test(run);
}

/** Whether a name of the row has the run in it. */
function isLike(run: string) {
  const like = sql`like ${containing(run)} escape '\\'`;
  return sql<boolean>`(commonName ${like} or subject ${like} or exists (
    select 1 from json_each(subjectAltNames) where json_each.value ->> 'value' ${like}))`;
}
