/** A certificate as lists and callers see it. */
import { z } from 'zod';
import { Id, Metadata, Slug, Timestamp } from './basics.ts';
import { KeyUsage, RevocationReason, Subject, SubjectAltName } from './names.ts';

export const certificateStatuses = ['valid', 'not-yet-valid', 'expired', 'revoked', 'held'] as const;
export const CertificateStatus = z.enum(certificateStatuses).meta({
  id: 'CertificateStatus',
  description: 'At the moment of the answer; held is a revocation that can be lifted (certificateHold).',
});
export type CertificateStatus = z.infer<typeof CertificateStatus>;

export const certificateOrigins = ['issued', 'imported'] as const;
export const CertificateOrigin = z.enum(certificateOrigins);
export type CertificateOrigin = z.infer<typeof CertificateOrigin>;

export const CertificateSummary = z
  .strictObject({
    id: Id,
    number: z.int().describe('The same thing for those who know it by a number'),
    orderId: Id,
    realm: Slug,
    commonName: z.string(),
    subject: z.string().describe('RFC 4514'),
    subjectAltNames: z.array(SubjectAltName),
    issuer: z.string().describe('RFC 4514'),
    authority: Slug.nullable(),
    profile: Slug.nullable(),
    serialNumber: z.string().describe('Hexadecimal, upper case'),
    keyAlgorithm: z.string(),
    notBefore: Timestamp,
    notAfter: Timestamp,
    status: CertificateStatus,
    revokedAt: Timestamp.nullable(),
    revocationReason: RevocationReason.nullable(),
    hasPrivateKey: z.boolean().describe('Whether the key is kept here, sealed'),
    importedFrom: z.string().nullable().describe('File that it came in with; null for what was issued here'),
    metadata: Metadata,
    requestedBy: z.string(),
    createdAt: Timestamp,
    archivedAt: Timestamp.nullable().describe('Since when lists leave it out'),
  })
  .meta({ id: 'CertificateSummary' });
export type CertificateSummary = z.infer<typeof CertificateSummary>;

export const CertificateExtension = z
  .strictObject({ oid: z.string(), name: z.string(), critical: z.boolean(), summary: z.string() })
  .meta({ id: 'CertificateExtension' });

/** One link of the chain as a picture: the certificate first, the root last. */
export const ChainLink = z
  .strictObject({
    subject: z.string(),
    commonName: z.string(),
    authority: Slug.nullable(),
    notAfter: Timestamp,
    status: CertificateStatus,
    keyAlgorithm: z.string(),
  })
  .meta({ id: 'ChainLink' });

export const CertificateDetail = CertificateSummary.extend({
  certificate: z.string().describe('PEM'),
  chain: z.array(z.string()).describe('PEM, the issuer first'),
  links: z.array(ChainLink),
  extensions: z.array(CertificateExtension),
  signatureAlgorithm: z.string(),
  sha256Fingerprint: z.string(),
  sha1Fingerprint: z.string(),
  invalidityDate: Timestamp.nullable(),
  revocationComment: z.string().nullable(),
  endEntityId: Id.nullable().describe('Null for the certificate of an authority'),
  authorityId: Id.nullable(),
  profileId: Id.nullable(),
  subjectAttributes: Subject.describe('What of the subject has a name of its own'),
  keyUsages: z.array(KeyUsage),
  extendedKeyUsages: z.array(z.string()).describe('By name or object identifier'),
  isCa: z.boolean(),
  pathLength: z.int().nullable().describe('Of an authority; null for any'),
  renewsId: Id.nullable().describe('The certificate that it is the renewal of'),
  renewedById: Id.nullable().describe('The certificate that renews it'),
}).meta({ id: 'CertificateDetail' });
export type CertificateDetail = z.infer<typeof CertificateDetail>;
