/** The fields that notes about certificates are made of. */
import { z } from 'zod';
import { Id, Nothing, pageOf, pageQuery, RealmRef } from '../model/basics.ts';
import { fieldDefinition, MetadataField, NoteName } from '../model/metadata-field.ts';
import { operation } from './operation.ts';

const { description, type, hint, pattern, enrolment, options, defaultValue } = fieldDefinition;

export const listMetadataFields = operation({
  id: 'metadata-fields.list',
  summary: 'List the fields of notes about certificates',
  method: 'GET',
  path: '/metadata-fields',
  input: z.strictObject({ ...pageQuery, realm: RealmRef.optional() }),
  output: pageOf(MetadataField).extend({
    otherNames: z.array(z.string()).describe('Under which something is noted without a field of that name'),
  }),
  errors: [],
  permission: 'metadata-fields.read',
  risk: 'none',
});

export const createMetadataField = operation({
  id: 'metadata-fields.create',
  summary: 'Create a field for notes about certificates',
  description: 'From then on, what is noted under its name has to be what the field says.',
  method: 'POST',
  path: '/metadata-fields',
  input: z.strictObject({
    realm: RealmRef.optional(),
    name: NoteName,
    description: description.default(''),
    type: type.default('string'),
    hint: hint.default(''),
    pattern: pattern.default(null),
    enrolment: enrolment.default('optional'),
    options: options.default([]),
    defaultValue: defaultValue.default(null),
  }),
  output: MetadataField,
  status: 201,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND'],
  permission: 'metadata-fields.write',
  risk: 'change',
  audit: 'metadata-field.created',
});

export const updateMetadataField = operation({
  id: 'metadata-fields.update',
  summary: 'Change a field for notes',
  description: 'What is absent stays as it is; so do its name, its type, and what is noted already.',
  method: 'PATCH',
  path: '/metadata-fields/{id}',
  input: z.strictObject({
    id: Id,
    ...{ description: description.optional(), hint: hint.optional(), pattern: pattern.optional() },
    ...{
      enrolment: enrolment.optional(),
      options: options.optional(),
      defaultValue: defaultValue.optional(),
    },
  }),
  output: MetadataField,
  errors: ['NOT_FOUND'],
  permission: 'metadata-fields.write',
  risk: 'change',
  audit: 'metadata-field.updated',
});

export const deleteMetadataField = operation({
  id: 'metadata-fields.delete',
  summary: 'Delete a field for notes; what is noted stays',
  method: 'DELETE',
  path: '/metadata-fields/{id}',
  input: z.strictObject({ id: Id }),
  output: Nothing,
  errors: ['NOT_FOUND'],
  permission: 'metadata-fields.write',
  risk: 'destructive',
  audit: 'metadata-field.deleted',
});

export const metadataFieldOperations = [
  listMetadataFields,
  createMetadataField,
  updateMetadataField,
  deleteMetadataField,
] as const;
