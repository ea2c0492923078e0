/** Authorities: the CAs. */
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
  secret,
  Timestamp,
} from '../model/basics.ts';
import { CertificateStatus } from '../model/certificate.ts';
import { Subject } from '../model/names.ts';
import { authorityContentFields } from './authority-content.ts';
import { operation } from './operation.ts';

/** An authority by its slug or id. */
export const AuthorityRef = z.string().min(1).max(63).describe('Slug or id of an authority');

export const Crl = z
  .strictObject({
    number: z.int(),
    thisUpdate: Timestamp,
    nextUpdate: Timestamp,
    entries: z.int().describe('Revoked certificates in it'),
  })
  .meta({ id: 'Crl', description: 'The newest certificate revocation list, RFC 5280 section 5.' });

export const AuthorityCertificate = z
  .strictObject({
    id: Id,
    role: z.enum(['current', 'former', 'cross', 'link']),
    keyGeneration: z.int().describe('Which of its keys it is for, from 1'),
    issuer: z.string(),
    serialNumber: z.string(),
    notBefore: Timestamp,
    notAfter: Timestamp,
    status: CertificateStatus,
  })
  .meta({
    id: 'AuthorityCertificate',
    description:
      'One of the certificates of an authority: the one under which it issues, former ones, those that other authorities issued for it (cross), and those that link its keys.',
  });
export type AuthorityCertificate = z.infer<typeof AuthorityCertificate>;

const NamesByKind = z.record(z.string(), z.array(z.string()));

export const Authority = z
  .strictObject({
    id: Id,
    slug: Slug,
    name: z.string(),
    realm: Slug,
    kind: z.enum(['root', 'intermediate', 'external']),
    parent: Slug.nullable(),
    subject: z.string(),
    keyAlgorithm: KeyAlgorithm,
    signatureAlgorithm: SignatureAlgorithm.describe('How it signs certificates and CRLs'),
    serialNumber: z.string(),
    sha256Fingerprint: z.string(),
    notBefore: Timestamp,
    notAfter: Timestamp,
    status: z.enum(['active', 'expired', 'revoked', 'disabled']),
    publicationUrl: z.string().nullable(),
    crl: Crl.nullable(),
    certificateCount: z.int(),
    keyGeneration: z.int().describe('Which of its keys it issues with, from 1'),
    certificates: z.array(AuthorityCertificate).describe('All of its own, the newest first'),
    nameSpace: z
      .strictObject({
        permitted: NamesByKind,
        excluded: NamesByKind,
        pathLength: z.int().nullable(),
      })
      .describe('What may be issued below it by the constraints of its whole chain'),
    certificate: z.string().describe('PEM'),
    chain: z.array(z.string()).describe('PEM, its issuer first, up to the root'),
  })
  .meta({ id: 'Authority', description: 'A certification authority.' });
export type Authority = z.infer<typeof Authority>;

export const listAuthorities = operation({
  id: 'authorities.list',
  summary: 'List the authorities',
  method: 'GET',
  path: '/authorities',
  input: z.strictObject({ ...pageQuery, realm: RealmRef.optional() }),
  output: pageOf(Authority),
  errors: [],
  permission: 'authorities.read',
  risk: 'none',
});

export const getAuthority = operation({
  id: 'authorities.show',
  summary: 'Show an authority',
  method: 'GET',
  path: '/authorities/{id}',
  input: z.strictObject({ id: AuthorityRef }),
  output: Authority,
  errors: ['NOT_FOUND'],
  permission: 'authorities.read',
  risk: 'none',
});

export const createAuthority = operation({
  id: 'authorities.create',
  summary: 'Create an authority: a root, or one below another',
  method: 'POST',
  path: '/authorities',
  input: z.strictObject({
    slug: Slug,
    name: DisplayName.optional(),
    realm: RealmRef.optional(),
    parent: AuthorityRef.optional().describe('The authority that signs it; a root signs itself'),
    subject: Subject.optional().describe('Its name; the common name is its name where absent'),
    keyAlgorithm: KeyAlgorithm.default('ecdsa-p256'),
    signatureAlgorithm: SignatureAlgorithm.optional().describe(
      'How it signs, where its key leaves a choice, e.g. rsa-pss-sha256',
    ),
    publicationUrl: z
      .url()
      .max(500)
      .optional()
      .describe('Where its CRL and certificate are published; written into what it issues'),
    ...authorityContentFields,
  }),
  output: Authority,
  status: 201,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND', 'CONFLICT', 'LINT_FAILED'],
  permission: 'authorities.create',
  risk: 'change',
  audit: 'authority.created',
});

export const importAuthority = operation({
  id: 'authorities.import',
  summary: 'Import an existing authority with its key',
  description: 'From a PKCS#12 file, or from a PEM certificate (with its chain) and a PKCS#8 key.',
  method: 'POST',
  path: '/authorities/import',
  input: z.strictObject({
    slug: Slug,
    name: DisplayName.optional(),
    realm: RealmRef.optional(),
    certificate: z
      .string()
      .max(200_000)
      .meta(fromFile)
      .optional()
      .describe('PEM, its own first, then its chain'),
    privateKey: z
      .string()
      .max(100_000)
      .meta({ ...fromFile, writeOnly: true })
      .optional()
      .describe('PEM, PKCS#8 or traditional'),
    pkcs12: z.base64().max(400_000).meta(fromFile).optional().describe('A PKCS#12 file, base64'),
    passphrase: z
      .string()
      .max(1024)
      .meta(secret)
      .optional()
      .describe('Of the PKCS#12 file or the encrypted key'),
  }),
  output: Authority,
  status: 201,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND', 'INVALID_CERTIFICATE', 'WRONG_CREDENTIALS', 'UNSUPPORTED'],
  permission: 'authorities.create',
  risk: 'change',
  audit: 'authority.imported',
});

export const publishCrl = operation({
  id: 'authorities.publish-crl',
  summary: 'Issue a new CRL now',
  method: 'POST',
  path: '/authorities/{id}/crl',
  input: z.strictObject({ id: AuthorityRef }),
  output: Crl,
  status: 201,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'authorities.publish',
  risk: 'change',
  audit: 'crl.issued',
});

export const getCrl = operation({
  id: 'authorities.crl',
  summary: 'Fetch the newest CRL',
  method: 'GET',
  path: '/authorities/{id}/crl',
  input: z.strictObject({ id: AuthorityRef, format: z.enum(['pem', 'der']).default('der') }),
  output: FileContent,
  errors: ['NOT_FOUND'],
  permission: 'authorities.read',
  risk: 'none',
});

export const authorityOperations = [
  listAuthorities,
  getAuthority,
  createAuthority,
  importAuthority,
  publishCrl,
  getCrl,
] as const;
