/** API clients: OAuth 2.0 clients that act in realms. */
import { z } from 'zod';
import { Access } from '../model/access.ts';
import { DisplayName, Id, Nothing, pageOf, pageQuery, RealmRef, Timestamp } from '../model/basics.ts';
import { RoleRef } from '../model/permissions.ts';
import { DurationText } from '../model/policy.ts';
import { operation } from './operation.ts';

export const ApiClient = z
  .strictObject({
    id: Id,
    clientId: z.string(),
    name: z.string(),
    realms: z.array(z.string()).describe('Slugs; a client without a realm exists but cannot act'),
    defaultProfile: z.string().nullable().describe('Slug of the profile used where a call names none'),
    role: z.string().nullable().describe('Slug of its role; null for the default role of each realm'),
    passwordGrant: z.boolean().describe('Whether operators may sign in through it by name and password'),
    enabled: z.boolean(),
    active: z.boolean().describe('Enabled and in at least one realm'),
    secrets: z
      .array(
        z.strictObject({
          createdAt: Timestamp,
          expiresAt: Timestamp.nullable(),
          lastUsedAt: Timestamp.nullable(),
        }),
      )
      .describe('Live secrets, the newest first'),
    certificates: z
      .array(
        z.strictObject({
          certificateId: Id,
          method: z.enum(['private_key_jwt', 'tls_client_auth']),
          commonName: z.string(),
          serialNumber: z.string(),
          notAfter: Timestamp,
          usable: z.boolean().describe('Neither expired nor revoked'),
        }),
      )
      .describe('Certificates that it authenticates with'),
    createdAt: Timestamp,
    lastUsedAt: Timestamp.nullable(),
    matchedField: z.enum(['clientId', 'name']).optional().describe('Which field a search found'),
  })
  .meta({ id: 'ApiClient' });
export type ApiClient = z.infer<typeof ApiClient>;

const realms = z.array(RealmRef).max(100).meta({ flag: 'realm' });
const defaultProfile = z.string().min(1).max(63).describe('Default policy (profile)');
const secretValidity = DurationText.optional().describe(
  'How long the secret is good for; for ever, if left out',
);

export const createClient = operation({
  id: 'clients.create',
  summary: 'Create an API client',
  description: 'The secret is in this answer and nowhere else: it is stored hashed.',
  method: 'POST',
  path: '/clients',
  input: z.strictObject({
    name: DisplayName,
    realms: realms.default([]),
    defaultProfile: defaultProfile.optional().meta({ flag: 'profile' }),
    role: RoleRef.optional(),
    passwordGrant: z.boolean().optional().describe('Let operators sign in by name and password'),
    secretValidity,
  }),
  output: ApiClient.extend({ clientSecret: z.string() }).meta({ id: 'CreatedApiClient' }),
  status: 201,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND'],
  permission: 'clients.create',
  risk: 'change',
  audit: 'client.created',
});

export const listClients = operation({
  id: 'clients.list',
  summary: 'List and search API clients',
  description: 'By the exact client id, or by a run of characters in id or name; an exact hit comes first.',
  method: 'GET',
  path: '/clients',
  input: z.strictObject({ ...pageQuery, realm: RealmRef.optional() }),
  output: pageOf(ApiClient),
  errors: [],
  permission: 'clients.read',
  risk: 'none',
});

const one = { id: z.string().min(1).max(120).describe('Id or client id') };

export const showClient = operation({
  id: 'clients.show',
  summary: 'Show an API client',
  method: 'GET',
  path: '/clients/{id}',
  input: z.strictObject(one),
  output: ApiClient,
  errors: ['NOT_FOUND'],
  permission: 'clients.read',
  risk: 'none',
});

export const clientAccess = operation({
  id: 'clients.access',
  summary: 'Show what an API client may do, and which role gives it',
  method: 'GET',
  path: '/clients/{id}/access',
  input: z.strictObject(one),
  output: Access,
  errors: ['NOT_FOUND'],
  permission: 'clients.read',
  risk: 'none',
});

