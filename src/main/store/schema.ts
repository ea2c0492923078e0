/**
 * The tables as Kysely sees them. Columns carry the names of the model, so that no layer translates between
 * two spellings; times are integers in milliseconds since 1970 (UTC), lists and rules are JSON text.
 */
import type { ColumnType, Generated } from 'kysely';
import type { AlertKind, AlertSeverity, AlertSubjectKind, NoticeKind } from '../../shared/model/alert.ts';

/** Bytes: written from any byte array, read back as a Buffer. */
type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;

export interface Schema {
  meta: { key: string; value: string };
  settings: { key: string; value: string };
  vault_wrappings: { method: string; parameters: string; wrapped: Bytes };
  realms: {
    id: string;
    slug: string;
    name: string;
    builtIn: number;
    createdAt: number;
    /** Since when nothing is changed in it any more. */
    archivedAt: number | null;
    /** JSON, mail addresses. */
    contacts: Generated<string>;
    /** Slug of the role that API clients have in it unless they are given another. */
    defaultRole: Generated<string>;
  };
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
  keys: { id: string; algorithm: string; spki: Bytes; sealed: Bytes; createdAt: number };
  authorities: AuthorityTable;
  authority_certificates: {
    certificateId: string;
    authorityId: string;
    role: 'former' | 'cross' | 'link';
    createdAt: number;
  };
  authority_requests: { authorityId: string; der: Bytes };
  crls: CrlTable;
  /** Written once; a retired one is in no further CRL, and stays while the newest of a part has it. */
  crl_segments: {
    authorityId: string;
    number: number;
    entries: number;
    rowIds: string;
    der: Bytes;
    shard: number;
    isRetired: number;
  };
  /** Revocations that are in no segment; of which revision of the authority they are. */
  crl_pending: { authorityId: string; rowId: number; revision: number };
  policies: {
    id: string;
    realmId: string;
    slug: string;
    name: string;
    version: number;
    definition: string;
    createdAt: number;
  };
  /** Every version of a policy, the newest too. */
  policy_versions: {
    policyId: string;
    version: number;
    definition: string;
    changedBy: string;
    changedAt: number;
  };
  profiles: {
    id: string;
    realmId: string;
    slug: string;
    name: string;
    policyId: string;
    authorityId: string | null;
    enrolmentMethods: string;
    defaultValidity: string;
    defaultKeyAlgorithm: string;
    createdAt: number;
    /** Which rules are looked at before signing. */
    lint: 'rfc5280' | 'public-like';
    /** What becomes of a request whose key is in use elsewhere. */
    keysInUse: 'allow' | 'warn' | 'refuse';
    /** JSON, what differs from the settings that a profile has at first. */
    settings: string;
  };
  end_entities: {
    id: string;
    realmId: string;
    commonName: string;
    organization: string | null;
    domainNames: string;
    ipAddresses: string;
    createdAt: number;
    emailAddresses: string;
    /** JSON; null for none. */
    metadata: string | null;
    /** Since when it gets no new certificates. */
    archivedAt: number | null;
  };
  certificates: CertificateTable;
  renewals: RenewalTable;
  alerts: AlertTable;
  alert_destinations: DestinationTable;
  notices: NoticeTable;
  certificate_metadata: { name: string; value: string; rowId: number };
  /** Of what an authority outside has issued: the certificates above it, the issuer first. */
  certificate_chains: { rowId: number; pem: string };
  certificate_bytes: { rowId: number; der: Bytes };
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
  /** Assertions that were used, until they would have expired. */
  client_assertions: { clientId: string; jti: string; expiresAt: number };
  /** Keys that sign access tokens; a retired one is published until its last token has expired. */
  token_keys: { keyId: string; createdAt: number; retiredAt: number | null };
  client_realms: { clientId: string; realmId: string };
  pending_certificates: {
    id: string;
    realmId: string;
    state: 'pending' | 'accepted' | 'rejected';
    sha256: string;
    der: Bytes;
    attempts: number;
    source: string;
    firstSeenAt: number;
    lastSeenAt: number;
    decidedAt: number | null;
    decidedBy: string | null;
    reason: string | null;
  };
  requests: RequestTable;
  request_decisions: {
    requestId: string;
    step: number;
    /** `owner` for the owner of the machine. */
    operatorId: string;
    operatorName: string;
    approve: number;
    reason: string | null;
    /** Of what was asked for when it was decided on. */
    askedHash: string;
    decidedAt: number;
  };
  device_clients: {
    id: string;
    realmId: string;
    name: string;
    alias: string;
    sha256: string;
    der: Bytes;
    pendingId: string;
    createdAt: number;
  };
  idempotency: {
    principal: string;
    key: string;
    fingerprint: string;
    sealed: Bytes;
    createdAt: number;
  };
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
  jobs: JobTable;
  audit_events: { leafIndex: number; event: string };
  collections: {
    id: string;
    realmId: string;
    name: string;
    description: string;
    query: string;
    createdAt: number;
  };
  metadata_fields: { id: string; realmId: string; name: string; definition: string; createdAt: number };
  /** Short numbers of things that have none of their own. */
  numbers: { number: Generated<number>; id: string };
}

