/** Authorities over time and across borders: renewed, certified by and for others, with certificates from elsewhere. */
import { z } from 'zod';
import { KeyAlgorithm, SignatureAlgorithm } from '../model/algorithms.ts';
import {
  DisplayName,
  FileContent,
  fromFile,
  Id,
  pageOf,
  pageQuery,
  RealmRef,
  Slug,
  Timestamp,
} from '../model/basics.ts';
import { Subject } from '../model/names.ts';
import { Authority, AuthorityRef } from './authorities.ts';
import { authorityContentFields } from './authority-content.ts';
import { operation } from './operation.ts';

export const CertifiedAuthority = z
  .strictObject({
    id: Id,
    subject: z.string(),
    serialNumber: z.string(),
    notBefore: Timestamp,
    notAfter: Timestamp,
    certificate: z.string().describe('PEM'),
    chain: z.array(z.string()).describe('PEM, the issuer first'),
  })
  .meta({
    id: 'CertifiedAuthority',
    description: 'A CA certificate that was issued for a key not made with it.',
  });
export type CertifiedAuthority = z.infer<typeof CertifiedAuthority>;

export const AuthorityRequest = z
  .strictObject({
    id: Id,
    slug: Slug,
    name: z.string(),
    realm: Slug,
    subject: z.string(),
    keyAlgorithm: KeyAlgorithm,
    createdAt: Timestamp,
    csr: z.string().describe('PEM, for the authority that shall certify it'),
  })
  .meta({
    id: 'AuthorityRequest',
    description: 'An authority whose key is here and whose certificate is to come.',
  });
export type AuthorityRequest = z.infer<typeof AuthorityRequest>;

const certificateFile = z.string().max(200_000).meta(fromFile);

export const renewAuthority = operation({
  id: 'authorities.renew',
  summary: 'Renew an authority, with its key or a new one',
  description:
    'It keeps its name, its slug and its extensions. With its key, all that it has issued stands under the new certificate. With a new key, what it has issued keeps its chain, and the CRL and OCSP answers of the former key are served until its certificate ends; the CRL and certificate of the new key are published as SLUG.2.',
  method: 'POST',
  path: '/authorities/{id}/renew',
  input: z.strictObject({
    id: AuthorityRef,
    reuseKey: z.boolean().default(false).describe('Certify the key that it has, instead of making a new one'),
    keyAlgorithm: KeyAlgorithm.optional().describe('Of the new key; as before where it is absent'),
    signatureAlgorithm: SignatureAlgorithm.optional().describe('How the new key signs'),
    validity: authorityContentFields.validity.describe(
      "Duration, e.g. 'P10Y'; as long as before, or as the issuer allows, where it is absent",
    ),
    notAfter: authorityContentFields.notAfter,
  }),
  output: Authority,
  errors: ['NOT_FOUND', 'CONFLICT', 'LINT_FAILED'],
  permission: 'authorities.renew',
  risk: 'change',
  audit: 'authority.renewed',
});

export const crossCertify = operation({
  id: 'authorities.cross-certify',
  summary: 'Certify another authority, so that whoever trusts this one trusts that one',
  description: 'By its certificate, its certificate request, or its slug where it is one of ours.',
  method: 'POST',
  path: '/authorities/{id}/cross-certify',
  input: z.strictObject({
    id: AuthorityRef,
    certificate: certificateFile
      .optional()
      .describe('The certificate of the other authority, PEM or DER in base64'),
    csr: z.string().max(100_000).meta(fromFile).optional().describe('Its request, PKCS#10'),
    authority: AuthorityRef.optional(),
    ...authorityContentFields,
  }),
  output: CertifiedAuthority,
  status: 201,
  errors: ['NOT_FOUND', 'CONFLICT', 'INVALID_CERTIFICATE', 'INVALID_CSR', 'LINT_FAILED'],
  permission: 'authorities.create',
  risk: 'change',
  audit: 'authority.cross-certified',
});

export const issueIntermediate = operation({
  id: 'authorities.issue-intermediate',
  summary: "Issue the certificate of somebody else's authority from its request",
  description: 'The key stays with them. Without a path length, no authority may follow below it.',
  method: 'POST',
  path: '/authorities/{id}/intermediates',
  input: z.strictObject({
    id: AuthorityRef,
    csr: z.string().max(100_000).meta(fromFile).describe('PKCS#10, signed by the key of the new authority'),
    subject: Subject.optional().describe('Its name instead of that in the request'),
    ...authorityContentFields,
  }),
  output: CertifiedAuthority,
  status: 201,
  errors: ['NOT_FOUND', 'CONFLICT', 'INVALID_CSR', 'LINT_FAILED'],
  permission: 'authorities.create',
  risk: 'change',
  audit: 'authority.intermediate-issued',
});

