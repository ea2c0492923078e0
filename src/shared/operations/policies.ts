/** Policies (what may be issued) and profiles (a policy with an issuer and defaults). */
import { z } from 'zod';
import { KeyAlgorithm } from '../model/algorithms.ts';
import { DisplayName, Id, pageOf, pageQuery, RealmRef, Slug, Timestamp } from '../model/basics.ts';
import { PolicyDefinition } from '../model/policy.ts';
import { operation } from './operation.ts';

export const Policy = z
  .strictObject({
    id: Id,
    slug: Slug,
    name: z.string(),
    realm: Slug,
    version: z.int(),
    definition: PolicyDefinition,
    createdAt: Timestamp,
  })
  .meta({ id: 'Policy', description: 'What may be issued.' });
export type Policy = z.infer<typeof Policy>;

const LintProfile = z
  .enum(['rfc5280', 'public-like'])
  .describe("Which rules a certificate must keep; public-like adds the CA/Browser Forum's baseline for TLS");
const KeysInUse = z
  .enum(['allow', 'warn', 'refuse'])
  .describe('What becomes of a request whose key another end entity or an authority uses already');

export const Profile = z
  .strictObject({
    id: Id,
    slug: Slug,
    name: z.string(),
    realm: Slug,
    policy: Slug,
    issuer: Slug.nullable().describe('The authority that signs; null where certificates sign themselves'),
    enrolmentMethods: z.array(z.enum(['api'])),
    defaultValidity: z.string().describe('Duration, e.g. P90D'),
    defaultKeyAlgorithm: KeyAlgorithm,
    lint: LintProfile,
    keysInUse: KeysInUse,
    createdAt: Timestamp,
  })
  .meta({ id: 'Profile', description: 'A policy, an issuer and defaults under one name.' });
export type Profile = z.infer<typeof Profile>;

const Ref = z.string().min(1).max(63);

export const listPolicies = operation({
  id: 'policies.list',
  summary: 'List the policies',
  method: 'GET',
  path: '/policies',
  input: z.strictObject({ ...pageQuery, realm: RealmRef.optional() }),
  output: pageOf(Policy),
  errors: [],
  permission: 'policies.read',
  risk: 'none',
});

export const createPolicy = operation({
  id: 'policies.create',
  summary: 'Create a policy',
  method: 'POST',
  path: '/policies',
  input: z.strictObject({
    slug: Slug,
    name: DisplayName.optional(),
    realm: RealmRef.optional(),
    definition: PolicyDefinition,
  }),
  output: Policy,
  status: 201,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND'],
  permission: 'policies.write',
  risk: 'change',
  audit: 'policy.created',
});

export const listProfiles = operation({
  id: 'profiles.list',
  summary: 'List the profiles',
  method: 'GET',
  path: '/profiles',
  input: z.strictObject({ ...pageQuery, realm: RealmRef.optional() }),
  output: pageOf(Profile),
  errors: [],
  permission: 'profiles.read',
  risk: 'none',
});

export const createProfile = operation({
  id: 'profiles.create',
  summary: 'Create a profile',
  method: 'POST',
  path: '/profiles',
  input: z.strictObject({
    slug: Slug,
    name: DisplayName.optional(),
    realm: RealmRef.optional(),
    policy: Ref.describe('Slug or id of the policy'),
    issuer: Ref.describe('Slug or id of the authority that signs'),
    defaultValidity: z.string().max(20).default('P90D'),
    defaultKeyAlgorithm: KeyAlgorithm.default('ecdsa-p256'),
    lint: LintProfile.default('rfc5280'),
    keysInUse: KeysInUse.default('warn'),
  }),
  output: Profile,
  status: 201,
  errors: ['ALREADY_EXISTS', 'NOT_FOUND'],
  permission: 'profiles.write',
  risk: 'change',
  audit: 'profile.created',
});

export const policyOperations = [listPolicies, createPolicy] as const;
export const profileOperations = [listProfiles, createProfile] as const;