interface RequestTable {
  id: string;
  realmId: string;
  profileId: string | null;
  kind: 'issue' | 'renew' | 'external';
  status: 'pending_approval' | 'approved' | 'issued' | 'rejected' | 'cancelled' | 'failed' | 'expired';
  commonName: string;
  /** JSON with sorted names: all that decisions are bound to, by its SHA-256. */
  asked: string;
  askedHash: string;
  policyVersion: number;
  /** JSON: the steps, and whether who asked may decide. */
  approval: string;
  requestedBy: string;
  requestedByKind: string;
  /** Null for the owner of the machine. */
  requestedById: string | null;
  /** The certificate that it renews. */
  renewsId: string | null;
  /** A key that was generated for it here. */
  keyId: string | null;
  /** The PKCS#10 that goes out to an authority outside. */
  csr: Bytes | null;
  certificateId: string | null;
  error: string | null;
  createdAt: number;
  expiresAt: number;
  decidedAt: number | null;
  /** When who asked got the private key. */
  collectedAt: number | null;
  revision: number;
}

interface AuthorityTable {
  id: string;
  realmId: string;
  slug: string;
  name: string;
  kind: 'root' | 'intermediate' | 'external';
  parentId: string | null;
  keyId: string;
  /** Null where the key signs as it usually does. */
  signatureAlgorithm: string | null;
  certificateId: string | null;
  /** The CA certificates above it, PEM, the issuer first, where they are not authorities here. */
  externalChain: string;
  /** Awaiting: its key is here, its certificate is to come from another authority. */
  status: 'creating' | 'awaiting' | 'active' | 'disabled';
  publicationUrl: string | null;
  crlNumber: number;
  /** Counts revocations, so that a CRL can tell whether it has them all. */
  revision: number;
  createdAt: number;
  /** Counts the keys of one authority. */
  generation: Generated<number>;
  /** The authority with the next key; this one then only answers for what it has issued. */
  successorId: string | null;
  /** JSON, what differs from the settings that CRLs have at first. */
  crlSettings: string | null;
  /** JSON, how the last publication to the folder went. */
  crlPublication: string | null;
}

interface CrlTable {
  authorityId: string;
  /** Empty for the whole list, `delta`, or the number of a shard. */
  part: string;
  number: number;
  /** The authority's revision that this CRL holds all revocations of. */
  revision: number;
  thisUpdate: number;
  nextUpdate: number;
  entries: number;
  /** Of a delta: the complete CRL that it continues, the revision of that, and when another is due as base. */
  baseNumber: number | null;
  baseRevision: number | null;
  baseDueAt: number | null;
  /** Length of the whole: head, segments and tail. */
  bytes: number;
  /** JSON, the numbers of the segments between head and tail. */
  segments: string;
  head: Bytes;
  tail: Bytes;
}

