/** The first tables: vault, realms, authorities, certificates, clients, pending certificates, audit. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  'create table meta (key text primary key, value text not null) strict',
  'create table settings (key text primary key, value text not null) strict',
  `create table vault_wrappings (
    method text primary key, parameters text not null, wrapped blob not null) strict`,
  `create table realms (
    id text primary key, slug text not null unique, name text not null,
    builtIn integer not null default 0, createdAt integer not null) strict`,
  `create table operators (
    id text primary key, name text not null unique collate nocase, role text not null, realms text,
    passwordHash text not null, disabledAt integer, createdAt integer not null) strict`,
  `create table keys (
    id text primary key, algorithm text not null, spki blob not null, sealed blob not null,
    createdAt integer not null) strict`,
  `create table authorities (
    id text primary key, realmId text not null references realms, slug text not null unique, name text not null,
    kind text not null, parentId text references authorities, keyId text not null references keys,
    certificateId text, externalChain text not null default '', status text not null, publicationUrl text,
    crlNumber integer not null default 0, revision integer not null default 0, createdAt integer not null) strict`,
  `create table crls (
    authorityId text primary key references authorities, number integer not null, revision integer not null,
    thisUpdate integer not null, nextUpdate integer not null, entries integer not null, der blob not null) strict`,
  `create table policies (
    id text primary key, realmId text not null references realms, slug text not null, name text not null,
    version integer not null, definition text not null, createdAt integer not null,
    unique (realmId, slug)) strict`,
  `create table profiles (
    id text primary key, realmId text not null references realms, slug text not null, name text not null,
    policyId text not null references policies, authorityId text references authorities,
    enrolmentMethods text not null, defaultValidity text not null, defaultKeyAlgorithm text not null,
    createdAt integer not null, unique (realmId, slug)) strict`,
  `create table end_entities (
    id text primary key, realmId text not null references realms, commonName text not null, organization text,
    domainNames text not null, ipAddresses text not null, createdAt integer not null,
    unique (realmId, commonName)) strict`,
  `create table certificates (
    rowId integer primary key, id text not null unique, orderId text not null,
    realmId text not null references realms, endEntityId text references end_entities,
    authorityId text references authorities, profileId text references profiles, isAuthority integer not null,
    serialNumber text not null, commonName text not null collate nocase, subject text not null,
    subjectAltNames text not null, issuer text not null, keyAlgorithm text not null,
    notBefore integer not null, notAfter integer not null, keyId text references keys, metadata text,
    requestedBy text not null, requestedById text, revokedAt integer, revocationReason text,
    invalidityDate integer, revocationComment text, createdAt integer not null) strict`,
  // RFC 5280 section 4.1.2.2: a serial number is unique for its issuer, and the store is what holds it.
  'create unique index certificates_serial on certificates (authorityId, serialNumber)',
  'create index certificates_not_after on certificates (notAfter)',
  'create index certificates_common_name on certificates (commonName)',
  'create index certificates_revoked on certificates (authorityId, revokedAt) where revokedAt is not null',
  // Bytes lie apart, so that lists read short rows.
  'create table certificate_bytes (rowId integer primary key references certificates, der blob not null) strict',
  `create virtual table certificate_search using fts5 (text, content='', tokenize='trigram')`,
  `create table clients (
    id text primary key, clientId text not null unique, name text not null, secretHash blob not null,
    defaultProfileId text references profiles, enabled integer not null, tokensNotBefore integer not null,
    lastUsedAt integer, createdAt integer not null) strict`,
  `create table client_realms (
    clientId text not null references clients on delete cascade, realmId text not null references realms,
    primary key (clientId, realmId)) strict, without rowid`,
  `create table pending_certificates (
    id text primary key, realmId text not null references realms, state text not null, sha256 text not null,
    der blob not null, attempts integer not null, source text not null, firstSeenAt integer not null,
    lastSeenAt integer not null, decidedAt integer, decidedBy text, reason text, unique (realmId, sha256)) strict`,
  `create table device_clients (
    id text primary key, realmId text not null references realms, name text not null,
    alias text not null, sha256 text not null, der blob not null,
    pendingId text not null references pending_certificates, createdAt integer not null,
    unique (realmId, alias)) strict`,
  `create table idempotency (
    principal text not null, key text not null, fingerprint text not null, sealed blob not null,
    createdAt integer not null, primary key (principal, key)) strict`,
  'create index idempotency_age on idempotency (createdAt)',
  // A rowid table: the leaf's index in the log is its rowid, and `event` is exactly what is hashed.
  'create table audit_events (leafIndex integer primary key, event text not null) strict',
] as const;

export const spine: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
