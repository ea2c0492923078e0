/** Requests: what waits for an approval, or for an authority outside. */
import { z } from 'zod';
import { KeyAlgorithm } from '../model/algorithms.ts';
import {
  FileContent,
  fromFile,
  Id,
  Metadata,
  pageOf,
  pageQuery,
  RealmRef,
  Timestamp,
} from '../model/basics.ts';
import { ExtendedKeyUsageOrOid } from '../model/extensions.ts';
import { KeyUsage, SubjectAltName, SubjectFields } from '../model/names.ts';
import {
  AskedFields,
  AskedHash,
  RequestDecision,
  RequestKind,
  RequestStatus,
  RequestStep,
  RequestSummary,
} from '../model/request.ts';
import { IssuedCertificate, RequestAccepted } from './issued-certificate.ts';
import { operation } from './operation.ts';

export const RequestDetail = RequestSummary.extend({
  asked: AskedFields,
  askedHash: AskedHash,
  csr: z.string().nullable().describe('PEM, where the request came with one or goes out as one'),
  steps: z.array(RequestStep),
  selfApproval: z.boolean().describe('Whether who asked may also decide'),
  decisions: z.array(RequestDecision),
  mayNotDecide: z.string().nullable().describe('Why the caller cannot decide on it now; null where it can'),
  mayNotDecideCode: z
    .enum(['ended', 'permission', 'settled', 'requester', 'twice', 'others'])
    .nullable()
    .describe('The same for programs'),
  policy: z
    .strictObject({
      name: z.string(),
      versionWhenAsked: z.int(),
      version: z.int(),
      violations: z
        .array(
          z.strictObject({
            path: z.array(z.union([z.string(), z.int()])),
            rule: z.string(),
            message: z.string(),
          }),
        )
        .describe('All that the policy, as it is now, says against it'),
    })
    .nullable()
    .describe('What the policy says to it now; null where the profile is gone'),
  previous: z
    .strictObject({
      certificateId: Id,
      serialNumber: z.string(),
      notAfter: Timestamp,
      differences: z.array(
        z.strictObject({ field: z.string(), before: z.array(z.string()), after: z.array(z.string()) }),
      ),
    })
    .nullable()
    .describe('What a renewal changes from the certificate before it'),
  certificate: z.string().nullable().describe('PEM, once it is issued'),
  chain: z.array(z.string()).describe('PEM, the issuer first'),
  privateKey: z
    .enum(['none', 'waiting', 'collected'])
    .describe('Whether a key was generated here, and whether who asked has collected it'),
  retryAfterSeconds: z.int().nullable().describe('When to ask again, while it waits'),
}).meta({ id: 'RequestDetail' });
export type RequestDetail = z.infer<typeof RequestDetail>;

const Reason = z.string().trim().min(1).max(1000);

export const listRequests = operation({
  id: 'requests.list',
  summary: 'List the requests',
  description: 'The newest first. An API client sees its own.',
  method: 'GET',
  path: '/requests',
  input: z.strictObject({
    ...pageQuery,
    realm: RealmRef.optional(),
    status: RequestStatus.optional(),
    kind: RequestKind.optional(),
    mine: z.boolean().optional().describe('Only those that the caller made'),
    awaitsMe: z.boolean().optional().describe('Only those that the caller may decide on now'),
  }),
  output: pageOf(RequestSummary),
  errors: [],
  permission: 'requests.read',
  risk: 'none',
});

export const showRequest = operation({
  id: 'requests.show',
  summary: 'Show a request, and ask whether its certificate is there',
  description: 'To poll, send If-None-Match with the ETag and wait as long as Retry-After says.',
  method: 'GET',
  path: '/requests/{id}',
  input: z.strictObject({ id: Id }),
  output: RequestDetail,
  errors: ['NOT_FOUND'],
  permission: 'requests.read',
  risk: 'none',
});

