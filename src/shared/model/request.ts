/** A request: a certificate that somebody has to approve, or that another authority is to issue, before it is there. */
import { z } from 'zod';
import { Id, Slug, Timestamp } from './basics.ts';
import { KeyUsage, Subject, SubjectAltName } from './names.ts';
import { RoleName } from './permissions.ts';

export const requestStatuses = [
  'pending_approval',
  'approved',
  'issued',
  'rejected',
  'cancelled',
  'failed',
  'expired',
] as const;

export const RequestStatus = z.enum(requestStatuses).meta({
  id: 'RequestStatus',
  description:
    'pending_approval waits for people, approved for the authority outside; failed could not be issued once it was approved. The others are final as well.',
});
export type RequestStatus = z.infer<typeof RequestStatus>;

export const RequestKind = z
  .enum(['issue', 'renew', 'external'])
  .describe('Whether it asks for a certificate, for a renewal, or for one by an authority outside');
export type RequestKind = z.infer<typeof RequestKind>;

export const AskedHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({
    id: 'AskedHash',
    description: 'SHA-256, hex, of all that was asked for: what a decision is bound to.',
  });

export const RequestStep = z
  .strictObject({
    name: z.string(),
    needed: z.int(),
    roles: z.array(RoleName).optional(),
    operatorIds: z.array(Id).optional(),
    approvals: z.int().describe('How many have agreed so far'),
  })
  .meta({ id: 'RequestStep' });
export type RequestStep = z.infer<typeof RequestStep>;

export const RequestDecision = z
  .strictObject({
    step: z.int().describe('Which step it belongs to, from 0'),
    operator: z.string(),
    approve: z.boolean(),
    reason: z.string().nullable(),
    decidedAt: Timestamp,
  })
  .meta({ id: 'RequestDecision' });
export type RequestDecision = z.infer<typeof RequestDecision>;

export const AskedFields = z
  .strictObject({
    subject: Subject,
    subjectAltNames: z.array(SubjectAltName),
    keyUsages: z.array(KeyUsage),
    extendedKeyUsages: z.array(z.string()),
    keyAlgorithm: z.string(),
    validity: z.string().describe('Counted from the moment of issuing'),
    isCa: z.boolean(),
    keyGeneratedHere: z.boolean(),
    publicKeyFingerprint: z.string().describe('SHA-256, hex, of the SubjectPublicKeyInfo'),
    metadata: z.record(z.string(), z.string()).optional(),
  })
  .meta({ id: 'AskedFields', description: 'What the certificate will hold.' });
export type AskedFields = z.infer<typeof AskedFields>;

export const RequestSummary = z
  .strictObject({
    id: Id,
    realm: Slug,
    kind: RequestKind,
    status: RequestStatus,
    commonName: z.string(),
    profile: Slug.nullable(),
    requestedBy: z.string(),
    isMine: z.boolean(),
    awaitsMe: z.boolean().describe('Whether the caller may decide on it now'),
    step: z.string().nullable().describe('The step whose approvals are missing'),
    certificateId: Id.nullable(),
    error: z.string().nullable().describe('Why it failed, or was rejected'),
    createdAt: Timestamp,
    expiresAt: Timestamp.describe('When it ends by itself unless something happens'),
    decidedAt: Timestamp.nullable(),
  })
  .meta({ id: 'RequestSummary' });
export type RequestSummary = z.infer<typeof RequestSummary>;
