/** Certificates as they lie in the store, and as they come into it. */
import type { Selectable } from 'kysely';
import type { CertificateFacts, factColumnNames } from '../certificate-facts.ts';
import type { Schema } from '../schema.ts';

export type CertificateRow = Selectable<Schema['certificates']>;
export type NewCertificate = Omit<
  CertificateRow,
  | 'rowId'
  | 'revokedAt'
  | 'revocationReason'
  | 'invalidityDate'
  | 'revocationComment'
  | 'crlShard'
  | 'crlRevision'
  | 'keyHash'
  | 'importedFrom'
  | 'sha256'
  | 'renewsId'
  | 'renewedById'
  | 'archivedAt'
  | (typeof factColumnNames)[number]
> & {
  /** The certificate that it renews. */
  readonly renewsId?: string | null;
  /** SubjectPublicKeyInfo in DER. */
  readonly spki: Uint8Array;
  readonly der: Uint8Array;
  readonly sha256Fingerprint: string;
  /** Absent where nobody asks for it by them. */
  readonly facts?: CertificateFacts | undefined;
  /** The end entity by its name, where another unit of work may be making it at the same moment. */
  readonly endEntityName?: { readonly realmId: string; readonly commonName: string } | undefined;
};

/** A certificate from elsewhere. */
export type ImportedCertificate = Omit<
  NewCertificate,
  'endEntityId' | 'endEntityName' | 'spki' | 'renewsId'
> & {
  readonly importedFrom: string;
  readonly sha256: Uint8Array;
  /** PEM of the certificates above it, the issuer first, where it came with them. */
  readonly chain?: string;
};
