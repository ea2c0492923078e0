/** A field that notes about certificates are made of: its name, and what may be noted under it. */
import { z } from 'zod';
import { Id, Slug, Timestamp } from './basics.ts';

export const noteTypes = ['string', 'integer', 'date', 'boolean', 'choice', 'text', 'email'] as const;
export const NoteType = z.enum(noteTypes).meta({
  id: 'NoteType',
  description:
    'What may be noted: a line, a whole number, a day, true or false, one of the options, a text, an address.',
});
export type NoteType = z.infer<typeof NoteType>;

export const NoteName = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u);

export const fieldDefinition = {
  description: z.string().max(1000),
  type: NoteType,
  hint: z.string().max(500).describe('What people are told who fill it in'),
  pattern: z
    .string()
    .max(500)
    .nullable()
    .describe('Of a string: which texts are taken; * stands for any characters, ? for one'),
  enrolment: z
    .enum(['optional', 'required', 'hidden'])
    .describe('Whether whoever asks for a certificate is asked for it'),
  options: z.array(z.string().min(1).max(200)).max(200).describe('Of a choice'),
  defaultValue: z.string().max(1000).nullable(),
};

export const MetadataField = z
  .strictObject({
    id: Id,
    number: z.int().describe('The same thing for those who know it by a number'),
    realm: Slug,
    name: NoteName,
    ...fieldDefinition,
    createdAt: Timestamp,
  })
  .meta({ id: 'MetadataField' });
export type MetadataField = z.infer<typeof MetadataField>;
