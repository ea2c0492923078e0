/** Certificates: issue, find, fetch, revoke. */
import { z } from 'zod';
import { KeyAlgorithm } from '../model/algorithms.ts';
import {
  defaultedByUrl,
  FileContent,
  fromFile,
  Id,
  Metadata,
  pageOf,
  pageQuery,
  RealmRef,
  secret,
  Timestamp,
} from '../model/basics.ts';
import { CertificateDetail, CertificateSummary } from '../model/certificate.ts';
import { CustomExtension, ExtendedKeyUsageOrOid } from '../model/extensions.ts';
import { KeyUsage, RevocationReason, SubjectAltName, SubjectFields } from '../model/names.ts';
import { RequestedBasicConstraints } from '../model/profile.ts';
import { archiveCertificate, restoreCertificate } from './certificate-archive.ts';
import { certificateFilters, certificateSort } from './certificate-filters.ts';
import { setCertificateMetadata } from './certificate-metadata.ts';
import { bulkOperations } from './certificates-bulk.ts';
import { importCertificates } from './certificates-import.ts';
import { LintFinding, ViewSection } from './inspect.ts';
import { IssuedCertificate, RequestAccepted } from './issued-certificate.ts';
import { operation } from './operation.ts';

const IssueInput = z.strictObject({
  profile: z
    .string()
    .min(1)
    .max(63)
    .optional()
    .meta({
      ...defaultedByUrl,
      description: "Slug or id of a profile; the client's default profile where absent",
    }),
  realm: RealmRef.optional(),
  csr: z.string().max(100_000).meta(fromFile).optional().describe('PKCS#10 as PEM, RFC 2986'),
  subject: SubjectFields.nullish(),
  subjectAltNames: z.array(SubjectAltName).max(100).nullish(),
  keyAlgorithm: KeyAlgorithm.nullish().describe('Of the key generated here'),
  keyUsages: z.array(KeyUsage).max(9).nullish(),
  extendedKeyUsages: z.array(ExtendedKeyUsageOrOid).max(100).nullish(),
  basicConstraints: RequestedBasicConstraints.nullish(),
  extensions: z.array(CustomExtension).max(20).optional().describe('Where the policy permits them'),
  validity: z
    .string()
    .max(64)
    .nullish()
    .describe(
      "'P90D' or '90d'; m means calendar months. Or its end, or start/end: moments such as 2027-01-01T00:00:00Z. null is the longest that the policy permits",
    ),
  endEntityId: Id.optional(),
  metadata: Metadata.optional(),
});

export const issueCertificate = operation({
  id: 'certificates.issue',
  summary: 'Issue a certificate',
  description:
    'From a certificate request (its signature proves possession of the key), or with a key generated here. What is given beside a request replaces what the request asks for; what is absent in both is the default of the profile, and null is none.',
  method: 'POST',
  path: '/certificates',
  input: IssueInput,
  output: IssuedCertificate,
  status: 201,
  accepted: RequestAccepted,
  errors: ['INVALID_CSR', 'POLICY_VIOLATION', 'LINT_FAILED', 'NOT_FOUND', 'CONFLICT'],
  permission: 'certificates.issue',
  risk: 'change',
  audit: 'certificate.issued',
});

export const CertificatePreview = z
  .strictObject({
    ok: z.boolean().describe('Whether it would be issued'),
    violations: z
      .array(
        z.strictObject({
          path: z.array(z.union([z.string(), z.int()])),
          rule: z.string(),
          message: z.string(),
        }),
      )
      .describe('All that the policy says against it'),
    findings: z.array(LintFinding).describe('Rules that it would break; an error keeps it from being signed'),
    sections: z.array(ViewSection).describe('The certificate as far as it is known before it is signed'),
    text: z.string(),
  })
  .meta({ id: 'CertificatePreview' });
export type CertificatePreview = z.infer<typeof CertificatePreview>;

export const previewCertificate = operation({
  id: 'certificates.preview',
  summary: 'Show what would be issued, and what policy and rules say to it',
  description: 'Takes what issuing takes, and signs nothing.',
  method: 'POST',
  path: '/certificates/preview',
  input: IssueInput,
  output: CertificatePreview,
  errors: ['INVALID_CSR', 'NOT_FOUND', 'CONFLICT'],
  permission: 'certificates.issue',
  risk: 'none',
  isVerdict: true,
});

export const listCertificates = operation({
  id: 'certificates.list',
  summary: 'List and search certificates',
  method: 'GET',
  path: '/certificates',
  input: z.strictObject({
    ...pageQuery,
    ...certificateFilters,
    sort: certificateSort,
    offset: z
      .int()
      .min(0)
      .max(10_000_000)
      .optional()
      .describe('Leaves out so many, for those who count; a cursor costs less'),
    countAll: z.boolean().optional().describe('Counts all of them, however many'),
  }),
  output: pageOf(CertificateSummary),
  errors: [],
  permission: 'certificates.read',
  risk: 'none',
});

