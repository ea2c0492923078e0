/** Certificate profiles. */
import { z } from 'zod';
import { Id, Slug, Timestamp } from '../../../../shared/model/basics.ts';
import type { Input, Output } from '../../../../shared/operations/index.ts';
import { extendedKeyUsagesOf, subjectOf } from './attributes.ts';
import { endpoint } from './endpoint.ts';
import { extendedKeyUsageWords, keyAlgorithmWords, keyUsageWords } from './enumerations.ts';
import { badRequest } from './hanzo-error.ts';
import { collectByOffset } from './offset-page.ts';
import {
  BasicConstraints,
  byId,
  none,
  ProjectRef,
  pageByOffset,
  subjectFields,
  UsageOrOid,
} from './shapes.ts';
import { daysOf } from './whole-days.ts';

const tag = 'Hanzo KMS certificate profiles';
const notFound = 'Certificate profile not found';
const issuerTypes = ['ca', 'self-signed'] as const;

const EnrollmentType = z.enum(['api']).describe('The one way to ask for certificates here');
const ApiConfig = z.strictObject({
  autoRenew: z.boolean().default(false),
  renewBeforeDays: z.int().min(1).max(30).optional(),
});

const Defaults = z
  .strictObject({
    ttlDays: z.int().min(1).max(99_999).optional(),
    ...subjectFields,
    keyAlgorithm: keyAlgorithmWords.schema.optional(),
    keyUsages: z.array(keyUsageWords.schema).max(9).optional(),
    extendedKeyUsages: z.array(UsageOrOid).max(100).optional(),
    basicConstraints: BasicConstraints.optional(),
  })
  .meta({ id: 'HanzoProfileDefaults' });
type Defaults = z.output<typeof Defaults>;

const Shown = z
  .strictObject({
    id: Id,
    projectId: Slug.describe('Slug of the realm'),
    slug: Slug,
    description: z.string().nullable(),
    enrollmentType: EnrollmentType,
    issuerType: z.enum(issuerTypes),
    caId: Id.nullable(),
    certificatePolicyId: Id,
    apiConfig: z.strictObject({ autoRenew: z.boolean(), renewBeforeDays: z.int().optional() }),
    defaults: Defaults.omit({ extendedKeyUsages: true, keyUsages: true, keyAlgorithm: true }).extend({
      keyAlgorithm: z.string(),
      keyUsages: z.array(z.string()).optional(),
      extendedKeyUsages: z.array(z.string()).optional(),
    }),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'HanzoCertificateProfile' });
type Shown = z.infer<typeof Shown>;
const One = z.strictObject({ certificateProfile: Shown });

function shown(profile: Output<'profiles.show'>): Shown {
  const { issuerId, renewal, defaults, defaultValidity, createdAt } = profile;
  const { domainComponent: domainComponents, commonName, organization } = defaults.subject ?? {};
  const { organizationalUnit, country, state, locality } = defaults.subject ?? {};
  const { keyUsages, extendedKeyUsages, basicConstraints: constraints } = defaults;
  const ttlDays = daysOf(defaultValidity);
  const renewBeforeDays = daysOf(renewal.renewBefore);
  return {
    id: profile.id,
    projectId: profile.realm,
    slug: profile.slug,
    description: profile.description === '' ? null : profile.description,
    enrollmentType: 'api',
    issuerType: issuerId === null ? 'self-signed' : 'ca',
    caId: issuerId,
    certificatePolicyId: profile.policyId,
    apiConfig: { autoRenew: renewal.autoRenew, ...(renewBeforeDays !== undefined && { renewBeforeDays }) },
    defaults: {
      ...(ttlDays !== undefined && { ttlDays }),
      ...{ commonName, organization, organizationalUnit, country, state, locality, domainComponents },
      keyAlgorithm: keyAlgorithmWords.theirs(profile.defaultKeyAlgorithm),
      ...(keyUsages && { keyUsages: keyUsages.map((usage) => keyUsageWords.theirs(usage)) }),
      ...(extendedKeyUsages && {
        extendedKeyUsages: extendedKeyUsages.map((usage) => extendedKeyUsageWords.theirs(usage)),
      }),
      ...(constraints && {
        basicConstraints: {
          isCA: constraints.isCa,
          ...(constraints.pathLength !== undefined && { pathLength: constraints.pathLength }),
        },
      }),
    },
    createdAt,
    updatedAt: createdAt,
  };
}

/** The defaults in our words; what is null there is none. */
function defaultsOf(defaults: Defaults) {
  const { ttlDays, keyAlgorithm, keyUsages, extendedKeyUsages, basicConstraints } = defaults;
  const said = Object.entries(subjectOf(defaults) ?? {}).filter(([, value]) => value !== null);
  return {
    ...(ttlDays !== undefined && { defaultValidity: `${ttlDays}d` }),
    ...(keyAlgorithm && { defaultKeyAlgorithm: keyAlgorithmWords.ours(keyAlgorithm) }),
    defaults: {
      ...(said.length > 0 && { subject: Object.fromEntries(said) }),
      ...(keyUsages && { keyUsages: keyUsages.map((word) => keyUsageWords.ours(word)) }),
      ...(extendedKeyUsages && { extendedKeyUsages: extendedKeyUsagesOf(extendedKeyUsages) }),
      ...(basicConstraints && {
        basicConstraints: {
          isCa: basicConstraints.isCA,
          ...(basicConstraints.pathLength !== undefined && { pathLength: basicConstraints.pathLength }),
        },
      }),
    } as NonNullable<Input<'profiles.create'>['defaults']>,
  };
}

function renewalOf({ autoRenew, renewBeforeDays }: z.output<typeof ApiConfig>) {
  return { autoRenew, ...(renewBeforeDays !== undefined && { renewBefore: `${renewBeforeDays}d` }) };
}

