/** Who may act: people, API clients, their tokens, and who vouches for them from outside. */
import type { Bytes } from './bytes.ts';

export interface AccessTables {
  /** Roles of the installation's own; permissions and ownOnly are JSON. */
  roles: {
    id: string;
    slug: string;
    name: string;
    permissions: string;
    ownOnly: string;
    createdAt: number;
  };
  operators: {
    id: string;
    name: string;
    passwordHash: string;
    disabledAt: number | null;
    createdAt: number;
  };
  /** Which role an operator holds in which realm; null for all of them. */
  operator_grants: { operatorId: string; role: string; realmId: string | null };
  clients: {
    id: string;
    clientId: string;
    name: string;
    defaultProfileId: string | null;
    enabled: number;
    lastUsedAt: number | null;
    createdAt: number;
    /** Slug of its role; null for the one that each realm gives by default. */
    role: string | null;
    /** Whether operators may sign in through it by name and password (RFC 6749 section 4.3). */
    passwordGrant: number;
  };
  client_realms: { clientId: string; realmId: string };
  client_secrets: {
    id: string;
    clientId: string;
    hash: Bytes;
    createdAt: number;
    /** Null for never. */
    expiresAt: number | null;
    lastUsedAt: number | null;
  };
  /** Certificates of ours that a client authenticates with. */
  client_certificates: {
    clientId: string;
    certificateId: string;
    method: 'private_key_jwt' | 'tls_client_auth';
    createdAt: number;
  };
  /** Assertions that were used, until they would have expired. */
  client_assertions: { clientId: string; jti: string; expiresAt: number };
  /** Tokens that live: one whose row is gone is void. */
  tokens: {
    id: string;
    kind: 'access' | 'refresh';
    /** Of a refresh token and all that came from it. */
    familyId: string;
    clientId: string;
    /** For whom, where a person signed in. */
    operatorId: string | null;
    realmId: string;
    issuedAt: number;
    expiresAt: number;
    /** Of a refresh token, which is no more than random bytes. */
    hash: Bytes | null;
    /** When a refresh token was used; using it again betrays a theft. */
    spentAt: number | null;
  };
  /** Keys that sign access tokens; a retired one is published until its last token has expired. */
  token_keys: { keyId: string; createdAt: number; retiredAt: number | null };
  identity_providers: {
    id: string;
    slug: string;
    name: string;
    enabled: number;
    /** JSON. */
    settings: string;
    /** The secret of the client or of who searches the directory. */
    sealed: Bytes | null;
    /** JSON; realms by their ids. */
    rules: string;
    createdAt: number;
  };
  federated_operators: { providerId: string; subject: string; operatorId: string; createdAt: number };
  keycloak_connection: {
    key: string;
    url: string;
    realm: string;
    clientId: string;
    sealed: Bytes;
    ca: string | null;
    syncEveryMinutes: number;
    syncedAt: number | null;
    /** Why the last try failed. */
    error: string | null;
    createdAt: number;
  };
  /** API clients that are in Keycloak, too; without a uuid while they are being made there. */
  keycloak_clients: {
    clientId: string;
    uuid: string | null;
    /** Subject of the client's own tokens. */
    serviceAccountId: string | null;
    /** Tokens issued before this second are void. */
    tokensNotBefore: number;
    vanishedAt: number | null;
    createdAt: number;
  };
  keycloak_outbox: {
    id: string;
    kind: string;
    clientId: string;
    uuid: string | null;
    /** The id that the client shows. */
    publicId: string;
    attempts: number;
    nextAt: number;
    error: string | null;
    createdAt: number;
  };
}
