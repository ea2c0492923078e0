/** What API clients show of themselves (secrets, certificates), the tokens that live, and the keys that sign them. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  'alter table clients add column role text',
  'alter table clients add column passwordGrant integer not null default 0',
  `create table client_secrets (
    id text primary key, clientId text not null references clients on delete cascade, hash blob not null,
    createdAt integer not null, expiresAt integer, lastUsedAt integer) strict`,
  'create index client_secrets_client on client_secrets (clientId)',
  `insert into client_secrets (id, clientId, hash, createdAt, expiresAt, lastUsedAt)
    select id, id, secretHash, createdAt, null, lastUsedAt from clients`,
  'alter table clients drop column secretHash',
  // A token is live as long as its row is there, so that the moment of the last reset is not needed any more.
  'alter table clients drop column tokensNotBefore',
  `create table client_certificates (
    clientId text not null references clients on delete cascade,
    certificateId text not null references certificates (id), method text not null, createdAt integer not null,
    primary key (clientId, certificateId, method)) strict, without rowid`,
  `create table tokens (
    id text primary key, kind text not null, familyId text not null,
    clientId text not null references clients on delete cascade,
    operatorId text references operators on delete cascade, realmId text not null references realms,
    issuedAt integer not null, expiresAt integer not null, hash blob unique, spentAt integer) strict`,
  'create index tokens_client on tokens (clientId)',
  'create index tokens_family on tokens (familyId)',
  'create index tokens_end on tokens (expiresAt)',
  `create table client_assertions (
    clientId text not null references clients on delete cascade, jti text not null, expiresAt integer not null,
    primary key (clientId, jti)) strict, without rowid`,
  `create table token_keys (
    keyId text primary key references keys, createdAt integer not null, retiredAt integer) strict`,
  `insert into token_keys (keyId, createdAt, retiredAt)
    select keys.id, keys.createdAt, null from meta join keys on keys.id = meta.value
    where meta.key = 'tokens.signingKey'`,
  "delete from meta where key = 'tokens.signingKey'",
] as const;

export const clientCredentials: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
