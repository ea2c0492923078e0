/** What a policy looks like there. */
import { z } from 'zod';
import { Id, Slug, Timestamp } from '../../../../shared/model/basics.ts';
import {
  altNameWords,
  keyAlgorithmWords,
  keyUsageWords,
  signatureAlgorithmWords,
  subjectAttributeWords,
} from './enumerations.ts';
import { UsageOrOid } from './shapes.ts';

const patterns = z.array(z.string().min(1).max(512)).max(100).optional();
const rules = { allowed: patterns, required: patterns, denied: patterns };

interface Rules {
  readonly allowed?: unknown;
  readonly required?: unknown;
  readonly denied?: unknown;
}
const saysSomething = ({ allowed, required, denied }: Rules) =>
  allowed !== undefined || required !== undefined || denied !== undefined;

const SubjectRule = z
  .strictObject({ type: subjectAttributeWords.schema, ...rules })
  .refine(saysSomething, {
    error: 'Subject attribute must have at least one allowed, required, or denied value',
  })
  .meta({ id: 'HanzoSubjectRule' });

const SanRule = z
  .strictObject({ type: altNameWords.schema, ...rules })
  .refine(saysSomething, { error: 'SAN must have at least one allowed, required, or denied value' })
  .meta({ id: 'HanzoSanRule' });

function usages<Usage extends z.ZodType>(usage: Usage, what: string) {
  const list = z.array(usage).max(100).optional();
  return z
    .strictObject({ allowed: list, required: list, denied: list })
    .refine(saysSomething, { error: `${what} must have at least one allowed, required, or denied value` });
}

/** The parts of a policy: one that is absent asks nothing, one that is empty permits nothing. */
export const policyFields = {
  description: z.string().trim().max(1000).nullish(),
  subject: z.array(SubjectRule).max(50).optional(),
  sans: z.array(SanRule).max(50).optional(),
  keyUsages: usages(keyUsageWords.schema, 'Key usages').optional(),
  extendedKeyUsages: usages(UsageOrOid, 'Extended key usages').optional(),
  algorithms: z
    .strictObject({
      signature: z.array(signatureAlgorithmWords.schema).min(1).optional(),
      keyAlgorithm: z.array(keyAlgorithmWords.schema).min(1).optional(),
    })
    .optional(),
  validity: z
    .strictObject({
      max: z
        .string()
        .regex(/^\d{1,5}[dhmy]$/, {
          error: "Max validity must be in format like '365d', '12m', '1y', or '24h'",
        })
        .optional()
        .describe('m means calendar months'),
    })
    .optional(),
  basicConstraints: z
    .strictObject({
      isCA: z.enum(['allowed', 'required', 'denied']).optional(),
      maxPathLength: z.int().min(-1).max(20).optional().describe('-1 is any'),
    })
    .nullish(),
};

export const PolicyParts = z.strictObject(policyFields);
export type PolicyParts = z.output<typeof PolicyParts>;

export const PolicyName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[a-zA-Z0-9-_]+$/, {
    error: 'Policy name must contain only letters, numbers, hyphens, and underscores',
  });

const shownRules = {
  allowed: z.array(z.string()),
  required: z.array(z.string()),
  denied: z.array(z.string()),
};
const ShownRules = z.strictObject(shownRules).partial();

export const ShownPolicy = z
  .strictObject({
    id: Id,
    projectId: Slug.describe('Slug of the realm'),
    name: z.string(),
    description: z.string().nullable(),
    subject: z.array(ShownRules.extend({ type: z.string() })).optional(),
    sans: z.array(ShownRules.extend({ type: z.string() })).optional(),
    keyUsages: ShownRules.optional(),
    extendedKeyUsages: ShownRules.optional(),
    algorithms: z.strictObject({
      signature: z.array(z.string()).optional(),
      keyAlgorithm: z.array(z.string()),
    }),
    validity: z.strictObject({ max: z.string().optional() }),
    basicConstraints: z.strictObject({
      isCA: z.enum(['allowed', 'required', 'denied']),
      maxPathLength: z.int(),
    }),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'HanzoCertificatePolicy' });
export type ShownPolicy = z.infer<typeof ShownPolicy>;
