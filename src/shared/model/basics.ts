/** Shapes that every area uses: ids, times, slugs, lists, files. */
import { z } from 'zod';

/** An id of ours: a UUID of version 7, RFC 9562. */
export const Id = z.uuid();

/** A moment in UTC, RFC 3339 with a final Z. */
export const Timestamp = z.iso.datetime().meta({ id: 'Timestamp', description: 'RFC 3339, always UTC.' });

export const Slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
  .meta({ id: 'Slug', description: 'Lower-case letters, digits and inner hyphens, at most 63.' });

/** A name that people give: no control characters, trimmed at its ends. */
export const DisplayName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u)
  .meta({
    id: 'DisplayName',
    description: '1 to 120 characters without control characters or outer spaces.',
  });

/** A realm by its slug or id. */
export const RealmRef = z.string().min(1).max(63).describe('Slug or id of a realm');

export const Pem = z.string().max(1_000_000);

/** What people note about a thing, by names of their own. */
export const Metadata = z
  .record(z.string().min(1).max(100), z.string().max(1000))
  .meta({ id: 'Metadata', description: 'Notes by name; at most 100 characters a name and 1,000 a value.' });
export type Metadata = z.infer<typeof Metadata>;

/** Marks a field whose value is a secret: the command line takes it from a file or a prompt only. */
export const secret = { secret: true, writeOnly: true } as const;
/** Marks a field of a body that the address may give as ?name=value where the body does not. */
export const defaultedByUrl = { defaultedByUrl: true } as const;
/** Marks a field whose value is the content of a file: the command line takes the file's path. */
export const fromFile = { fromFile: true } as const;
/** The same for files that need not be text: the command line passes their bytes in base64. */
export const bytesFromFile = { fromFile: 'bytes' } as const;

/** A list of files with their names: the command line takes paths of files and folders, and calls in batches. */
export const fromPaths = { fromPaths: true } as const;

/** The query of a list: a page of at most `limit`, after the place that `cursor` names. */
export const pageQuery = {
  search: z
    .string()
    .max(200)
    .optional()
    .describe('A run of characters inside the searchable fields, without regard to case'),
  cursor: z.string().max(1024).optional().describe('The nextCursor of the page before'),
  limit: z.int().min(1).max(500).default(50),
};

/** A page of a list; `total` stops counting at 5,001, which `totalIsCapped` tells. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.int(),
    totalIsCapped: z.boolean(),
  });
}

/** A file as an answer; callers that accept its media type get the bare bytes. */
export const FileContent = z
  .strictObject({
    fileName: z.string(),
    mediaType: z.string(),
    contentBase64: z.string(),
  })
  .meta({
    id: 'FileContent',
    description: 'A file; ask for its media type by Accept to get the bare bytes.',
  });
export type FileContent = z.infer<typeof FileContent>;

/** A text of any length as an answer: callers get the bare text, piece by piece. */
export const TextStream = z
  .strictObject({
    fileName: z.string(),
    mediaType: z.string(),
    chunks: z.unknown().describe('Within the process: AsyncIterable<string>'),
  })
  .meta({ id: 'TextStream', description: 'The bare text of a file.' });
export type TextStream = z.infer<typeof TextStream> & { readonly chunks: AsyncIterable<string> };

/** The answer of an operation that has nothing to tell. */
export const Nothing = z.strictObject({}).meta({ id: 'Nothing', description: 'Nothing to tell.' });
