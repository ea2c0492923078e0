/** Requests that wait for an approval or for an authority outside, and what people decided on them. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table requests (
    id text primary key, realmId text not null references realms, profileId text, kind text not null,
    status text not null, commonName text not null, asked text not null, askedHash text not null,
    policyVersion integer not null, approval text not null, requestedBy text not null, requestedByKind text not null,
    requestedById text, renewsId text, keyId text references keys, csr blob, certificateId text, error text,
    createdAt integer not null, expiresAt integer not null, decidedAt integer, collectedAt integer,
    revision integer not null) strict`,
  'create index requests_by_time on requests (realmId, createdAt)',
  `create index requests_open on requests (expiresAt) where status in ('pending_approval', 'approved')`,
  'create index requests_of_certificates on requests (renewsId) where renewsId is not null',
  `create table request_decisions (
    requestId text not null references requests, step integer not null, operatorId text not null,
    operatorName text not null, approve integer not null, reason text, askedHash text not null,
    decidedAt integer not null, primary key (requestId, operatorId)) strict`,
] as const;

export const requests: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
