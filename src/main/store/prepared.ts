/**
 * Queries that run by the thousand: compiled by Kysely once and prepared by SQLite once, since compiling costs
 * several times what running one does. Everything else goes through Kysely each time, where it reads better.
 */
import type Database from 'better-sqlite3';
import type { Compilable } from 'kysely';

/** Finds at most one row; the parameters stand in the order of the query's. */
export type FindOne<Row> = (...parameters: readonly unknown[]) => Row | undefined;

/** Finds all rows, the parameters in the order of the query's. */
export type FindAll<Row> = (...parameters: readonly unknown[]) => Row[];

export class Prepared {
  readonly #sqlite: Database.Database;

  constructor(sqlite: Database.Database) {
    this.#sqlite = sqlite;
  }

  /** A query written with any values, to be asked with others. */
  findOne<Row>(query: Compilable<Row>): FindOne<Row> {
    let prepared: Database.Statement<unknown[], Row> | undefined;
    return (...parameters) => {
      prepared ??= this.#sqlite.prepare<unknown[], Row>(query.compile().sql);
      return prepared.get(...parameters);
    };
  }

  /** The same for all the rows. */
  findAll<Row>(query: Compilable<Row>): FindAll<Row> {
    let prepared: Database.Statement<unknown[], Row> | undefined;
    return (...parameters) => {
      prepared ??= this.#sqlite.prepare<unknown[], Row>(query.compile().sql);
      return prepared.all(...parameters);
    };
  }
}
