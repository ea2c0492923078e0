/** Every version that a policy has had, and what a profile adds to its policy. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const policyVersions: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    const statements = [
      `create table policy_versions (
        policyId text not null references policies (id) on delete cascade,
        version integer not null,
        definition text not null,
        changedBy text not null,
        changedAt integer not null,
        primary key (policyId, version)
      ) strict, without rowid`,
      `insert into policy_versions (policyId, version, definition, changedBy, changedAt)
        select id, version, definition, '', createdAt from policies`,
      `alter table profiles add column settings text not null default '{}'`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
