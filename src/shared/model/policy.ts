/**
 * What a policy says about the certificates issued under it. Every section of names says its mode, so that a
 * missing rule never means 'anything': `any` asks nothing, `none` permits nothing, `rules` permits what the rules
 * name and refuses every type without a rule.
 *
 * Within one rule `denied` wins; a value is permitted when it matches `allowed` or `required`, and where the rule
 * has neither, every value that is not denied. Of `required`, a subject attribute must match any one pattern,
 * while for alternative names every pattern must be met by some name.
 */
import { z } from 'zod';
import { KeyAlgorithm, SignatureAlgorithm } from './algorithms.ts';
import { Approval } from './approval.ts';
import { ExtendedKeyUsageOrOid, NameConstraint, PolicyExtensions } from './extensions.ts';
import { KeyUsage, namesItsKind, ObjectIdentifier, subjectAltNameTypes } from './names.ts';

export const subjectAttributes = [
  'commonName',
  'organization',
  'organizationalUnit',
  'country',
  'state',
  'locality',
  'serialNumber',
  'emailAddress',
  'domainComponent',
] as const;

export const SubjectAttribute = z
  .enum(subjectAttributes)
  .meta({ id: 'SubjectAttribute', description: 'A subject attribute that a policy can rule.' });
export type SubjectAttribute = z.infer<typeof SubjectAttribute>;

const Patterns = z
  .array(z.string().min(1).max(512))
  .min(1)
  .max(100)
  .meta({
    id: 'NamePatterns',
    description:
      'DNS: `*` is one label or part of one, `**` one or more labels. IP: an address or a CIDR prefix. Email and ' +
      'UPN: `local@domain`. URI: scheme, host by label, path with `*` within a segment and `**` across. Text: `*`.',
  });

const patternFields = {
  allowed: Patterns.optional(),
  required: Patterns.optional(),
  denied: Patterns.optional(),
};

export const SubjectRule = z
  .strictObject({ type: SubjectAttribute, ...patternFields })
  .meta({ id: 'SubjectRule', description: 'What one subject attribute may, must and must not be.' });
export type SubjectRule = z.infer<typeof SubjectRule>;

export const SubjectAltNameRule = z
  .strictObject({
    type: z.enum(subjectAltNameTypes),
    oid: ObjectIdentifier.optional().describe('Of an otherName: its kind'),
    ...patternFields,
  })
  .refine(namesItsKind, { error: 'A rule for otherName has an oid, and no other has one.', path: ['oid'] })
  .meta({
    id: 'SubjectAltNameRule',
    description: 'What the alternative names of one type may, must and must not be.',
  });
export type SubjectAltNameRule = z.infer<typeof SubjectAltNameRule>;

/** A section of names with its mode; no type may have two rules. */
function sectionOf<Rule extends z.ZodType<{ type: string; oid?: string | undefined }>>(rule: Rule) {
  return z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('any') }),
    z.strictObject({ mode: z.literal('none') }),
    z.strictObject({
      mode: z.literal('rules'),
      rules: z
        .array(rule)
        .min(1)
        .max(50)
        .refine((rules) => new Set(rules.map(({ type, oid }) => `${type} ${oid}`)).size === rules.length, {
          error: 'A type may have only one rule.',
        }),
    }),
  ]);
}

export const SubjectSection = sectionOf(SubjectRule).meta({ id: 'SubjectSection' });
export type SubjectSection = z.infer<typeof SubjectSection>;

export const SubjectAltNameSection = sectionOf(SubjectAltNameRule).meta({ id: 'SubjectAltNameSection' });
export type SubjectAltNameSection = z.infer<typeof SubjectAltNameSection>;

/** ISO 8601 (`P1Y6M`, `P2W`, `P90D`, `PT12H`) or one short unit: `1y`, `6m` (calendar months), `2w`, `90d`, `12h`, `30min`. */
export const durationPattern =
  /^(?:(?!P$)P(?:[0-9]{1,4}W|(?:[0-9]{1,3}Y)?(?:[0-9]{1,4}M)?(?:[0-9]{1,5}D)?(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,7}M)?(?:[0-9]{1,9}S)?)?)|[0-9]{1,3}y|[0-9]{1,4}[mw]|[0-9]{1,5}d|[0-9]{1,6}h|[0-9]{1,7}min)$/;

