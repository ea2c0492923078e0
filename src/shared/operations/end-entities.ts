/** End entities: who certificates are for. */
import { z } from 'zod';
import { Id, pageOf, pageQuery, RealmRef, Slug, Timestamp } from '../model/basics.ts';
import { operation } from './operation.ts';

export const EndEntity = z
  .strictObject({
    id: Id,
    realm: Slug,
    commonName: z.string(),
    organization: z.string().nullable(),
    domainNames: z.array(z.string()),
    ipAddresses: z.array(z.string()),
    createdAt: Timestamp,
  })
  .meta({ id: 'EndEntity', description: 'Whom certificates are for; belongs to one realm for good.' });
export type EndEntity = z.infer<typeof EndEntity>;

export const listEndEntities = operation({
  id: 'end-entities.list',
  summary: 'List the end entities',
  method: 'GET',
  path: '/end-entities',
  input: z.strictObject({ ...pageQuery, realm: RealmRef.optional() }),
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
    commonName: z.string().min(1).max(64),
    organization: z.string().min(1).max(64).optional(),
    domainNames: z.array(z.string().min(1).max(253)).max(100).default([]),
    ipAddresses: z
      .array(z.union([z.ipv4(), z.ipv6()]))
      .max(100)
      .default([]),
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

export const endEntityOperations = [listEndEntities, createEndEntity, getEndEntity] as const;
