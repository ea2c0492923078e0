/** Roles of one's own, several grants for an operator, realms that can be archived. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table roles (
    id text primary key, slug text not null unique, name text not null, permissions text not null,
    ownOnly text not null, createdAt integer not null) strict`,
  `create table operator_grants (
    operatorId text not null references operators on delete cascade, role text not null,
    realmId text references realms) strict`,
  // Null means all realms, and is one value here.
  `create unique index operator_grants_once on operator_grants (operatorId, role, coalesce(realmId, ''))`,
  `insert into operator_grants (operatorId, role, realmId)
    select id, role, null from operators where realms is null`,
  `insert into operator_grants (operatorId, role, realmId)
    select distinct operators.id, operators.role, json_each.value
    from operators, json_each(operators.realms) where operators.realms is not null`,
  'alter table operators drop column role',
  'alter table operators drop column realms',
  'alter table realms add column archivedAt integer',
  `alter table realms add column contacts text not null default '[]'`,
  `alter table realms add column defaultRole text not null default 'api-client'`,
] as const;

export const roles: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