export const DurationText = z
  .string()
  .max(64)
  .regex(durationPattern)
  .regex(/[1-9]/)
  .meta({
    id: 'Duration',
    description:
      'ISO 8601 (P90D, P1Y, PT12H) or one of 90d, 12h, 2w, 6m (calendar months), 1y, 30min. Not zero.',
    examples: ['P90D', '90d'],
  });
export type DurationText = z.infer<typeof DurationText>;

/** Usages by what they may, must and must not hold; without `allowOthers`, what is not named is not permitted. */
function usagesOf<Usage extends z.ZodType>(usage: Usage, max: number) {
  return z.strictObject({
    allowed: z.array(usage).max(max),
    required: z.array(usage).max(max),
    denied: z.array(usage).max(max).optional(),
    allowOthers: z
      .boolean()
      .optional()
      .describe('Whether a request may ask for usages that are named nowhere here'),
  });
}

export const PolicyBasicConstraints = z
  .strictObject({
    isCa: z.enum(['denied', 'allowed', 'required']),
    maxPathLength: z.int().min(0).max(20).optional().describe('No longer path may be asked for'),
  })
  .meta({ id: 'PolicyBasicConstraints', description: 'Whether certificates may be those of authorities.' });

export const Uniqueness = z
  .strictObject({
    active: z.boolean().describe('Whether an end entity may have only one valid certificate'),
    renewalWindow: DurationText.optional().describe('How long before its end another one may be issued'),
  })
  .meta({ id: 'Uniqueness', description: 'Whether a second certificate is issued beside a valid one.' });

/**
 * What is optional here came later than the rest; where it is absent, a policy means what it meant before: nothing
 * is denied beyond what is not allowed, no signature algorithm is refused, nobody has to approve.
 */
export const PolicyDefinition = z
  .strictObject({
    description: z.string().max(1000).optional().describe('What it is for, in words'),
    subject: SubjectSection,
    subjectAltNames: SubjectAltNameSection,
    allowWildcards: z
      .boolean()
      .default(false)
      .describe('Whether a name such as *.example.com may be asked for'),
    keyUsages: usagesOf(KeyUsage, 9),
    extendedKeyUsages: usagesOf(ExtendedKeyUsageOrOid, 100),
    keyAlgorithms: z.array(KeyAlgorithm).min(1).max(50),
    signatureAlgorithms: z.array(SignatureAlgorithm).min(1).max(50).optional(),
    maxValidity: DurationText,
    minValidity: DurationText.optional(),
    isCa: z
      .boolean()
      .default(false)
      .describe(
        'Whether certificates under this policy are those of authorities; basicConstraints says more',
      ),
    basicConstraints: PolicyBasicConstraints.optional(),
    nameConstraints: z
      .strictObject({
        permitted: z.array(NameConstraint).max(100).optional(),
        excluded: z.array(NameConstraint).max(100).optional(),
      })
      .optional()
      .describe('What certificates of authorities under this policy may name in their turn'),
    extensions: PolicyExtensions.optional(),
    allowedExtensions: z
      .array(ObjectIdentifier)
      .max(50)
      .optional()
      .describe('Extensions that a request may bring along, as they are'),
    allowSelfSigned: z.boolean().optional(),
    allowImport: z
      .boolean()
      .optional()
      .describe(
        'Whether certificates of an authority outside may come in under it, as they may where absent',
      ),
    uniqueness: Uniqueness.optional(),
    approval: Approval.optional(),
  })
  .meta({
    id: 'PolicyDefinition',
    description: 'What may be issued. Permitted usages are `allowed` and `required`; `denied` wins.',
  });
export type PolicyDefinition = z.infer<typeof PolicyDefinition>;
