/** Jobs that change something, as far as they must outlive their process: what was asked for, and how it ended. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type JobRow = Selectable<Schema['jobs']>;
export type NewJob = Omit<JobRow, 'sealed'> & { readonly sealed: Uint8Array };

/** Of the answers that a job's things are kept as, by the job's id. */
const answersOf = sql<boolean>`idempotency.principal = jobs.owner
  and idempotency.key > 'job ' || jobs.id and idempotency.key < 'job ' || jobs.id || '!'`;

export class JobRepository {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  insert(row: NewJob): Statement {
    return statement(this.#db.insertInto('jobs').values(row), { rows: 1 });
  }

  change(
    id: string,
    change: Partial<Pick<JobRow, 'state' | 'total' | 'failed' | 'error' | 'endedAt'>>,
  ): Statement {
    return statement(this.#db.updateTable('jobs').set(change).where('id', '=', id));
  }

  /** The owner's jobs with how many things each has done, the newest first; or the one of that id. */
  of(owner: string, id?: string): Promise<(JobRow & { readonly done: number })[]> {
    let rows = this.#db.selectFrom('jobs').selectAll().where('owner', '=', owner);
    if (id !== undefined) rows = rows.where('id', '=', id);
    return rows
      .select((eb) =>
        eb
          .selectFrom('idempotency')
          .select((inner) => inner.fn.countAll<number>().as('count'))
          .where(answersOf)
          .as('done'),
      )
      .orderBy('startedAt', 'desc')
      .orderBy('id', 'desc')
      .execute() as Promise<(JobRow & { readonly done: number })[]>;
  }

  /** Forgets those that ended before the one moment, and whatever began before the other (ms). */
  forget(endedBefore: number, begunBefore: number): Statement {
    return statement(
      this.#db
        .deleteFrom('jobs')
        .where((eb) => eb.or([eb('endedAt', '<', endedBefore), eb('startedAt', '<', begunBefore)])),
    );
  }
}
