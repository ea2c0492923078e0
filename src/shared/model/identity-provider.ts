/** Identity providers: who vouches for people and services from outside, and what their word is worth here. */
import { z } from 'zod';
import { Pem, RealmRef } from './basics.ts';
import { RoleRef } from './permissions.ts';

/** `https` always, but on this machine itself, where nobody listens in. */
const loopbackHosts = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/** Whether the address names this machine. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && loopbackHosts.test(new URL(url).hostname);
}

function isSafeUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, hash, search } = new URL(url);
  if (username !== '' || password !== '' || hash !== '' || search !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackUrl(url));
}

export const SafeUrl = z
  .string()
  .max(500)
  .refine(
    isSafeUrl,
    'begins with https:// (http:// on this machine only) and has no user, query or fragment',
  );

const DirectoryUrl = z
  .string()
  .max(300)
  .refine((url) => {
    if (!URL.canParse(url)) return false;
    const { protocol, hostname, username, pathname } = new URL(url);
    return /^ldaps?:$/.test(protocol) && hostname !== '' && username === '' && /^\/?$/.test(pathname);
  }, 'is ldaps://host:port, or ldap://host:port, which is encrypted by StartTLS before anything is said');

/** Signatures that a provider may use; none of them can be made with what is public (RFC 8725 section 3.1). */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

const Ca = Pem.optional().describe('The authority above its certificate, where the machine does not know it');

export const OidcSettings = z
  .strictObject({
    kind: z.literal('oidc'),
    issuer: SafeUrl.describe('Exactly as its discovery document says it'),
    clientId: z.string().min(1).max(200),
    ca: Ca,
    signIn: z.boolean().default(true).describe('Whether operators sign in with it'),
    scopes: z
      .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/))
      .max(20)
      .default(['openid', 'profile', 'email']),
    nameClaim: z.string().min(1).max(120).default('preferred_username'),
    tokenAudience: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .describe('Access tokens for this audience are accepted on the API; without it, none are'),
    algorithms: z.array(z.enum(signatureAlgorithms)).min(1).default(['RS256', 'PS256', 'ES256', 'EdDSA']),
  })
  .meta({ id: 'OidcSettings', description: 'An OpenID Connect provider.' });
export type OidcSettings = z.infer<typeof OidcSettings>;

export const LdapSettings = z
  .strictObject({
    kind: z.literal('ldap'),
    url: DirectoryUrl,
    ca: Ca,
    bindDn: z.string().max(500).default('').describe('Who searches; empty for nobody in particular'),
    baseDn: z.string().min(1).max(500).describe('Below which accounts are searched'),
    userFilter: z
      .string()
      .min(1)
      .max(500)
      .refine((text) => text.includes('{username}'), 'has {username} in it')
      .default('(sAMAccountName={username})')
      .describe('RFC 4515, with {username} and {domain}'),
    groupBaseDn: z
      .string()
      .max(500)
      .optional()
      .describe('Where groups are searched that accounts do not name'),
    groupFilter: z.string().max(500).default('(member={dn})').describe('RFC 4515, with {dn}'),
    domains: z
      .array(z.string().min(1).max(255))
      .max(50)
      .default([])
      .describe('As in DOMAIN\\user and user@domain; none means that any is taken'),
  })
  .meta({ id: 'LdapSettings', description: 'A directory, for service accounts that send a password.' });
export type LdapSettings = z.infer<typeof LdapSettings>;

export const ProviderSettings = z
  .discriminatedUnion('kind', [OidcSettings, LdapSettings])
  .meta({ id: 'ProviderSettings' });
export type ProviderSettings = z.infer<typeof ProviderSettings>;

/** What a claim is worth: whoever has it gets the role. What no rule names gets nothing. */
export const IdentityRule = z
  .strictObject({
    claim: z
      .string()
      .min(1)
      .max(200)
      .describe('Name of a claim, with dots for what lies within: realm_access.roles'),
    value: z.string().min(1).max(500).describe('What it is or has among its values; * for anything'),
    role: RoleRef,
    realms: z.array(RealmRef).max(100).optional().describe('Where the role is held; everywhere without it'),
  })
  .meta({ id: 'IdentityRule', description: 'Which claim gives which role where.' });
export type IdentityRule = z.infer<typeof IdentityRule>;

/** What a provider or a directory says of somebody. */
export type Claims = Readonly<Record<string, unknown>>;
