import { z } from 'zod';
import { Id, Slug, Timestamp } from '../../../../shared/model/basics.ts';
import type { Output } from '../../../../shared/operations/index.ts';
import {
  certificateStatuses,
  certificateStatusOf,
  extendedKeyUsageWords,
  keyAlgorithmWords,
  keyUsageWords,
  revocationReasonCodes,
  signatureAlgorithmWords,
} from './enumerations.ts';
import { BasicConstraints, MetadataEntries } from './shapes.ts';

type Detail = Output<'certificates.show'>;

export const Fetched = z
  .strictObject({
    id: Id,
    projectId: Slug.describe('Slug of the realm'),
    profileId: Id.nullable(),
    profileName: Slug.nullable(),
    caId: Id.nullable(),
    caName: Slug.nullable(),
    caType: z.enum(['internal', 'external']).nullable(),
    status: z.enum(certificateStatuses),
    serialNumber: z.string(),
    commonName: z.string(),
    friendlyName: z.string(),
    altNames: z.string().describe('Separated by commas'),
    subject: z.strictObject({
      commonName: z.string().optional(),
      organization: z.string().optional(),
      organizationalUnit: z.string().optional(),
      country: z.string().optional(),
      state: z.string().optional(),
      locality: z.string().optional(),
      domainComponents: z.array(z.string()).optional(),
    }),
    notBefore: Timestamp,
    notAfter: Timestamp,
    revokedAt: Timestamp.nullable(),
    revocationReason: z.int().nullable().describe('CRLReason, RFC 5280 section 5.3.1'),
    keyUsages: z.array(z.string()),
    extendedKeyUsages: z.array(z.string()),
    keyAlgorithm: z.string(),
    signatureAlgorithm: z.string(),
    basicConstraints: BasicConstraints,
    fingerprints: z.strictObject({ sha256: z.string(), sha1: z.string() }),
    hasPrivateKey: z.boolean(),
    renewedFromCertificateId: Id.nullable(),
    renewedByCertificateId: Id.nullable(),
    metadata: MetadataEntries,
    createdAt: Timestamp,
  })
  .meta({ id: 'HanzoCertificate' });

/** A certificate that is there, in the words of Hanzo KMS. */
export function fetched(one: Detail): z.infer<typeof Fetched> {
  const { commonName, organization, organizationalUnit, country, state, locality } = one.subjectAttributes;
  const { domainComponent: domainComponents } = one.subjectAttributes;
  const { pathLength } = one;
  const external = one.importedFrom === null ? null : ('external' as const);
  return {
    id: one.id,
    projectId: one.realm,
    profileId: one.profileId,
    profileName: one.profile,
    caId: one.authorityId,
    caName: one.authority,
    caType: one.authorityId === null ? external : 'internal',
    status: certificateStatusOf[one.status],
    serialNumber: one.serialNumber,
    commonName: one.commonName,
    friendlyName: one.commonName,
    altNames: one.subjectAltNames.map(({ value }) => value).join(','),
    subject: {
      ...{ commonName, organization, organizationalUnit, country, state, locality, domainComponents },
    },
    notBefore: one.notBefore,
    notAfter: one.notAfter,
    revokedAt: one.revokedAt,
    revocationReason: one.revocationReason === null ? null : revocationReasonCodes[one.revocationReason],
    keyUsages: one.keyUsages.map((usage) => keyUsageWords.theirs(usage)),
    extendedKeyUsages: one.extendedKeyUsages.map((usage) => extendedKeyUsageWords.theirs(usage)),
    keyAlgorithm: keyAlgorithmWords.theirs(one.keyAlgorithm),
    signatureAlgorithm: signatureAlgorithmWords.theirs(one.signatureAlgorithm),
    basicConstraints: { isCA: one.isCa, ...(pathLength !== null && { pathLength }) },
    fingerprints: { sha256: one.sha256Fingerprint, sha1: one.sha1Fingerprint },
    hasPrivateKey: one.hasPrivateKey,
    renewedFromCertificateId: one.renewsId,
    renewedByCertificateId: one.renewedById,
    metadata: Object.entries(one.metadata).map(([key, value]) => ({ key, value })),
    createdAt: one.createdAt,
  };
}
