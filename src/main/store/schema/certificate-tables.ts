/** Certificates, who they are for, and what is kept about them. */
import type { Generated } from 'kysely';
import type { Bytes } from './bytes.ts';

export interface CertificateTables {
  certificates: CertificateTable;
  certificate_bytes: { rowId: number; der: Bytes };
  /** Of what an authority outside has issued: the certificates above it, the issuer first. */
  certificate_chains: { rowId: number; pem: string };
  certificate_metadata: { name: string; value: string; rowId: number };
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
  renewals: RenewalTable;
  collections: {
    id: string;
    realmId: string;
    name: string;
    description: string;
    query: string;
    createdAt: number;
  };
  metadata_fields: { id: string; realmId: string; name: string; definition: string; createdAt: number };
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
