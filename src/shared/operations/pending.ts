/** Pending certificates: pushed by a device, or added by hand, and not yet accepted. */
import { z } from 'zod';
import { fromFile, Id, Nothing, pageOf, pageQuery, RealmRef, Slug, Timestamp } from '../model/basics.ts';
import { SubjectAltName } from '../model/names.ts';
import { operation } from './operation.ts';

export const PendingCertificate = z
  .strictObject({
    id: Id,
    realm: Slug,
    subject: z.string(),
    issuer: z.string(),
    commonName: z.string(),
    subjectAltNames: z.array(SubjectAltName),
    serialNumber: z.string(),
    keyAlgorithm: z.string(),
    extendedKeyUsages: z.array(z.string()),
    notBefore: Timestamp,
    notAfter: Timestamp,
    sha256Fingerprint: z.string(),
    attempts: z.int(),
    firstSeenAt: Timestamp,
    lastSeenAt: Timestamp,
    source: z.string().describe('Address of the device, or who added it'),
    suggestedAlias: z.string(),
  })
  .meta({ id: 'PendingCertificate' });
export type PendingCertificate = z.infer<typeof PendingCertificate>;

export const DeviceClient = z
  .strictObject({
    id: Id,
    realm: Slug,
    name: z.string(),
    alias: z.string(),
    sha256Fingerprint: z.string(),
    createdAt: Timestamp,
  })
  .meta({ id: 'DeviceClient', description: 'Made from an accepted certificate.' });
export type DeviceClient = z.infer<typeof DeviceClient>;

export const listPending = operation({
  id: 'pending.list',
  summary: 'List the certificates that wait to be accepted',
  method: 'GET',
  path: '/pending',
  input: z.strictObject({ ...pageQuery, realm: RealmRef.optional() }),
  output: pageOf(PendingCertificate),
  errors: [],
  permission: 'pending.read',
  risk: 'none',
});

export const addPending = operation({
  id: 'pending.add',
  summary: 'Add a certificate to the inbox by hand',
  method: 'POST',
  path: '/pending',
  input: z.strictObject({
    realm: RealmRef.optional(),
    certificate: z.string().min(1).max(100_000).meta(fromFile).describe('PEM, or base64 of DER'),
  }),
  output: PendingCertificate,
  status: 201,
  errors: ['INVALID_CERTIFICATE', 'ALREADY_EXISTS'],
  permission: 'pending.decide',
  risk: 'change',
  audit: 'pending.added',
});

export const acceptPending = operation({
  id: 'pending.accept',
  summary: 'Accept a certificate: it is trusted, and a device client is made from it',
  method: 'POST',
  path: '/pending/{id}/accept',
  input: z.strictObject({
    id: Id,
    alias: z.string().trim().min(1).max(120).describe('Unique without regard to case'),
  }),
  output: DeviceClient,
  status: 201,
  errors: ['NOT_FOUND', 'ALREADY_EXISTS'],
  permission: 'pending.decide',
  risk: 'change',
  audit: 'pending.accepted',
});

export const rejectPending = operation({
  id: 'pending.reject',
  summary: 'Reject a certificate',
  method: 'POST',
  path: '/pending/{id}/reject',
  input: z.strictObject({ id: Id, reason: z.string().max(500).optional() }),
  output: Nothing,
  errors: ['NOT_FOUND'],
  permission: 'pending.decide',
  risk: 'destructive',
  audit: 'pending.rejected',
});

export const listDeviceClients = operation({
  id: 'device-clients.list',
  summary: 'List the device clients',
  method: 'GET',
  path: '/device-clients',
  input: z.strictObject({ ...pageQuery, realm: RealmRef.optional() }),
  output: pageOf(DeviceClient),
  errors: [],
  permission: 'device-clients.read',
  risk: 'none',
});

export const pendingOperations = [listPending, addPending, acceptPending, rejectPending] as const;
export const deviceClientOperations = [listDeviceClients] as const;
