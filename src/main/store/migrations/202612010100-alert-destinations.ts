/** Where alerts go outside of Chancery, and what is on its way there. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table alert_destinations (
    id text primary key, name text not null, kind text not null, kinds text not null,
    realms text, enabled integer not null, settings text not null, sealed blob, createdAt integer not null,
    failures integer not null default 0, lost integer not null default 0, lastError text,
    nextAttemptAt integer not null default 0, lastDeliveredAt integer) strict`,
  // Numbers are never used again, so that what a destination is told keeps its order.
  `create table notices (
    number integer primary key autoincrement, destinationId text not null references alert_destinations
    on delete cascade, eventId text not null, kind text not null, realmId text, facts text not null,
    createdAt integer not null) strict`,
  'create index notices_waiting on notices (destinationId, number)',
  `insert into meta (key, value) select 'alerts.followed', coalesce(max(leafIndex), -1) from audit_events`,
] as const;

export const alertDestinations: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
