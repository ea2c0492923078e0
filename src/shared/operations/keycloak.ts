/** Keycloak: API clients that are there as well, created from both sides. */
import { z } from 'zod';
import { Id, Nothing, Pem, secret, Timestamp } from '../model/basics.ts';
import { SafeUrl } from '../model/identity-provider.ts';
import { operation } from './operation.ts';

export const KeycloakConnection = z
  .strictObject({
    connected: z.boolean(),
    url: z.string().nullable(),
    realm: z.string().nullable(),
    clientId: z.string().nullable().describe('Of the service account'),
    tokenEndpoint: z.string().nullable().describe('Where the clients that are in Keycloak get their tokens'),
    syncEveryMinutes: z.int().nullable(),
    syncedAt: Timestamp.nullable(),
    error: z.string().nullable().describe('Why the last try failed'),
    clients: z.int().describe('How many are in both'),
    waiting: z
      .array(
        z.strictObject({
          kind: z.enum(['change', 'delete']),
          clientId: z.string(),
          attempts: z.int(),
          nextAt: Timestamp,
          error: z.string().nullable(),
        }),
      )
      .describe('What Keycloak has still to be told'),
  })
  .meta({ id: 'KeycloakConnection' });
export type KeycloakConnection = z.infer<typeof KeycloakConnection>;

const named = { clientId: z.string(), name: z.string() };

export const KeycloakDifference = z
  .strictObject({
    added: z.array(z.strictObject(named)).describe('There and not here: they come in, without a realm'),
    renamed: z.array(z.strictObject({ id: Id, clientId: z.string(), from: z.string(), to: z.string() })),
    disabled: z.array(z.strictObject({ id: Id, ...named })).describe('Switched off there'),
    enabled: z.array(z.strictObject({ id: Id, ...named })).describe('Switched on there again'),
    vanished: z
      .array(z.strictObject({ id: Id, ...named }))
      .describe('Here and no longer there: they are disabled, and kept until a person deletes them'),
    conflicting: z
      .array(z.strictObject(named))
      .describe('There, with the client id of another client that is only here: left alone'),
  })
  .meta({ id: 'KeycloakDifference', description: 'What a synchronisation does, or has done.' });
export type KeycloakDifference = z.infer<typeof KeycloakDifference>;

export const showKeycloak = operation({
  id: 'keycloak.show',
  summary: 'Show the connection to Keycloak and what waits for it',
  method: 'GET',
  path: '/keycloak',
  input: z.strictObject({}),
  output: KeycloakConnection,
  errors: [],
  permission: 'clients.sync',
  risk: 'none',
});

export const connectKeycloak = operation({
  id: 'keycloak.connect',
  summary: 'Connect to Keycloak with a service account, or change how',
  description:
    'The account needs manage-clients, view-clients, manage-users and view-users of realm-management. It is tried before anything is kept.',
  method: 'PUT',
  path: '/keycloak',
  input: z.strictObject({
    url: SafeUrl.describe('Up to what comes before /realms and /admin'),
    realm: z.string().regex(/^[\w.-]{1,100}$/),
    clientId: z.string().min(1).max(255),
    clientSecret: z
      .string()
      .min(1)
      .max(1024)
      .optional()
      .meta({ ...secret, description: 'Of the service account; the one before without it' }),
    ca: Pem.optional().describe('The authority above its certificate, where the machine does not know it'),
    syncEveryMinutes: z.int().min(1).max(1440).default(15),
  }),
  output: KeycloakConnection,
  errors: ['PROVIDER_UNAVAILABLE', 'CONFLICT'],
  permission: 'identity-providers.write',
  risk: 'change',
  audit: 'keycloak.connected',
});

export const disconnectKeycloak = operation({
  id: 'keycloak.disconnect',
  summary: 'Forget the connection to Keycloak; its clients stay there, and cannot act here until it is back',
  method: 'DELETE',
  path: '/keycloak',
  input: z.strictObject({}),
  output: Nothing,
  errors: ['NOT_FOUND'],
  permission: 'identity-providers.write',
  risk: 'destructive',
  audit: 'keycloak.disconnected',
});

export const compareKeycloak = operation({
  id: 'keycloak.compare',
  summary: 'Show what a synchronisation with Keycloak would do, without doing it',
  method: 'GET',
  path: '/keycloak/difference',
  input: z.strictObject({}),
  output: KeycloakDifference,
  errors: ['CONFLICT', 'PROVIDER_UNAVAILABLE'],
  permission: 'clients.sync',
  risk: 'none',
});

export const syncKeycloak = operation({
  id: 'keycloak.sync',
  summary: 'Take in what was changed in Keycloak',
  method: 'POST',
  path: '/keycloak/sync',
  input: z.strictObject({}),
  output: KeycloakDifference,
  errors: ['CONFLICT', 'PROVIDER_UNAVAILABLE'],
  permission: 'clients.sync',
  risk: 'change',
  audit: 'keycloak.synchronised',
});

export const keycloakOperations = [
  showKeycloak,
  connectKeycloak,
  disconnectKeycloak,
  compareKeycloak,
  syncKeycloak,
] as const;
