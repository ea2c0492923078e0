/** Identity providers outside: OpenID Connect for operators and API tokens, LDAP for accounts with a password. */
import { z } from 'zod';
import { DisplayName, Id, Nothing, pageOf, pageQuery, Slug, secret, Timestamp } from '../model/basics.ts';
import { IdentityRule, ProviderSettings } from '../model/identity-provider.ts';
import { RoleRef } from '../model/permissions.ts';
import { operation } from './operation.ts';
import { Session } from './sessions.ts';

export const IdentityProvider = z
  .strictObject({
    id: Id,
    slug: Slug,
    name: z.string(),
    enabled: z.boolean(),
    settings: ProviderSettings,
    hasSecret: z.boolean(),
    rules: z.array(IdentityRule),
    createdAt: Timestamp,
  })
  .meta({ id: 'IdentityProvider', description: 'Who vouches for people and services from outside.' });
export type IdentityProvider = z.infer<typeof IdentityProvider>;

const ProviderRef = z.string().min(1).max(63).describe('Slug or id of an identity provider');
const fields = {
  name: DisplayName,
  settings: ProviderSettings,
  clientSecret: z
    .string()
    .min(1)
    .max(1024)
    .meta({ ...secret, description: 'Of the client, or the password of who searches the directory' }),
  rules: z.array(IdentityRule).max(200),
};

export const listIdentityProviders = operation({
  id: 'identity-providers.list',
  summary: 'List the identity providers',
  method: 'GET',
  path: '/identity-providers',
  input: z.strictObject(pageQuery),
  output: pageOf(IdentityProvider),
  errors: [],
  permission: 'identity-providers.read',
  risk: 'none',
});

export const createIdentityProvider = operation({
  id: 'identity-providers.create',
  summary: 'Set up an identity provider',
  description: 'It is off until it is enabled. Whom no rule names may do nothing.',
  method: 'POST',
  path: '/identity-providers',
  input: z.strictObject({
    slug: Slug,
    name: fields.name.optional(),
    settings: fields.settings,
    clientSecret: fields.clientSecret.optional(),
    rules: fields.rules.default([]),
  }),
  output: IdentityProvider,
  status: 201,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND'],
  permission: 'identity-providers.write',
  risk: 'change',
  audit: 'identity-provider.created',
});

export const updateIdentityProvider = operation({
  id: 'identity-providers.update',
  summary: 'Change an identity provider, or switch it on and off',
  description: 'Sessions that it vouched for end, since they may mean something else from then on.',
  method: 'PATCH',
  path: '/identity-providers/{id}',
  input: z.strictObject({
    id: ProviderRef,
    name: fields.name.optional(),
    enabled: z.boolean().optional(),
    settings: fields.settings.optional(),
    clientSecret: fields.clientSecret.optional(),
    rules: fields.rules.optional(),
  }),
  output: IdentityProvider,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'identity-providers.write',
  risk: 'change',
  audit: 'identity-provider.changed',
});

export const deleteIdentityProvider = operation({
  id: 'identity-providers.delete',
  summary: 'Forget an identity provider; its sessions end, and its operators cannot sign in any more',
  method: 'DELETE',
  path: '/identity-providers/{id}',
  input: z.strictObject({ id: ProviderRef }),
  output: Nothing,
  errors: ['NOT_FOUND'],
  permission: 'identity-providers.write',
  risk: 'destructive',
  audit: 'identity-provider.deleted',
});

export const IdentityExplanation = z
  .strictObject({
    claims: z.record(z.string(), z.unknown()).describe('What the rules looked at'),
    rules: z.array(
      z.strictObject({
        claim: z.string(),
        value: z.string(),
        role: RoleRef,
        realms: z.array(z.string()).nullable(),
        matches: z.boolean(),
        found: z.array(z.string()).describe('What the claim has; empty where it is not there'),
      }),
    ),
    isAdmitted: z.boolean().describe('Whether any rule matches; without one, nothing is permitted'),
  })
  .meta({ id: 'IdentityExplanation', description: 'Which rule gives what to whom, and why.' });
