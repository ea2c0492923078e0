/**
 * The index of words for the search, and the words that wait for it. Putting words into a trigram index costs more
 * than all else that is written for a certificate, and less than a fifth of that when done for many at once. So a
 * certificate's words are written down beside it, in the same transaction, and enter the index when the store
 * has nothing else to do. A search looks at both, so nobody sees the difference.
 */
import type Database from 'better-sqlite3';
import { sql } from 'kysely';
import type { Statement, UnitOfWork } from './committer.ts';

/** Without a commit for so long, the store is taken to have nothing else to do. */
const idleMs = 200;
/** Entered at once: about 10 ms of work. */
const sliceRows = 512;
/** Above so many, a search would take noticeably longer, and they are entered even while the store is busy. */
const mostWaiting = 16_384;
const largeSliceRows = 4_096;

/** Behind the statement that inserts the certificate's row or its bytes; `words` as a person would look for them. */
export function wordsStatement(words: string): Statement {
  return {
    sql: 'insert into words_to_index (rowId, words) values (last_insert_rowid(), ?)',
    parameters: [folded(words)],
    rows: 1,
  };
}

/** Row numbers of the certificates whose words have the run of characters in them, three at least; as a query. */
export function rowsWithWords(run: string) {
  return sql<{ hit: number }>`${rowsInIndex(run)}
    union all select rowId from words_to_index where instr(words, ${folded(run)}) > 0`;
}

/** Those of them that have entered the index. */
export function rowsInIndex(run: string) {
  return sql<{ hit: number }>`select rowid as hit from certificate_search where text match ${phraseOf(run)}`;
}

/** Whether the certificate of the query's row is one of those. */
export function rowHasWords(run: string) {
  return sql<boolean>`(exists (select 1 from certificate_search
      where certificate_search.rowid = certificates.rowId and text match ${phraseOf(run)})
    or exists (select 1 from words_to_index
      where words_to_index.rowId = certificates.rowId and instr(words, ${folded(run)}) > 0))`;
}

/** Enters waiting words slice by slice through the one writer. */
export class WordIndexer {
  readonly #commit: (unit: UnitOfWork) => Promise<void>;
  readonly #waiting: Database.Statement<[], { first: number | null; last: number | null }>;
  #lastCommitMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(sqlite: Database.Database, commit: (unit: UnitOfWork) => Promise<void>) {
    this.#commit = commit;
    this.#waiting = sqlite.prepare(`select (select min(rowId) from words_to_index) as first,
      (select max(rowId) from words_to_index) as last`);
    if (this.#numberWaiting() > 0) this.afterCommit();
  }

  /** To be told of every transaction. */
  afterCommit(): void {
    this.#lastCommitMs = performance.now();
    this.#wait();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #wait(): void {
    if (this.#closed) return;
    this.#timer ??= setTimeout(() => void this.#look(), idleMs).unref();
  }

  /** Ends with the timer set again unless nothing waits. */
  async #look(): Promise<void> {
    try {
      while (!this.#closed) {
        const waiting = this.#numberWaiting();
        if (waiting === 0) break;
        const isIdle = performance.now() - this.#lastCommitMs >= idleMs;
        if (!isIdle && waiting < mostWaiting) break;
        const before = this.#lastCommitMs;
        await this.#commit(enter(isIdle ? sliceRows : largeSliceRows));
        // Its own commits are no reason to wait.
        if (isIdle) this.#lastCommitMs = before;
      }
    } catch {
      // A full disk, or a store that was closed meanwhile: the words wait on, and it is tried again.
    }
    this.#timer = null;
    if (!this.#closed && this.#numberWaiting() > 0) this.#wait();
  }

  /** They enter in the order of their rows, so the ends tell the number. */
  #numberWaiting(): number {
    const { first, last } = this.#waiting.get() ?? { first: null, last: null };
    return first === null || last === null ? 0 : last - first + 1;
  }
}

function enter(rows: number): UnitOfWork {
  const slice = 'from words_to_index order by rowId limit ?';
  return {
    statements: [
      {
        sql: `insert into certificate_search (rowid, text) select rowId, words ${slice}`,
        parameters: [rows],
      },
      {
        sql: `delete from words_to_index where rowId in (select rowId ${slice})`,
        parameters: [rows],
      },
    ],
    events: [],
  };
}

/** Case does not matter to the index, nor to those that wait for it. */
function folded(words: string): string {
  return words.toLowerCase();
}

function phraseOf(run: string): string {
  return `"${folded(run).replaceAll('"', '""')}"`;
}
