/**
 * The one writer. A unit of work is a value: statements with the row counts they expect, and audit events. The
 * committer runs the units that wait in one transaction and resolves their callers only after it has reached the
 * disk. There is no await between BEGIN and COMMIT. Transaction and flush take turns: units that come while the
 * disk takes its time could not be answered any earlier by a transaction of their own, so they share the next one.
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

interface Waiting {
  readonly unit: UnitOfWork;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
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
  /** Ends when no unit waits any more. */
  #working: Promise<void> | null = null;
  /** Of the last transaction; null once it is on the disk. */
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
      this.#working ??= this.#work();
    });
  }

  /** Resolves when all that readers can see by now is on the disk; throws STORAGE_FULL where that is not known. */
  async durable(): Promise<void> {
    await this.#flushing;
    if (this.#failure !== null) throw flushFailed(this.#failure);
  }

  /** Resolves when every unit has had its answer; throws what `durable` throws. */
  async settled(): Promise<void> {
    await this.#working;
    await this.durable();
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      // After the callbacks of this turn: whom the last flush resolved may answer first, and units of the same
      // moment come together.
      await nextTurn();
      const written = this.#write(this.#queue.splice(0, largestBatch));
      if (written.length === 0) continue;
      this.#flushing = this.#flush(written);
      this.#options.afterCommit?.();
      await this.#flushing;
      this.#flushing = null;
    }
    this.#working = null;
  }

  async #flush(written: readonly Waiting[]): Promise<void> {
    try {
      await this.#options.flush();
      for (const one of written) one.resolve();
    } catch (error) {
      this.#failure = error;
      for (const one of written) one.reject(flushFailed(error));
    }
  }

  /** Commits what can be committed, which is given back to be flushed; the others have had their answer. */
  #write(batch: readonly Waiting[]): readonly Waiting[] {
    if (this.#failure === null) {
      // Hardly ever does a unit fail, and a savepoint makes SQLite keep a copy of each page that the unit changes.
      const written = this.#transaction(batch, { savepoints: false }) ?? this.#transaction(batch);
      // The whole transaction was lost (a full disk does that): each unit gets its own try and its own answer.
      return written ?? batch.flatMap((one) => this.#transaction([one]) ?? []);
    }
    for (const one of batch) one.reject(flushFailed(this.#failure));
    return [];
  }

  /**
   * Runs the batch in one transaction and gives back what it committed; null where all of it was rolled back and
   * nobody was answered. With savepoints a unit that fails is undone by itself and rejected.
   */
  #transaction(batch: readonly Waiting[], { savepoints } = { savepoints: true }): readonly Waiting[] | null {
    const leafBefore = this.#nextLeaf;
    const failed = new Map<Waiting, unknown>();
    try {
      this.#begin.run();
      for (const one of batch) {
        if (!savepoints) {
          this.#apply(one.unit);
          continue;
        }
        const error = this.#applyWithSavepoint(one.unit);
        if (error !== undefined) failed.set(one, error);
      }
      this.#commit.run();
    } catch (error) {
      this.#nextLeaf = leafBefore;
      if (this.#sqlite.inTransaction) this.#sqlite.exec('rollback');
      if (!savepoints || batch.length > 1) return null;
      batch[0]?.reject(storageError(error));
      return [];
    }
    for (const [one, error] of failed) one.reject(storageError(error));
    return failed.size === 0 ? batch : batch.filter((one) => !failed.has(one));
  }

  /** Gives back the error of a unit that failed, and was undone; throws where the whole transaction was lost. */
  #applyWithSavepoint(unit: UnitOfWork): unknown {
    const leafBefore = this.#nextLeaf;
    let failure: unknown;
    this.#savepoint.run();
    try {
      this.#apply(unit);
    } catch (error) {
      if (!this.#sqlite.inTransaction) throw error;
      this.#nextLeaf = leafBefore;
      this.#sqlite.exec('rollback to unit');
      failure = error;
    }
    this.#release.run();
    return failure;
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

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function flushFailed(cause: unknown): ChanceryError {
  return new ChanceryError({
    code: 'STORAGE_FULL',
    detail: 'The disk of the data folder failed, so that nobody knows whether the last changes are on it.',
    hint: 'Check the disk, start Chancery again, and look whether the change is there.',
    cause,
  });
}
