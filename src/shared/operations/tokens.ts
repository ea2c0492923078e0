/** Tokens of API clients that live, and the keys that sign them. */
import { z } from 'zod';
import { Id, Nothing, pageOf, pageQuery, RealmRef, Timestamp } from '../model/basics.ts';
import { operation } from './operation.ts';

export const LiveToken = z
  .strictObject({
    id: Id,
    kind: z.enum(['access', 'refresh']),
    clientId: z.string(),
    operator: z.string().nullable().describe('For whom, where a person signed in through the client'),
    realm: z.string(),
    issuedAt: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'LiveToken', description: 'A token that was given out and lives; not the token itself.' });
export type LiveToken = z.infer<typeof LiveToken>;

export const listTokens = operation({
  id: 'tokens.list',
  summary: 'List the tokens that live',
  method: 'GET',
  path: '/tokens',
  input: z.strictObject({ ...pageQuery, realm: RealmRef.optional() }),
  output: pageOf(LiveToken),
  errors: [],
  permission: 'clients.read',
  risk: 'none',
});

export const endToken = operation({
  id: 'tokens.end',
  summary: 'End a token at once; with a refresh token all that came from it',
  method: 'POST',
  path: '/tokens/{id}/end',
  input: z.strictObject({ id: Id }),
  output: Nothing,
  errors: ['NOT_FOUND'],
  permission: 'clients.update',
  risk: 'destructive',
  audit: 'token.ended',
});

export const rotateTokenKey = operation({
  id: 'tokens.rotate-key',
  summary: 'Sign tokens with another key from now on',
  description: 'The former key is published until the last token that it signed has expired.',
  method: 'POST',
  path: '/tokens/rotate-key',
  input: z.strictObject({}),
  output: z.strictObject({ keyId: Id }),
  errors: [],
  permission: 'settings.write',
  risk: 'change',
  audit: 'token.key-rotated',
});

export const tokenOperations = [listTokens, endToken, rotateTokenKey] as const;