export const createRequest = operation({
  id: 'requests.create',
  summary: 'Ask an authority outside for a certificate',
  description:
    'The key is made here, or elsewhere where a CSR is given; the request goes out as a file (requests csr), and the certificate comes back in (requests complete).',
  method: 'POST',
  path: '/requests',
  input: z.strictObject({
    profile: z
      .string()
      .min(1)
      .max(63)
      .optional()
      .describe("Slug or id of the profile whose policy it has to keep; the client's default where absent"),
    realm: RealmRef.optional(),
    csr: z
      .string()
      .max(100_000)
      .meta(fromFile)
      .optional()
      .describe('PKCS#10 as PEM, which goes out as it is: all that it asks for stands in it'),
    subject: SubjectFields.nullish(),
    subjectAltNames: z.array(SubjectAltName).max(100).nullish(),
    keyAlgorithm: KeyAlgorithm.nullish(),
    keyUsages: z.array(KeyUsage).max(9).nullish(),
    extendedKeyUsages: z.array(ExtendedKeyUsageOrOid).max(100).nullish(),
    metadata: Metadata.optional(),
  }),
  output: RequestAccepted,
  status: 201,
  errors: ['NOT_FOUND', 'INVALID_CSR', 'CONFLICT', 'POLICY_VIOLATION', 'LINT_FAILED'],
  permission: 'certificates.issue',
  risk: 'change',
  audit: 'request.submitted',
});

export const requestCsr = operation({
  id: 'requests.csr',
  summary: 'Download the request for an authority outside',
  method: 'GET',
  path: '/requests/{id}/csr',
  input: z.strictObject({ id: Id, format: z.enum(['pem', 'der']).default('pem') }),
  output: FileContent,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'requests.read',
  risk: 'none',
});

export const completeRequest = operation({
  id: 'requests.complete',
  summary: 'Take in the certificate that an authority outside has issued for a request',
  description: 'Known by its key; a certificate for another key is refused.',
  method: 'POST',
  path: '/requests/{id}/complete',
  input: z.strictObject({
    id: Id,
    certificate: z.string().min(1).max(1_000_000).meta(fromFile).describe('PEM, also with its chain'),
  }),
  output: RequestSummary,
  errors: ['NOT_FOUND', 'CONFLICT', 'POLICY_VIOLATION', 'INVALID_CERTIFICATE', 'ALREADY_EXISTS'],
  permission: 'certificates.issue',
  risk: 'change',
  audit: 'request.completed',
});

export const approveRequest = operation({
  id: 'requests.approve',
  summary: 'Approve a request',
  description:
    'Bound to the hash of what was asked. The last approval that is missing issues the certificate.',
  method: 'POST',
  path: '/requests/{id}/approve',
  input: z.strictObject({ id: Id, askedHash: AskedHash, reason: Reason.optional() }),
  output: RequestSummary,
  errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED', 'POLICY_VIOLATION', 'LINT_FAILED'],
  permission: 'requests.decide',
  risk: 'change',
  audit: 'request.approved',
});

export const rejectRequest = operation({
  id: 'requests.reject',
  summary: 'Reject a request',
  method: 'POST',
  path: '/requests/{id}/reject',
  input: z.strictObject({ id: Id, askedHash: AskedHash, reason: Reason }),
  output: RequestSummary,
  errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  permission: 'requests.decide',
  risk: 'destructive',
  audit: 'request.rejected',
});

export const cancelRequest = operation({
  id: 'requests.cancel',
  summary: 'Cancel a request',
  description: "One's own, or as an administrator any.",
  method: 'POST',
  path: '/requests/{id}/cancel',
  input: z.strictObject({ id: Id, reason: Reason.optional() }),
  output: RequestSummary,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'requests.cancel',
  risk: 'destructive',
  audit: 'request.cancelled',
});

export const collectRequest = operation({
  id: 'requests.collect',
  summary: 'Collect the certificate of a request, once with its private key',
  description:
    'For who asked. A key generated here comes with the first answer only; an Idempotency-Key gives that answer again.',
  method: 'POST',
  path: '/requests/{id}/collect',
  input: z.strictObject({ id: Id }),
  output: IssuedCertificate,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'requests.read',
  risk: 'change',
  audit: 'request.collected',
});

export const requestOperations = [
  listRequests,
  showRequest,
  createRequest,
  requestCsr,
  completeRequest,
  approveRequest,
  rejectRequest,
  cancelRequest,
  collectRequest,
] as const;
