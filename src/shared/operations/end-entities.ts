/** End entities: who certificates are for. */
import { z } from 'zod';
import { Id, Metadata, pageOf, pageQuery, RealmRef, Slug, Timestamp } from '../model/basics.ts';
import { operation } from './operation.ts';

export const EndEntity = z
  .strictObject({
    id: Id,
    realm: Slug,
    commonName: z.string(),
    organization: z.string().nullable(),
    domainNames: z.array(z.string()),
    ipAddresses: z.array(z.string()),
    emailAddresses: z.array(z.string()),
    metadata: Metadata,
    createdAt: Timestamp,
    archivedAt: Timestamp.nullable().describe('Since when it gets no new certificates'),
  })
  .meta({ id: 'EndEntity', description: 'Whom certificates are for; belongs to one realm for good.' });
export type EndEntity = z.infer<typeof EndEntity>;

const commonName = z.string().min(1).max(64);
const organization = z.string().min(1).max(64);
const domainNames = z.array(z.string().min(1).max(253)).max(100);
const ipAddresses = z.array(z.union([z.ipv4(), z.ipv6()])).max(100);
const emailAddresses = z.array(z.email().max(254)).max(100);

export const listEndEntities = operation({
  id: 'end-entities.list',
  summary: 'List the end entities',
  method: 'GET',
  path: '/end-entities',
  input: z.strictObject({
    ...pageQuery,
    realm: RealmRef.optional(),
    archived: z.boolean().optional().describe('Only those that are archived, or only those that are not'),
  }),
  output: pageOf(EndEntity),
  errors: [],
  permission: 'end-entities.read',
  risk: 'none',
});

export const createEndEntity = operation({
  id: 'end-entities.create',
  summary: 'Create an end entity',
  method: 'POST',
  path: '/end-entities',
  input: z.strictObject({
    realm: RealmRef.optional(),
    commonName,
    organization: organization.optional(),
    domainNames: domainNames.default([]),
    ipAddresses: ipAddresses.default([]),
    emailAddresses: emailAddresses.default([]),
    metadata: Metadata.optional(),
  }),
  output: EndEntity,
  status: 201,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND'],
  permission: 'end-entities.write',
  risk: 'change',
  audit: 'end-entity.created',
});

export const getEndEntity = operation({
  id: 'end-entities.show',
  summary: 'Show an end entity',
  method: 'GET',
  path: '/end-entities/{id}',
  input: z.strictObject({ id: Id }),
  output: EndEntity,
  errors: ['NOT_FOUND'],
  permission: 'end-entities.read',
  risk: 'none',
});

export const updateEndEntity = operation({
  id: 'end-entities.update',
  summary: 'Change an end entity',
  description:
    'What is absent stays as it is; null and empty lists clear. Its certificates keep what they hold.',
  method: 'PATCH',
  path: '/end-entities/{id}',
  input: z.strictObject({
    id: Id,
    commonName: commonName.optional(),
    organization: organization.nullable().optional(),
    domainNames: domainNames.optional(),
    ipAddresses: ipAddresses.optional(),
    emailAddresses: emailAddresses.optional(),
    metadata: Metadata.nullable().optional().describe('Replaces all of it'),
  }),
  output: EndEntity,
  errors: ['NOT_FOUND', 'ALREADY_EXISTS'],
  permission: 'end-entities.write',
  risk: 'change',
  audit: 'end-entity.updated',
});

export const archiveEndEntity = operation({
  id: 'end-entities.archive',
  summary: 'Archive an end entity, which then gets no new certificates',
  description: 'Its certificates stay valid. It can be taken back with end-entities.restore.',
  method: 'POST',
  path: '/end-entities/{id}/archive',
  input: z.strictObject({ id: Id }),
  output: EndEntity,
  errors: ['NOT_FOUND'],
  permission: 'end-entities.write',
  risk: 'change',
  audit: 'end-entity.archived',
});

export const restoreEndEntity = operation({
  id: 'end-entities.restore',
  summary: 'Take an end entity back out of the archive',
  method: 'POST',
  path: '/end-entities/{id}/restore',
  input: z.strictObject({ id: Id }),
  output: EndEntity,
  errors: ['NOT_FOUND'],
  permission: 'end-entities.write',
  risk: 'change',
  audit: 'end-entity.restored',
});

export const endEntityOperations = [
  listEndEntities,
  createEndEntity,
  getEndEntity,
  updateEndEntity,
  archiveEndEntity,
  restoreEndEntity,
] as const;