export const getCertificate = operation({
  id: 'certificates.show',
  summary: 'Show a certificate',
  method: 'GET',
  path: '/certificates/{id}',
  input: z.strictObject({ id: Id }),
  output: CertificateDetail,
  errors: ['NOT_FOUND'],
  permission: 'certificates.read',
  risk: 'none',
});

export const revokeCertificate = operation({
  id: 'certificates.revoke',
  summary: 'Revoke a certificate',
  description:
    'When this answers, the CRL that is served holds it already. A certificate on hold can be revoked for another reason.',
  method: 'POST',
  path: '/certificates/{id}/revoke',
  input: z.strictObject({
    id: Id,
    reason: RevocationReason.default('unspecified'),
    comment: z.string().max(1000).optional(),
    invalidityDate: Timestamp.optional().describe(
      'When the key is thought to have been lost, RFC 5280 section 5.3.2',
    ),
  }),
  output: CertificateSummary,
  errors: ['NOT_FOUND', 'ALREADY_REVOKED', 'CONFLICT'],
  permission: 'certificates.revoke',
  risk: 'destructive',
  audit: 'certificate.revoked',
});

export const releaseCertificate = operation({
  id: 'certificates.release',
  summary: 'Lift the hold on a certificate',
  description:
    'When this answers, the CRL that is served does not hold it any more, and a delta CRL says so.',
  method: 'POST',
  path: '/certificates/{id}/release',
  input: z.strictObject({ id: Id, comment: z.string().max(1000).optional() }),
  output: CertificateSummary,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'certificates.revoke',
  risk: 'change',
  audit: 'certificate.released',
});

export const exportFormats = ['pem', 'pem-chain', 'der', 'pkcs7', 'pkcs12'] as const;

export const exportCertificate = operation({
  id: 'certificates.export',
  summary: 'Download a certificate as a file',
  method: 'POST',
  path: '/certificates/{id}/export',
  input: z.strictObject({
    id: Id,
    format: z.enum(exportFormats).default('pem'),
    passphrase: z.string().min(1).max(1024).meta(secret).optional().describe('Of the PKCS#12 file'),
  }),
  output: FileContent,
  errors: ['NOT_FOUND'],
  permission: 'certificates.read',
  risk: 'none',
});

export const exportPrivateKey = operation({
  id: 'certificates.private-key',
  summary: 'Recover the private key of a certificate, with a reason that is kept',
  description:
    'As a PKCS#12 file under the passphrase given, or bare as PEM (PKCS#8). Only for keys that were generated here.',
  method: 'POST',
  path: '/certificates/{id}/private-key',
  input: z.strictObject({
    id: Id,
    format: z.enum(['pkcs12', 'pem']).default('pkcs12'),
    passphrase: z.string().min(8).max(1024).meta(secret).optional().describe('Of the PKCS#12 file'),
    friendlyName: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .describe('In the PKCS#12 file; the common name where absent'),
    reason: z.string().min(3).max(500),
  }),
  output: FileContent,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'certificates.private-key',
  risk: 'change',
  audit: 'certificate.private-key-recovered',
});

export const renewCertificate = operation({
  id: 'certificates.renew',
  summary: 'Renew a certificate with a new key or a new request',
  description:
    'The same names under the same profile; the old one stays valid, and both belong to one order.',
  method: 'POST',
  path: '/certificates/{id}/renew',
  input: z.strictObject({
    id: Id,
    csr: z
      .string()
      .max(100_000)
      .meta(fromFile)
      .optional()
      .describe('PKCS#10 as PEM; a key is generated here where absent'),
    reuseKey: z
      .boolean()
      .optional()
      .describe('for the same key once more, instead of a new one or a request'),
    validity: z.string().max(20).optional(),
  }),
  output: IssuedCertificate,
  status: 201,
  accepted: RequestAccepted,
  errors: ['NOT_FOUND', 'INVALID_CSR', 'POLICY_VIOLATION', 'LINT_FAILED', 'CONFLICT'],
  permission: 'certificates.renew',
  risk: 'change',
  audit: 'certificate.renewed',
});

export const certificateOperations = [
  issueCertificate,
  previewCertificate,
  listCertificates,
  getCertificate,
  revokeCertificate,
  releaseCertificate,
  exportCertificate,
  exportPrivateKey,
  renewCertificate,
  importCertificates,
  setCertificateMetadata,
  archiveCertificate,
  restoreCertificate,
  ...bulkOperations,
] as const;