interface CertificateTable {
  rowId: Generated<number>;
  id: string;
  orderId: string;
  realmId: string;
  endEntityId: string | null;
  authorityId: string | null;
  profileId: string | null;
  isAuthority: number;
  serialNumber: string;
  commonName: string;
  subject: string;
  subjectAltNames: string;
  issuer: string;
  keyAlgorithm: string;
  notBefore: number;
  notAfter: number;
  keyId: string | null;
  metadata: string | null;
  requestedBy: string;
  requestedById: string | null;
  revokedAt: number | null;
  revocationReason: string | null;
  invalidityDate: number | null;
  revocationComment: string | null;
  createdAt: number;
  /** Of its public key, see keyHash. */
  keyHash: number | null;
  /** Of a revoked one: the shard that its distribution point names; null or 0 for the whole list alone. */
  crlShard: number | null;
  /** Of a revoked one: the authority's revision since which its entry is as it is. */
  crlRevision: number | null;
  /** Name of the file that it came in with; null for what was issued here. */
  importedFrom: string | null;
  /** Of its bytes, where it was imported. */
  sha256: Bytes | null;
  /** The certificate that it is the renewal of, and the one that renews it. */
  renewsId: string | null;
  renewedById: string | null;
  /** SHA-1 of its bytes. */
  thumbprint: Bytes | null;
  organizationalUnit: string | null;
  signatureAlgorithm: string | null;
  /** Words, each between commas. */
  keyUsages: string | null;
  extendedKeyUsages: string | null;
  /** Since when lists leave it out. */
  archivedAt: number | null;
}

/** An order that is watched: what was set for it, and when it is looked at next. */
interface RenewalTable {
  orderId: string;
  realmId: string;
  /** The newest certificate when it was looked at last. */
  certificateId: string;
  /** What was set for the order; null for what the profile says. */
  autoRenew: number | null;
  renewBefore: string | null;
  /** When something has to happen: the renewal that Chancery makes, or else the end; null where nothing has. */
  dueAt: number | null;
  isAutomatic: number;
  /** Null where there is nothing to look at any more; 0 for at once. */
  nextAttemptAt: number | null;
  /** Renewals of this certificate that failed. */
  attempts: number;
  lastError: string | null;
  lastRenewedAt: number | null;
}

interface AlertTable {
  id: string;
  realmId: string;
  kind: AlertKind;
  severity: AlertSeverity;
  subjectKind: AlertSubjectKind;
  subjectId: string;
  /** What the alert is about, so that nobody is told twice. */
  dedupKey: string;
  message: string;
  /** JSON, what the message is made of. */
  detail: string;
  createdAt: number;
  resolvedAt: number | null;
  acknowledgedAt: number | null;
  acknowledgedBy: string | null;
}

interface DestinationTable {
  id: string;
  name: string;
  kind: 'webhook' | 'smtp';
  /** JSON, the kinds of notices that it is told of. */
  kinds: string;
  /** JSON, ids; null for all. */
  realms: string | null;
  enabled: number;
  /** JSON, where it is. */
  settings: string;
  /** The secret that signs, or the password; null for none. */
  sealed: Bytes | null;
  createdAt: number;
  /** Attempts in a row that failed. */
  failures: Generated<number>;
  /** What was given up since the last delivery. */
  lost: Generated<number>;
  lastError: string | null;
  nextAttemptAt: Generated<number>;
  lastDeliveredAt: number | null;
}

/** On its way to a destination; gone once it is there. */
interface NoticeTable {
  number: Generated<number>;
  destinationId: string;
  /** The same for each destination and attempt, so that a receiver knows what it has seen. */
  eventId: string;
  kind: NoticeKind;
  realmId: string | null;
  /** JSON: of an alert what it says, else the audit event. */
  facts: string;
  createdAt: number;
}

interface JobTable {
  id: string;
  /** Id of the operation that started it. */
  kind: string;
  /** As that of kept answers. */
  owner: string;
  startedBy: string;
  startedAt: number;
  /** Running stays where its process has ended without it. */
  state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  total: number;
  failed: number;
  error: string | null;
  endedAt: number | null;
  /** What was asked for. */
  sealed: Bytes;
}
