/** Realms: security domains. Data never leaves its realm; SYSTEM is built in. */
import { z } from 'zod';
import { DisplayName, Id, pageOf, pageQuery, Slug, Timestamp } from '../model/basics.ts';
import { operation } from './operation.ts';

export const Realm = z
  .strictObject({ id: Id, slug: Slug, name: z.string(), builtIn: z.boolean(), createdAt: Timestamp })
  .meta({ id: 'Realm' });
export type Realm = z.infer<typeof Realm>;

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
  input: z.strictObject({ slug: Slug, name: DisplayName.optional() }),
  output: Realm,
  status: 201,
  errors: ['ALREADY_EXISTS'],
  permission: 'realms.create',
  risk: 'change',
  audit: 'realm.created',
});

export const realmOperations = [listRealms, createRealm] as const;
