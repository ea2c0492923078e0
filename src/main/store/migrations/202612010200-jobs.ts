/** Jobs that change something: so that one which ended with the process is known, and can go on. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table jobs (
    id text primary key, kind text not null, owner text not null, startedBy text not null, startedAt integer not null,
    state text not null, total integer not null, failed integer not null, error text, endedAt integer,
    sealed blob not null) strict`,
  'create index jobs_of on jobs (owner, startedAt)',
] as const;

export const jobs: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
