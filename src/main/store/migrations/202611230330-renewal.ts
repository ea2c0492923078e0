/** What renews what, when each order is looked at next, and what people are told of. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  'alter table certificates add column renewsId text',
  'alter table certificates add column renewedById text',
  // Until now an order alone said what belongs together: each certificate renews the one before it.
  `with line as (
      select id, lag(id) over steps as before, lead(id) over steps as after from certificates
      where isAuthority = 0 and orderId in (select orderId from certificates where id <> orderId)
      window steps as (partition by orderId order by rowId))
    update certificates set renewsId = line.before, renewedById = line.after from line
    where line.id = certificates.id`,
  `create table renewals (
    orderId text primary key, realmId text not null references realms, certificateId text not null,
    autoRenew integer, renewBefore text, dueAt integer, isAutomatic integer not null default 0,
    nextAttemptAt integer, attempts integer not null default 0, lastError text, lastRenewedAt integer) strict`,
  'create index renewals_next on renewals (nextAttemptAt) where nextAttemptAt is not null',
  'create index renewals_due on renewals (dueAt) where dueAt is not null',
  // Of what ended before anyone watched nobody is told.
  `insert into renewals (orderId, realmId, certificateId, nextAttemptAt)
    select orderId, realmId, id, 0 from certificates where isAuthority = 0 and renewedById is null
    and (profileId is not null or importedFrom is not null) and notAfter > unixepoch() * 1000`,
  `insert into meta (key, value) select 'renewals.watched', coalesce(max(rowId), 0) from certificates`,
  `create table alerts (
    id text primary key, realmId text not null references realms, kind text not null, severity text not null,
    subjectKind text not null, subjectId text not null, dedupKey text not null unique, message text not null,
    detail text not null, createdAt integer not null, resolvedAt integer, acknowledgedAt integer,
    acknowledgedBy text) strict`,
  'create index alerts_open on alerts (subjectKind, subjectId) where resolvedAt is null',
  'create index alerts_newest on alerts (createdAt)',
] as const;

export const renewal: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
