/**
 * The one writer. A unit of work is a value: statements with the row counts they expect, and audit events. The
 * committer runs the units that wait in one transaction, a savepoint each, and resolves their callers only
 * after it has reached the disk. There is no await between BEGIN and COMMIT; while the disk takes its time, the
 * next transactions are made, and share the next flush.
 */
import type Database from 'better-sqlite3';
import { ChanceryError, type ErrorFields } from '../../shared/errors.ts';
import { storageError } from './storage-error.ts';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** How many rows a change must touch, or a guard must find; not checked where it is absent. */
  readonly rows?: number;
  /** What it means when the rows are others. */
  readonly otherwise?: ErrorFields;
  /** What it means when a unique index refuses. */
  readonly duplicate?: ErrorFields;
}

export interface UnitOfWork {
  readonly statements: readonly Statement[];
  /** Audit events, each exactly as it will be hashed. */
  readonly events: readonly string[];
}

interface Caller {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Waiting extends Caller {
  readonly unit: UnitOfWork;
}

export interface CommitterOptions {
  /** Resolves when all that was committed before the call is on the disk. */
  readonly flush: () => Promise<void>;
  /** Told of each transaction. */
  readonly afterCommit?: () => void;
}

/** How many units share one transaction at most: bounds the time without an answer to about 50 ms. */
const largestBatch = 500;

export class Committer {
  readonly #sqlite: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  #queue: Waiting[] = [];
  #scheduled = false;
  /** Committed, and not on the disk yet. */
  #unflushed: Caller[] = [];
  #flushing: Promise<void> | null = null;
  /** After a flush that failed nobody knows what the disk has, so nothing is written any more. */
  #failure: unknown = null;
  #nextLeaf: number;
  readonly #options: CommitterOptions;
  readonly #begin: Database.Statement;
  readonly #commit: Database.Statement;
  readonly #savepoint: Database.Statement;
  readonly #release: Database.Statement;

  constructor(sqlite: Database.Database, options: CommitterOptions) {
    this.#sqlite = sqlite;
    this.#options = options;
    this.#begin = sqlite.prepare('begin immediate');
    this.#commit = sqlite.prepare('commit');
    this.#savepoint = sqlite.prepare('savepoint unit');
    this.#release = sqlite.prepare('release unit');
    this.#nextLeaf = sqlite
      .prepare('select coalesce(max(leafIndex) + 1, 0) from audit_events')
      .pluck()
      .get() as number;
  }

  /** Resolves when the unit is durable. Errors: those that its statements name, STORAGE_FULL, INTERNAL. */
  commit(unit: UnitOfWork): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ unit, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      // After the callbacks of this turn, so that callers of the same moment share the flush.
      setImmediate(() => this.#run());
    });
  }

  /** Resolves when all that readers can see by now is on the disk; throws STORAGE_FULL where that is not known. */
  async durable(): Promise<void> {
    if (this.#failure !== null) throw flushFailed(this.#failure);
    if (this.#unflushed.length === 0 && !this.#flushing) return;
    await new Promise<void>((resolve, reject) => {
      this.#unflushed.push({ resolve, reject });
      this.#startFlush();
    });
  }

  #run(): void {
    this.#scheduled = false;
    if (this.#failure !== null) {
      for (const one of this.#queue.splice(0)) one.reject(flushFailed(this.#failure));
      return;
    }
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, largestBatch);
      if (!this.#tryTogether(batch)) {
        // The whole transaction was lost (a full disk does that): each unit gets its own try and its own answer.
        for (const one of batch) this.#tryAlone(one);
      }
    }
  }

  /** Runs the batch in one transaction. False when the transaction itself was lost: then nobody was answered. */
  #tryTogether(batch: readonly Waiting[]): boolean {
    const leafBefore = this.#nextLeaf;
    const failed = new Map<Waiting, unknown>();
    try {
      this.#begin.run();
      for (const one of batch) {
        const leafOfUnit = this.#nextLeaf;
        this.#savepoint.run();
        try {
          this.#apply(one.unit);
        } catch (error) {
          this.#nextLeaf = leafOfUnit;
          if (!this.#sqlite.inTransaction) throw error;
          this.#sqlite.exec('rollback to unit');
          failed.set(one, error);
        }
        this.#release.run();
      }
      this.#commit.run();
    } catch (error) {
      this.#nextLeaf = leafBefore;
      if (this.#sqlite.inTransaction) this.#sqlite.exec('rollback');
      if (batch.length > 1) return false;
      batch[0]?.reject(storageError(error));
      return true;
    }
    for (const one of batch) {
      if (failed.has(one)) one.reject(storageError(failed.get(one)));
      else this.#unflushed.push(one);
    }
    this.#startFlush();
    this.#options.afterCommit?.();
    return true;
  }

  #startFlush(): void {
    if (this.#unflushed.length > 0) this.#flushing ??= this.#flushAll();
  }

  /** Flush after flush, each for all that was committed before it began, until nobody waits. */
  async #flushAll(): Promise<void> {
    while (this.#unflushed.length > 0) {
      // Transactions that are made in this turn share the flush.
      await Promise.resolve();
      const callers = this.#unflushed;
      this.#unflushed = [];
      try {
        // A flush after one that failed may well succeed, and yet leave out what the failed one lost.
        if (this.#failure !== null) throw this.#failure;
        await this.#options.flush();
        for (const one of callers) one.resolve();
      } catch (error) {
        this.#failure = error;
        for (const one of callers) one.reject(flushFailed(error));
      }
    }
    this.#flushing = null;
  }

  #tryAlone(one: Waiting): void {
    this.#tryTogether([one]);
  }

  #apply(unit: UnitOfWork): void {
    for (const statement of unit.statements) this.#execute(statement);
    for (const event of unit.events) {
      this.#prepared('insert into audit_events (leafIndex, event) values (?, ?)').run(this.#nextLeaf, event);
      this.#nextLeaf += 1;
    }
  }

  #execute(statement: Statement): void {
    const prepared = this.#prepared(statement.sql);
    let rows: number;
    try {
      rows = prepared.reader
        ? prepared.all(...statement.parameters).length
        : prepared.run(...statement.parameters).changes;
    } catch (error) {
      const code = (error as { code?: string }).code;
      const unique = code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
      if (unique && statement.duplicate) throw new ChanceryError({ ...statement.duplicate, cause: error });
      throw error;
    }
    if (statement.rows !== undefined && rows !== statement.rows) {
      throw new ChanceryError(
        statement.otherwise ?? {
          code: 'CONFLICT',
          detail: 'The data has been changed by someone else meanwhile.',
          hint: 'Look at it again and repeat.',
        },
      );
    }
  }

  #prepared(sql: string): Database.Statement {
    let prepared = this.#statements.get(sql);
    if (!prepared) {
      prepared = this.#sqlite.prepare(sql);
      // Statements come from code and not from callers, so their number is small; lists of parameters vary a little.
      if (this.#statements.size >= 500) this.#statements.clear();
      this.#statements.set(sql, prepared);
    }
    return prepared;
  }
}

function flushFailed(cause: unknown): ChanceryError {
  return new ChanceryError({
    code: 'STORAGE_FULL',
    detail: 'The disk of the data folder failed, so that nobody knows whether the last changes are on it.',
    hint: 'Check the disk, start Chancery again, and look whether the change is there.',
    cause,
  });
}