const create = endpoint({
  operationId: 'hanzo.createCertificateProfile',
  tag,
  summary: 'Create a certificate profile',
  method: 'POST',
  path: '/certificate-profiles',
  params: none,
  query: none,
  body: z
    .strictObject({
      projectId: ProjectRef.optional(),
      slug: Slug,
      description: z.string().max(1000).optional(),
      enrollmentType: EnrollmentType,
      issuerType: z.enum(issuerTypes).default('ca'),
      caId: Id.optional(),
      certificatePolicyId: Id,
      apiConfig: ApiConfig.optional(),
      defaults: Defaults.nullish(),
    })
    .refine(({ issuerType, caId }) => issuerType !== 'ca' || caId !== undefined, {
      error: 'CA issuer type requires a CA ID',
    })
    .refine(({ issuerType, caId }) => issuerType !== 'self-signed' || caId === undefined, {
      error: 'Self-signed issuer type cannot have a CA ID',
    }),
  output: One,
  run: async ({ body, perform }) => {
    const { projectId: realm, slug, description, caId, certificatePolicyId, apiConfig, defaults } = body;
    const profile = await perform('profiles.create', {
      slug,
      realm,
      description,
      policy: certificatePolicyId,
      issuer: caId ?? null,
      ...(apiConfig && { renewal: renewalOf(apiConfig) }),
      ...(defaults && defaultsOf(defaults)),
    });
    return { certificateProfile: shown(profile) };
  },
});

const list = endpoint({
  operationId: 'hanzo.listCertificateProfiles',
  tag,
  summary: 'List the certificate profiles',
  method: 'GET',
  path: '/certificate-profiles',
  params: none,
  query: z.strictObject({
    ...pageByOffset,
    projectId: ProjectRef.optional(),
    search: z.string().max(200).optional(),
    enrollmentType: EnrollmentType.optional(),
    issuerType: z.enum(issuerTypes).optional(),
    caId: Id.optional(),
  }),
  body: none,
  output: z.strictObject({ certificateProfiles: z.array(Shown), totalCount: z.int() }),
  run: async ({ query: { offset, limit, projectId: realm, search, issuerType, caId }, perform }) => {
    const isWanted = ({ issuerId }: Output<'profiles.show'>) =>
      (issuerType === undefined || (issuerType === 'self-signed') === (issuerId === null)) &&
      (caId === undefined || caId === issuerId);
    const isFiltered = issuerType !== undefined || caId !== undefined;
    const found = await collectByOffset(
      { offset, limit },
      (page) => perform('profiles.list', { ...page, realm, search }),
      isFiltered ? isWanted : undefined,
    );
    return { certificateProfiles: found.items.map(shown), totalCount: found.total };
  },
});

const get = endpoint({
  operationId: 'hanzo.getCertificateProfile',
  tag,
  summary: 'Fetch a certificate profile',
  method: 'GET',
  path: '/certificate-profiles/{id}',
  params: byId,
  query: none,
  body: none,
  output: One,
  notFound,
  run: async ({ params, perform }) => ({ certificateProfile: shown(await perform('profiles.show', params)) }),
});

const getBySlug = endpoint({
  operationId: 'hanzo.getCertificateProfileBySlug',
  tag,
  summary: 'Fetch a certificate profile by its slug',
  method: 'GET',
  path: '/certificate-profiles/slug/{slug}',
  params: z.strictObject({ slug: Slug }),
  query: z.strictObject({ projectId: ProjectRef.optional() }),
  body: none,
  output: One,
  notFound,
  run: async ({ params: { slug: id }, query: { projectId: realm }, perform }) => ({
    certificateProfile: shown(await perform('profiles.show', { id, realm })),
  }),
});

const update = endpoint({
  operationId: 'hanzo.updateCertificateProfile',
  tag,
  summary: 'Change a certificate profile',
  description: 'defaults replaces those that are there, and null clears them. The slug stays.',
  method: 'PATCH',
  path: '/certificate-profiles/{id}',
  params: byId,
  query: none,
  body: z.strictObject({
    slug: Slug.optional(),
    description: z.string().max(1000).optional(),
    enrollmentType: EnrollmentType.optional(),
    apiConfig: ApiConfig.optional(),
    defaults: Defaults.nullish(),
  }),
  output: One,
  notFound,
  run: async ({ params: { id }, body: { slug, description, apiConfig, defaults }, perform }) => {
    const former = await perform('profiles.show', { id });
    if (slug !== undefined && slug !== former.slug)
      throw badRequest('The slug of a profile stays: what was issued under it goes by it.');
    const cleared = { subject: null, keyUsages: null, extendedKeyUsages: null, basicConstraints: null };
    const { defaults: given = {}, ...own } = defaults ? defaultsOf(defaults) : {};
    if (defaults !== undefined) await perform('profiles.update', { id, defaults: cleared });
    const changes = { ...own, ...(defaults && { defaults: given }) };
    const profile = await perform('profiles.update', {
      ...{ id, description, ...changes },
      ...(apiConfig && { renewal: renewalOf(apiConfig) }),
    });
    return { certificateProfile: shown(profile) };
  },
});

const remove = endpoint({
  operationId: 'hanzo.deleteCertificateProfile',
  tag,
  summary: 'Delete a certificate profile under which nothing was issued',
  method: 'DELETE',
  path: '/certificate-profiles/{id}',
  params: byId,
  query: none,
  body: none,
  output: One,
  notFound,
  run: async ({ params, perform }) => {
    const profile = await perform('profiles.show', params);
    await perform('profiles.delete', params);
    return { certificateProfile: shown(profile) };
  },
});

export const profileEndpoints = [create, list, getBySlug, get, update, remove];
