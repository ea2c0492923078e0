/** Collections of certificates and the fields of metadata. */
import { z } from 'zod';
import type { MetadataField, NoteType } from '../../../../shared/model/metadata-field.ts';
import { noteTypes } from '../../../../shared/model/metadata-field.ts';
import type { Output } from '../../../../shared/operations/index.ts';
import { type KeyfactorCall, missing, pageOf, readBody, requireNumber } from './keyfactor-call.ts';
import type { KeyfactorEndpoint } from './keyfactor-endpoint.ts';
import { ListAnswer } from './list-answer.ts';
import { wholeList } from './template-endpoints.ts';

type Collection = Output<'collections.show'>;

const presentCollection = ({ number, name, description, query }: Collection) => ({
  Id: number,
  Name: name,
  Description: description,
  Automated: false,
  Content: query,
  Query: query,
  DuplicationField: 0,
  ShowOnDashboard: false,
  Favorite: false,
});

const allCollections = ({ perform }: KeyfactorCall) => wholeList((page) => perform('collections.list', page));

async function collectionOf(call: KeyfactorCall, number: number): Promise<Collection> {
  const found = (await allCollections(call)).find((one) => one.number === number);
  if (found) return found;
  throw missing(`There is no certificate collection ${number}.`);
}

const CollectionBody = z.object({
  Name: z.string().min(1).max(120),
  Description: z.string().max(1000).default(''),
  Query: z.string().max(8000).optional(),
  Content: z.string().max(8000).optional(),
});
const collectionFields = (body: unknown) => {
  const { Name: name, Description: description, Query, Content } = readBody(CollectionBody, body);
  return { name, description, query: Query ?? Content ?? '' };
};
const idIn = (body: unknown, what: string) =>
  requireNumber(String(readBody(z.object({ Id: z.int() }), body).Id), what);

const collectionExample = { Name: 'Expiring', Description: '', Query: 'ExpirationDate -le "%TODAY+30%"' };

const collections: readonly KeyfactorEndpoint[] = [
  {
    ...{ method: 'GET', path: '/CertificateCollections', tag: 'CertificateCollection' },
    summary: 'Returns all collections',
    run: async (call) =>
      ListAnswer.pageOf((await allCollections(call)).map(presentCollection), pageOf(call.query)),
  },
  {
    ...{ method: 'GET', path: '/CertificateCollections/{id}', tag: 'CertificateCollection' },
    summary: 'Returns a collection',
    run: async (call) =>
      presentCollection(await collectionOf(call, requireNumber(call.path.id, 'certificate collection'))),
  },
  {
    ...{ method: 'POST', path: '/CertificateCollections', tag: 'CertificateCollection' },
    summary: 'Keeps a query under a name',
    example: collectionExample,
    run: async ({ perform, body, realm }) =>
      presentCollection(await perform('collections.create', { realm, ...collectionFields(body) })),
  },
  {
    ...{ method: 'PUT', path: '/CertificateCollections', tag: 'CertificateCollection' },
    summary: 'Changes a collection',
    example: { Id: 1, ...collectionExample },
    run: async (call) => {
      const { id } = await collectionOf(call, idIn(call.body, 'certificate collection'));
      return presentCollection(
        await call.perform('collections.update', { id, ...collectionFields(call.body) }),
      );
    },
  },
];

const enrolments = ['optional', 'required', 'hidden'] as const;

const presentField = (field: MetadataField) => ({
  Id: field.number,
  Name: field.name,
  Description: field.description,
  DataType: noteTypes.indexOf(field.type) + 1,
  Hint: field.hint,
  Validation: field.pattern,
  Enrollment: enrolments.indexOf(field.enrolment),
  Message: null,
  Options: field.options.join(','),
  DefaultValue: field.defaultValue,
  AllowAPI: true,
  ExplicitUpdate: false,
  DisplayOrder: 0,
  CaseSensitive: false,
});

const FieldBody = z.object({
  Name: z.string().min(1).max(100).optional(),
  Description: z.string().max(1000).default(''),
  DataType: z.int().min(1).max(noteTypes.length).default(1),
  Hint: z.string().max(500).default(''),
  Enrollment: z.int().min(0).max(2).default(0),
  Options: z.union([z.string(), z.array(z.string())]).optional(),
  DefaultValue: z.string().max(1000).optional(),
});

function fieldInput(body: unknown) {
  const given = readBody(FieldBody, body);
  const options = [given.Options ?? []]
    .flat()
    .flatMap((one) => one.split(',').map((option) => option.trim()));
  return {
    description: given.Description,
    hint: given.Hint,
    enrolment: enrolments[given.Enrollment] ?? 'optional',
    options: options.filter((option) => option !== ''),
    defaultValue: given.DefaultValue ?? null,
  };
}

const allFields = ({ perform }: KeyfactorCall) => wholeList((page) => perform('metadata-fields.list', page));

async function fieldOf(call: KeyfactorCall, number: number): Promise<MetadataField> {
  const found = (await allFields(call)).find((one) => one.number === number);
  if (found) return found;
  throw missing(`There is no metadata field ${number}.`);
}

const fieldExample = { Name: 'Owner', Description: 'Who looks after it', DataType: 1, Enrollment: 0 };

const fields: readonly KeyfactorEndpoint[] = [
  {
    ...{
      method: 'GET',
      path: '/MetadataFields',
      tag: 'MetadataField',
      summary: 'Returns all metadata fields',
    },
    run: async (call) => ListAnswer.pageOf((await allFields(call)).map(presentField), pageOf(call.query)),
  },
  {
    ...{
      method: 'GET',
      path: '/MetadataFields/{id}',
      tag: 'MetadataField',
      summary: 'Returns a metadata field',
    },
    run: async (call) => {
      const named = (await allFields(call)).find(
        ({ name }) => name.toLowerCase() === call.path.id?.toLowerCase(),
      );
      return presentField(named ?? (await fieldOf(call, requireNumber(call.path.id, 'metadata field'))));
    },
  },
  {
    ...{ method: 'POST', path: '/MetadataFields', tag: 'MetadataField', summary: 'Creates a metadata field' },
    example: fieldExample,
    run: async ({ perform, body, realm }) => {
      const { Name: name = '', DataType } = readBody(FieldBody, body);
      const type: NoteType = noteTypes[DataType - 1] ?? 'string';
      return presentField(
        await perform('metadata-fields.create', { realm, name, type, ...fieldInput(body) }),
      );
    },
  },
  {
    ...{ method: 'PUT', path: '/MetadataFields', tag: 'MetadataField', summary: 'Changes a metadata field' },
    example: { Id: 1, ...fieldExample },
    run: async (call) => {
      const { id } = await fieldOf(call, idIn(call.body, 'metadata field'));
      return presentField(await call.perform('metadata-fields.update', { id, ...fieldInput(call.body) }));
    },
  },
  {
    ...{ method: 'DELETE', path: '/MetadataFields/{id}', tag: 'MetadataField' },
    summary: 'Deletes a metadata field; what is noted stays',
    run: async (call) => {
      const { id } = await fieldOf(call, requireNumber(call.path.id, 'metadata field'));
      await call.perform('metadata-fields.delete', { id });
      return undefined;
    },
  },
];

export const collectionEndpoints: readonly KeyfactorEndpoint[] = [...collections, ...fields];
