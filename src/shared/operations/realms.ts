/** Realms: security domains. Data never leaves its realm; SYSTEM is built in. */
import { z } from 'zod';
import { DisplayName, Id, pageOf, pageQuery, RealmRef, Slug, Timestamp } from '../model/basics.ts';
import { RoleRef } from '../model/permissions.ts';
import { operation } from './operation.ts';

export const Realm = z
  .strictObject({
    id: Id,
    slug: Slug,
    name: z.string(),
    builtIn: z.boolean(),
    archived: z.boolean().describe('Kept to be read, and changed no more'),
    contacts: z.array(z.string()).describe('Mail addresses of those who look after it'),
    defaultRole: z.string().describe('Role of API clients in it that are given no other'),
    createdAt: Timestamp,
  })
  .meta({ id: 'Realm' });
export type Realm = z.infer<typeof Realm>;

const Contacts = z.array(z.email().max(254)).max(20).meta({ flag: 'contact' });

export const listRealms = operation({
  id: 'realms.list',
  summary: 'List the realms that the caller may see',
  method: 'GET',
  path: '/realms',
  input: z.strictObject(pageQuery),
  output: pageOf(Realm),
  errors: [],
  permission: 'realms.read',
  risk: 'none',
});

export const createRealm = operation({
  id: 'realms.create',
  summary: 'Create a realm',
  method: 'POST',
  path: '/realms',
  input: z.strictObject({ slug: Slug, name: DisplayName.optional(), contacts: Contacts.optional() }),
  output: Realm,
  status: 201,
  errors: ['ALREADY_EXISTS'],
  permission: 'realms.create',
  risk: 'change',
  audit: 'realm.created',
});

export const updateRealm = operation({
  id: 'realms.update',
  summary: 'Change the name, the contacts or the default role of a realm',
  description: 'The default role holds at once for all API clients of the realm that are given no other.',
  method: 'PATCH',
  path: '/realms/{id}',
  input: z.strictObject({
    id: RealmRef,
    name: DisplayName.optional(),
    contacts: Contacts.optional(),
    defaultRole: RoleRef.optional(),
  }),
  output: Realm,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'realms.update',
  risk: 'change',
  audit: 'realm.updated',
});

export const archiveRealm = operation({
  id: 'realms.archive',
  summary: 'Archive a realm: all in it can still be read, and is changed no more',
  description:
    'Its API clients get no tokens for it, nothing is issued, renewed or revoked in it, and lists leave it out where it is not named. CRLs and OCSP answers go on.',
  method: 'POST',
  path: '/realms/{id}/archive',
  input: z.strictObject({ id: RealmRef }),
  output: Realm,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'realms.archive',
  risk: 'destructive',
  audit: 'realm.archived',
});

export const restoreRealm = operation({
  id: 'realms.restore',
  summary: 'Take a realm out of the archive',
  method: 'POST',
  path: '/realms/{id}/restore',
  input: z.strictObject({ id: RealmRef }),
  output: Realm,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'realms.archive',
  risk: 'change',
  audit: 'realm.restored',
});

export const realmOperations = [listRealms, createRealm, updateRealm, archiveRealm, restoreRealm] as const;