export type IdentityExplanation = z.infer<typeof IdentityExplanation>;

export const testIdentityProvider = operation({
  id: 'identity-providers.test',
  summary: 'Try an identity provider, and what its rules would make of somebody',
  description:
    'Asks it as signing in would, without anybody signing in. With claims, or with the name of an account of the directory, it tells which rules match.',
  method: 'POST',
  path: '/identity-providers/{id}/test',
  input: z.strictObject({
    id: ProviderRef,
    claims: z
      .string()
      .max(20_000)
      .optional()
      .describe('The claims of somebody as JSON, or a token, which is read without being believed'),
    username: z.string().min(1).max(300).optional().describe('Of an account of the directory'),
  }),
  output: z
    .strictObject({
      ok: z.boolean(),
      checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
      explanation: IdentityExplanation.nullable(),
    })
    .meta({ id: 'IdentityProviderTest' }),
  errors: ['NOT_FOUND'],
  permission: 'identity-providers.read',
  risk: 'none',
  isVerdict: true,
});

export const offeredIdentityProviders = operation({
  id: 'identity-providers.offered',
  summary: 'List the identity providers that operators sign in with',
  method: 'GET',
  path: '/identity-providers/offered',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(z.strictObject({ slug: Slug, name: z.string() })) }),
  errors: [],
  permission: 'public',
  risk: 'none',
  whileLocked: true,
});

/** 32 bytes in base64url. */
const Hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const beginExternalSignIn = operation({
  id: 'identity-providers.begin-sign-in',
  command: 'identity-providers begin',
  summary: 'Begin to sign in with an identity provider',
  description:
    'Answers the address to visit. Whoever begins keeps a secret and sends its SHA-256, and completes with the secret: a code that was meant for another window is worth nothing here.',
  method: 'POST',
  path: '/identity-providers/{id}/begin-sign-in',
  input: z.strictObject({
    id: ProviderRef,
    windowHash: Hash.describe('SHA-256 of the secret of who begins, in base64url'),
    returnTo: z
      .string()
      .max(500)
      .optional()
      .describe(
        'Where the provider sends the browser back to; without it, to a port on this machine that is opened for it',
      ),
  }),
  output: z
    .strictObject({
      authorizationUrl: z.string(),
      state: z.string(),
      opensBrowser: z.boolean().describe('Whether the browser of the system was opened with it'),
    })
    .meta({ id: 'ExternalSignIn' }),
  errors: ['NOT_FOUND', 'CONFLICT', 'PROVIDER_UNAVAILABLE'],
  permission: 'public',
  risk: 'none',
});

export const completeExternalSignIn = operation({
  id: 'identity-providers.complete-sign-in',
  command: 'identity-providers complete',
  summary: 'Turn what the identity provider sent back into a session',
  description:
    'Without a code it waits until the browser comes back to the port on this machine, for five minutes at most.',
  method: 'POST',
  path: '/identity-providers/complete-sign-in',
  input: z.strictObject({
    state: z.string().min(1).max(200),
    windowSecret: z.string().min(20).max(200).meta(secret),
    answer: z
      .string()
      .max(8_000)
      .optional()
      .describe('The query with which the provider sent the browser back, as it is'),
  }),
  output: Session,
  status: 201,
  errors: ['WRONG_CREDENTIALS', 'FORBIDDEN', 'CONFLICT', 'PROVIDER_UNAVAILABLE'],
  permission: 'public',
  risk: 'none',
  audit: 'session.created',
});

export const identityProviderOperations = [
  listIdentityProviders,
  createIdentityProvider,
  updateIdentityProvider,
  deleteIdentityProvider,
  testIdentityProvider,
  offeredIdentityProviders,
  beginExternalSignIn,
  completeExternalSignIn,
] as const;
