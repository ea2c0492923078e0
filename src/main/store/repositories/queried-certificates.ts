/**
 * The certificates that a query asks for. SQLite cannot tell how many rows a condition leaves, so the plan is made
 * here: what an index says is few is fetched and sorted; what is many is walked in the order of the page. Where no
 * index helps, the table is gone through slice by slice, and others have their turn between.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { Query } from '../../../shared/query/query.ts';
import { countCap, decodeCursor, type Page, toPage } from '../page.ts';
import { conditionOf } from '../query/condition.ts';
import { inRange, rangeColumns, rangeOf, type Source, sourceOf } from '../query/plan.ts';
import { newestRow, rarePart } from '../query/rare-part.ts';
import type { Schema } from '../schema.ts';
import { rowsWithWords } from '../word-index.ts';
import { indexedRun, mostSorted, searchedCertificates } from './certificate-filters.ts';
import type { CertificateRow } from './certificate-row.ts';
import type { CertificateQuery } from './certificate-search.ts';

/** Rows gone through in one turn: the first few tell whether most of them are hits, the others take ten milliseconds. */
const firstSliceRows = 2_000;
const mostSliceRows = 20_000;

type Found =
  | { readonly hits: readonly number[]; readonly isExact: boolean }
  /** More than are quickly sorted; perhaps for certain more than are counted. */
  | { readonly hits: 'many'; readonly isCapped: boolean };

export class QueriedCertificates {
  readonly #db: Kysely<Schema>;
  readonly #query: CertificateQuery;
  readonly #asked: Query;

  constructor(db: Kysely<Schema>, query: CertificateQuery, asked: Query) {
    this.#db = db;
    this.#query = query;
    this.#asked = asked;
  }

  async page(): Promise<Page<CertificateRow>> {
    const { sort, cursor, offset = 0, limit } = this.#query;
    const column = sort.by === 'createdAt' ? 'rowId' : sort.by;
    const direction = sort.descending ? 'desc' : 'asc';
    const found = await this.#find();
    let page = (found.hits === 'many' ? this.#walked() : this.#among(found.hits))
      .selectAll()
      // The plus keeps SQLite from walking the index of the order through all that are not among the hits.
      .orderBy(found.hits === 'many' ? sql.ref(column) : sql`+${sql.ref(column)}`, direction)
      .orderBy('rowId', direction)
      .limit(limit + 1)
      .offset(offset);
    if (cursor !== undefined) {
      const [value, rowId] = decodeCursor(cursor);
      const isBeyond = sql.raw(sort.descending ? '<' : '>');
      page = page.where(sql<boolean>`(${sql.ref(column)}, rowId) ${isBeyond} (${value}, ${rowId})`);
    }
    const rows = await page.execute();
    const total = await this.#total(found);
    const counted = toPage(rows, limit, total, (row) => [row[column], row.rowId]);
    return this.#query.countsAll ? { ...counted, total, totalIsCapped: false } : counted;
  }

  /** The rows as the conditions say, by no index but that of the row number. */
  #rows() {
    return searchedCertificates(this.#db, this.#query).where(conditionOf(this.#asked));
  }

  #among(hits: readonly number[]) {
    const rowIds = sql<number>`(select value from json_each(${JSON.stringify(hits)}))`;
    return this.#rows().where('rowId', 'in', rowIds);
  }

  /** Beginning and ending where the query says so for certain, which may be far from the ends of the order. */
  #walked() {
    const { by } = this.#query.sort;
    if (by !== 'notBefore' && by !== 'notAfter') return this.#rows();
    return this.#rows().where(inRange(by, rangeOf(this.#asked, by)));
  }

  /** Row numbers that have all the hits among them; many where there are more than are quickly sorted. */
  async #find(): Promise<Found> {
    if (this.#asked.kind === 'everything' && !this.#query.search) return { hits: 'many', isCapped: false };
    const source = this.#source();
    const hits = source ? await this.#hitsOf(source) : 'many';
    if (hits !== 'many') return { hits, isExact: false };
    return this.#hasRange() ? { hits, isCapped: false } : this.#goThrough();
  }

  #source(): Source | undefined {
    const source = sourceOf(this.#asked);
    const run = indexedRun(this.#query.search);
    if (run === undefined) return source;
    const words: Source = { kind: 'words', run };
    return source ? { kind: 'best', sources: [words, source] } : words;
  }

  async #hitsOf(source: Source): Promise<readonly number[] | 'many'> {
    if (source.kind === 'words') {
      const run = await rarePart(this.#db, source.run);
      return run === undefined ? 'many' : this.#hitsOf({ kind: 'rows', rows: rowsWithWords(run) });
    }
    if (source.kind === 'rows') {
      const found = await sql<{ hit: number }>`
        select * from (${source.rows}) limit ${mostSorted + 1}`.execute(this.#db);
      return found.rows.length > mostSorted ? 'many' : found.rows.map(({ hit }) => hit);
    }
    const all: number[] = [];
    for (const one of source.sources) {
      const hits = await this.#hitsOf(one);
      if (source.kind === 'best' && hits !== 'many') return hits;
      if (source.kind === 'all' && hits === 'many') return hits;
      if (hits !== 'many') for (const hit of hits) all.push(hit);
    }
    return source.kind === 'best' || all.length > mostSorted ? 'many' : all;
  }

  async #goThrough(): Promise<Found> {
    const hits: number[] = [];
    for await (const slice of this.#slices()) {
      for (const { rowId } of await slice.select('rowId').execute()) hits.push(rowId);
      if (hits.length > countCap) return { hits: 'many', isCapped: true };
    }
    return { hits, isExact: true };
  }

  async #total(found: Found): Promise<number> {
    if (found.hits !== 'many')
      return found.isExact ? found.hits.length : this.#count(this.#among(found.hits).select('rowId'));
    if (this.#query.countsAll) {
      let total = 0;
      for await (const slice of this.#slices()) total += await this.#count(slice.select('rowId'));
      return total;
    }
    if (found.isCapped) return countCap + 1;
    return this.#count(
      this.#ranged()
        .select('rowId')
        .limit(countCap + 1),
    );
  }

  #hasRange(): boolean {
    return rangeColumns.some((column) => {
      const { from, to } = rangeOf(this.#asked, column);
      return from !== undefined || to !== undefined;
    });
  }

  /** By the index of a range that the query is certain of. */
  #ranged() {
    let rows = this.#rows();
    for (const column of rangeColumns) rows = rows.where(inRange(column, rangeOf(this.#asked, column)));
    return rows;
  }

  async #count(rows: SelectQueryBuilder<Schema, 'certificates', { rowId: number }>): Promise<number> {
    const counted = this.#db.selectFrom(rows.as('hits')).select((eb) => eb.fn.countAll<number>().as('count'));
    return (await counted.executeTakeFirstOrThrow()).count;
  }

  /** The rows in slices of the table, the newest first. */
  async *#slices() {
    let to = await newestRow(this.#db);
    for (let length = firstSliceRows; to > 0; length = Math.min(2 * length, mostSliceRows)) {
      yield this.#rows()
        .where('rowId', '<=', to)
        .where('rowId', '>', to - length);
      to -= length;
      await nextTurn();
    }
  }
}
