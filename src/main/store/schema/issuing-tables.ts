/** What may be issued, and what waits for it. */
import type { Bytes } from './bytes.ts';

export interface IssuingTables {
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
