/** Collections: queries for certificates that are kept under a name. */
import { z } from 'zod';
import { DisplayName, Id, Nothing, pageOf, pageQuery, RealmRef, Slug, Timestamp } from '../model/basics.ts';
import { CertificateQueryText } from './certificate-filters.ts';
import { operation } from './operation.ts';

export const Collection = z
  .strictObject({
    id: Id,
    number: z.int().describe('The same thing for those who know it by a number'),
    realm: Slug,
    name: z.string(),
    description: z.string(),
    query: z.string(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Collection', description: 'A query for certificates under a name.' });
export type Collection = z.infer<typeof Collection>;

const description = z.string().max(1000);

export const listCollections = operation({
  id: 'collections.list',
  summary: 'List the collections',
  method: 'GET',
  path: '/collections',
  input: z.strictObject({ ...pageQuery, realm: RealmRef.optional() }),
  output: pageOf(Collection),
  errors: [],
  permission: 'collections.read',
  risk: 'none',
});

export const createCollection = operation({
  id: 'collections.create',
  summary: 'Keep a query for certificates under a name',
  method: 'POST',
  path: '/collections',
  input: z.strictObject({
    realm: RealmRef.optional(),
    name: DisplayName,
    description: description.default(''),
    query: CertificateQueryText,
  }),
  output: Collection,
  status: 201,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND'],
  permission: 'collections.write',
  risk: 'change',
  audit: 'collection.created',
});

export const showCollection = operation({
  id: 'collections.show',
  summary: 'Show a collection',
  method: 'GET',
  path: '/collections/{id}',
  input: z.strictObject({ id: Id }),
  output: Collection,
  errors: ['NOT_FOUND'],
  permission: 'collections.read',
  risk: 'none',
});

export const updateCollection = operation({
  id: 'collections.update',
  summary: 'Change a collection',
  description: 'What is absent stays as it is.',
  method: 'PATCH',
  path: '/collections/{id}',
  input: z.strictObject({
    id: Id,
    name: DisplayName.optional(),
    description: description.optional(),
    query: CertificateQueryText.optional(),
  }),
  output: Collection,
  errors: ['NOT_FOUND', 'ALREADY_EXISTS'],
  permission: 'collections.write',
  risk: 'change',
  audit: 'collection.updated',
});

export const deleteCollection = operation({
  id: 'collections.delete',
  summary: 'Delete a collection; the certificates stay',
  method: 'DELETE',
  path: '/collections/{id}',
  input: z.strictObject({ id: Id }),
  output: Nothing,
  errors: ['NOT_FOUND'],
  permission: 'collections.write',
  risk: 'destructive',
  audit: 'collection.deleted',
});

export const collectionOperations = [
  listCollections,
  createCollection,
  showCollection,
  updateCollection,
  deleteCollection,
] as const;
