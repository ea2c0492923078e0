/** API clients: OAuth 2.0 clients that act in realms. */
import { z } from 'zod';
import { DisplayName, Id, Nothing, pageOf, pageQuery, RealmRef, Timestamp } from '../model/basics.ts';
import { operation } from './operation.ts';

export const ApiClient = z
  .strictObject({
    id: Id,
    clientId: z.string(),
    name: z.string(),
    realms: z.array(z.string()).describe('Slugs; a client without a realm exists but cannot act'),
    defaultProfile: z.string().nullable().describe('Slug of the profile used where a call names none'),
    enabled: z.boolean(),
    active: z.boolean().describe('Enabled and in at least one realm'),
    createdAt: Timestamp,
    lastUsedAt: Timestamp.nullable(),
    matchedField: z.enum(['clientId', 'name']).optional().describe('Which field a search found'),
  })
  .meta({ id: 'ApiClient' });
export type ApiClient = z.infer<typeof ApiClient>;

export const createClient = operation({
  id: 'clients.create',
  summary: 'Create an API client',
  description: 'The secret is in this answer and nowhere else: it is stored hashed.',
  method: 'POST',
  path: '/clients',
  input: z.strictObject({
    name: DisplayName,
    realms: z.array(RealmRef).max(100).default([]).meta({ flag: 'realm' }),
    defaultProfile: z
      .string()
      .min(1)
      .max(63)
      .optional()
      .meta({ flag: 'profile' })
      .describe('Default policy (profile)'),
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

export const resetClientSecret = operation({
  id: 'clients.reset-secret',
  summary: 'Give an API client a new secret; the old one and its tokens die at once',
  method: 'POST',
  path: '/clients/{id}/reset-secret',
  input: z.strictObject({ id: Id }),
  output: z.strictObject({ clientId: z.string(), clientSecret: z.string() }).meta({ id: 'ClientSecret' }),
  errors: ['NOT_FOUND'],
  permission: 'clients.reset-secret',
  risk: 'destructive',
  audit: 'client.secret-reset',
});

export const deleteClient = operation({
  id: 'clients.delete',
  summary: 'Delete an API client; its tokens die at once',
  method: 'DELETE',
  path: '/clients/{id}',
  input: z.strictObject({ id: Id }),
  output: Nothing,
  errors: ['NOT_FOUND'],
  permission: 'clients.delete',
  risk: 'destructive',
  audit: 'client.deleted',
});

export const clientOperations = [createClient, listClients, resetClientSecret, deleteClient] as const;
