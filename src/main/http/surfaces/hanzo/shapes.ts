/** Shapes that several endpoints share. */
import { z } from 'zod';
import { Id, Timestamp } from '../../../../shared/model/basics.ts';
import { ObjectIdentifier } from '../../../../shared/model/names.ts';
import {
  altNameWords,
  extendedKeyUsageWords,
  keyAlgorithmWords,
  keyUsageWords,
  signatureAlgorithmWords,
} from './enumerations.ts';

export const none = z.strictObject({});

export const byId = z.strictObject({ id: Id });

export const ProjectRef = z.string().min(1).max(63).describe('Slug or id of a realm');

/** The page of a list, by number of entries. */
export const pageByOffset = {
  offset: z.int().min(0).max(10_000).default(0),
  limit: z.int().min(1).max(100).default(20),
};

export const MetadataEntries = z
  .array(z.strictObject({ key: z.string().min(1).max(100), value: z.string().max(1000) }))
  .max(100)
  .meta({ id: 'HanzoMetadata', description: 'Notes by key.' });

/** A usage by its word, or by its object identifier. */
export const UsageOrOid = z.union([extendedKeyUsageWords.schema, ObjectIdentifier]);

export const RemoveRoots = z
  .union([z.boolean(), z.enum(['true', 'false'])])
  .default(false)
  .describe('Whether the chain ends below the root');

export const isTrue = (value: boolean | 'true' | 'false') => value === true || value === 'true';

const text = (max: number) => z.string().trim().min(1).max(max).nullish();

export const BasicConstraints = z
  .strictObject({ isCA: z.boolean(), pathLength: z.int().min(0).max(20).optional() })
  .meta({ id: 'HanzoBasicConstraints' });

/** The attributes of the subject; an absent one is the default of the profile, null is none. */
export const subjectFields = {
  commonName: text(64),
  organization: text(64),
  organizationalUnit: text(64),
  country: z.string().length(2).nullish(),
  state: text(128),
  locality: text(128),
  domainComponents: z.array(z.string().min(1).max(63)).max(16).nullish(),
};

export const Attributes = z
  .strictObject({
    ...subjectFields,
    altNames: z
      .array(z.strictObject({ type: altNameWords.schema, value: z.string().trim().min(1).max(2048) }))
      .max(100)
      .nullish(),
    keyUsages: z.array(keyUsageWords.schema).max(9).nullish(),
    extendedKeyUsages: z.array(UsageOrOid).max(100).nullish(),
    keyAlgorithm: keyAlgorithmWords.schema.nullish(),
    signatureAlgorithm: signatureAlgorithmWords.schema
      .nullish()
      .describe('How the issuer of the profile signs; another one is refused'),
    ttl: z.string().trim().min(1).max(64).nullish().describe("'90d', '24h', '1y'; m means calendar months"),
    notBefore: Timestamp.nullish(),
    notAfter: Timestamp.nullish(),
    basicConstraints: BasicConstraints.nullish(),
  })
  .refine(({ ttl, notBefore, notAfter }) => !(ttl && (notBefore || notAfter)), {
    error:
      'Cannot specify both TTL and notBefore/notAfter. Use either TTL for duration-based validity or notBefore/notAfter for explicit date range.',
  })
  .refine(({ notBefore, notAfter }) => !(notBefore && notAfter && notBefore >= notAfter), {
    error: 'notBefore must be earlier than notAfter',
  })
  .refine(({ notBefore, notAfter }) => !(notBefore && !notAfter), {
    error: 'notBefore needs notAfter',
    path: ['notAfter'],
  })
  .meta({
    id: 'HanzoCertificateAttributes',
    description: 'An absent field is the default of the profile, null clears it.',
  });
export type Attributes = z.output<typeof Attributes>;