export const linkCertificates = operation({
  id: 'authorities.link',
  summary: 'Link the former and the new key of a root (RFC 4210 section 4.4)',
  description:
    'Whoever trusts the former root certificate trusts the new one by newWithOld, and the other way around by oldWithNew. They are issued once, and again when they have ended.',
  method: 'POST',
  path: '/authorities/{id}/link',
  input: z.strictObject({ id: AuthorityRef }),
  output: z
    .strictObject({
      newWithOld: z.string().describe('The new key, certified by the former one; PEM'),
      oldWithNew: z.string().describe('The former key, certified by the new one; PEM'),
    })
    .meta({ id: 'LinkCertificates' }),
  errors: ['NOT_FOUND', 'CONFLICT', 'LINT_FAILED'],
  permission: 'authorities.renew',
  risk: 'change',
  audit: 'authority.linked',
});

export const requestAuthority = operation({
  id: 'authorities.request',
  summary: 'Make the key and the request of an authority that another one shall certify',
  description: 'It issues once its certificate is installed.',
  method: 'POST',
  path: '/authorities/requests',
  input: z.strictObject({
    slug: Slug,
    name: DisplayName.optional(),
    realm: RealmRef.optional(),
    subject: Subject.optional().describe('Its name; the common name is its name where absent'),
    keyAlgorithm: KeyAlgorithm.default('ecdsa-p256'),
    signatureAlgorithm: SignatureAlgorithm.optional().describe('How it signs, where its key leaves a choice'),
    pathLength: authorityContentFields.pathLength,
    publicationUrl: z
      .url()
      .max(500)
      .optional()
      .describe('Where its CRL and certificate are published; written into what it issues'),
  }),
  output: AuthorityRequest,
  status: 201,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND', 'CONFLICT'],
  permission: 'authorities.create',
  risk: 'change',
  audit: 'authority.requested',
});

export const listAuthorityRequests = operation({
  id: 'authorities.requests',
  summary: 'List the authorities that wait for their certificate',
  method: 'GET',
  path: '/authority-requests',
  input: z.strictObject({ ...pageQuery, realm: RealmRef.optional() }),
  output: pageOf(AuthorityRequest),
  errors: [],
  permission: 'authorities.read',
  risk: 'none',
});

export const withdrawAuthorityRequest = operation({
  id: 'authorities.withdraw',
  summary: 'Give up an authority that waits for its certificate, and delete its key',
  method: 'DELETE',
  path: '/authority-requests/{id}',
  input: z.strictObject({ id: AuthorityRef }),
  output: z.strictObject({}),
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'authorities.create',
  risk: 'destructive',
  audit: 'authority.withdrawn',
});

export const authorityCsr = operation({
  id: 'authorities.csr',
  summary: 'Export the certificate request of an authority',
  description: 'Of one that waits for its certificate, or to have the key of another certified once more.',
  method: 'GET',
  path: '/authorities/{id}/csr',
  input: z.strictObject({ id: AuthorityRef, format: z.enum(['pem', 'der']).default('pem') }),
  output: FileContent,
  errors: ['NOT_FOUND'],
  permission: 'authorities.renew',
  risk: 'none',
});

export const installAuthorityCertificate = operation({
  id: 'authorities.install',
  summary: 'Install the certificate that another authority issued for one of ours',
  description: 'It is found by its key. The certificates above it may stand behind it.',
  method: 'POST',
  path: '/authorities/{id}/certificate',
  input: z.strictObject({
    id: AuthorityRef,
    certificate: certificateFile.describe('PEM with its chain, DER in base64, or PKCS#7'),
  }),
  output: Authority,
  errors: ['NOT_FOUND', 'CONFLICT', 'INVALID_CERTIFICATE', 'LINT_FAILED'],
  permission: 'authorities.renew',
  risk: 'change',
  audit: 'authority.certificate-installed',
});

export const authorityLifecycleOperations = [
  renewAuthority,
  crossCertify,
  issueIntermediate,
  linkCertificates,
  requestAuthority,
  listAuthorityRequests,
  withdrawAuthorityRequest,
  authorityCsr,
  installAuthorityCertificate,
] as const;