export const updateClient = operation({
  id: 'clients.update',
  summary: 'Change the name, realms, default policy or role of an API client',
  description: 'Realms that the caller does not see stay as they are.',
  method: 'PATCH',
  path: '/clients/{id}',
  input: z.strictObject({
    ...one,
    name: DisplayName.optional(),
    realms: realms.optional(),
    defaultProfile: defaultProfile.nullable().optional().meta({ flag: 'profile' }),
    role: RoleRef.nullable().optional(),
    passwordGrant: z.boolean().optional(),
  }),
  output: ApiClient,
  errors: ['NOT_FOUND', 'FORBIDDEN'],
  permission: 'clients.update',
  risk: 'change',
  audit: 'client.updated',
});

export const enableClient = operation({
  id: 'clients.enable',
  summary: 'Let a disabled API client act again',
  method: 'POST',
  path: '/clients/{id}/enable',
  input: z.strictObject(one),
  output: ApiClient,
  errors: ['NOT_FOUND', 'FORBIDDEN'],
  permission: 'clients.update',
  risk: 'change',
  audit: 'client.enabled',
});

export const disableClient = operation({
  id: 'clients.disable',
  summary: 'Disable an API client; its tokens die at once',
  method: 'POST',
  path: '/clients/{id}/disable',
  input: z.strictObject(one),
  output: ApiClient,
  errors: ['NOT_FOUND', 'FORBIDDEN'],
  permission: 'clients.update',
  risk: 'destructive',
  audit: 'client.disabled',
});

export const resetClientSecret = operation({
  id: 'clients.reset-secret',
  summary: 'Give an API client a new secret; the old one dies at once, or after an overlap',
  description: 'Where there is no overlap, the tokens of the client die at once as well.',
  method: 'POST',
  path: '/clients/{id}/reset-secret',
  input: z.strictObject({
    ...one,
    overlap: DurationText.optional().describe('How long the old secret lives on, e.g. 7d; at most 90 days'),
    secretValidity,
  }),
  output: z
    .strictObject({
      clientId: z.string(),
      clientSecret: z.string(),
      expiresAt: Timestamp.nullable(),
      formerExpiresAt: Timestamp.nullable().describe('When the old secret dies; null where it is dead'),
    })
    .meta({ id: 'ClientSecret' }),
  errors: ['NOT_FOUND', 'FORBIDDEN'],
  permission: 'clients.reset-secret',
  risk: 'destructive',
  audit: 'client.secret-reset',
});

const certificateFields = {
  ...one,
  certificateId: Id.describe('A certificate that was issued here'),
  method: z
    .enum(['private_key_jwt', 'tls_client_auth'])
    .describe('By a signed assertion (RFC 7523) or by mutual TLS (RFC 8705)'),
};

export const addClientCertificate = operation({
  id: 'clients.add-certificate',
  summary: 'Let an API client authenticate with a certificate that was issued here',
  method: 'POST',
  path: '/clients/{id}/certificates',
  input: z.strictObject(certificateFields),
  output: ApiClient,
  errors: ['NOT_FOUND', 'FORBIDDEN', 'ALREADY_EXISTS', 'CONFLICT'],
  permission: 'clients.update',
  risk: 'change',
  audit: 'client.certificate-added',
});

export const removeClientCertificate = operation({
  id: 'clients.remove-certificate',
  summary: 'Let an API client no longer authenticate with a certificate; its tokens die at once',
  method: 'POST',
  path: '/clients/{id}/certificates/remove',
  input: z.strictObject(certificateFields),
  output: ApiClient,
  errors: ['NOT_FOUND', 'FORBIDDEN'],
  permission: 'clients.update',
  risk: 'destructive',
  audit: 'client.certificate-removed',
});

export const deleteClient = operation({
  id: 'clients.delete',
  summary: 'Delete an API client; its tokens die at once',
  method: 'DELETE',
  path: '/clients/{id}',
  input: z.strictObject(one),
  output: Nothing,
  errors: ['NOT_FOUND', 'FORBIDDEN'],
  permission: 'clients.delete',
  risk: 'destructive',
  audit: 'client.deleted',
});

export const clientOperations = [
  createClient,
  listClients,
  showClient,
  clientAccess,
  updateClient,
  enableClient,
  disableClient,
  resetClientSecret,
  addClientCertificate,
  removeClientCertificate,
  deleteClient,
] as const;
