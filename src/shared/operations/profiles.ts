/** Profiles: a policy with an issuer, defaults, and what becomes of keys, requests and renewals, under one name. */
import { z } from 'zod';
import { KeyAlgorithm } from '../model/algorithms.ts';
import { Approval } from '../model/approval.ts';
import { DisplayName, Id, pageOf, pageQuery, RealmRef, Slug, Timestamp } from '../model/basics.ts';
import { ExtendedKeyUsageOrOid } from '../model/extensions.ts';
import { KeyUsage, SubjectFields } from '../model/names.ts';
import { DurationText } from '../model/policy.ts';
import {
  KeyRetention,
  ProfileDefaults,
  RenewalSettings,
  RenewBefore,
  RequestedBasicConstraints,
} from '../model/profile.ts';
import { operation } from './operation.ts';
import { PolicyRef } from './policies.ts';

const LintProfile = z
  .enum(['rfc5280', 'public-like'])
  .describe("Which rules a certificate must keep; public-like adds the CA/Browser Forum's baseline for TLS");
const KeysInUse = z
  .enum(['allow', 'warn', 'refuse'])
  .describe('What becomes of a request whose key another end entity or an authority uses already');
const EnrolmentMethods = z
  .array(z.enum(['api']))
  .min(1)
  .max(1);

export const Profile = z
  .strictObject({
    id: Id,
    slug: Slug,
    name: z.string(),
    realm: Slug,
    description: z.string(),
    policy: Slug,
    policyId: Id,
    issuer: Slug.nullable().describe('The authority that signs; null where certificates sign themselves'),
    issuerId: Id.nullable(),
    enrolmentMethods: EnrolmentMethods,
    enabled: z.boolean().describe('Whether anything is issued under it'),
    defaultValidity: z.string().describe('Duration, e.g. P90D'),
    defaultKeyAlgorithm: KeyAlgorithm,
    defaults: ProfileDefaults,
    keyRetention: KeyRetention,
    renewal: RenewalSettings,
    approval: Approval.nullable().describe("Beside the policy's; the stricter one holds"),
    lint: LintProfile,
    keysInUse: KeysInUse,
    createdAt: Timestamp,
  })
  .meta({ id: 'Profile', description: 'A policy, an issuer and defaults under one name.' });
export type Profile = z.infer<typeof Profile>;

const IssuerRef = z
  .string()
  .min(1)
  .max(63)
  .nullable()
  .describe('Slug or id of the authority that signs; null where certificates sign themselves');
const byReference = { id: z.string().min(1).max(63).describe('Slug or id'), realm: RealmRef.optional() };

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
    description: z.string().max(1000).optional(),
    realm: RealmRef.optional(),
    policy: PolicyRef,
    issuer: IssuerRef.optional(),
    selfSigned: z.boolean().optional().describe('Instead of an issuer'),
    defaultValidity: DurationText.default('P90D'),
    defaultKeyAlgorithm: KeyAlgorithm.default('ecdsa-p256'),
    defaults: ProfileDefaults.optional(),
    keyRetention: KeyRetention.optional(),
    renewal: RenewalSettings.optional(),
    approval: Approval.optional(),
    enrolmentMethods: EnrolmentMethods.optional(),
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

export const showProfile = operation({
  id: 'profiles.show',
  summary: 'Show a profile',
  method: 'GET',
  path: '/profiles/{id}',
  input: z.strictObject(byReference),
  output: Profile,
  errors: ['NOT_FOUND'],
  permission: 'profiles.read',
  risk: 'none',
});

export const updateProfile = operation({
  id: 'profiles.update',
  summary: 'Change a profile',
  description: 'What is absent stays as it is, and null goes back to what it is in a new profile.',
  method: 'PATCH',
  path: '/profiles/{id}',
  input: z.strictObject({
    ...byReference,
    name: DisplayName.nullish(),
    description: z.string().max(1000).nullish(),
    policy: PolicyRef.optional(),
    issuer: IssuerRef.optional(),
    enabled: z.boolean().optional(),
    defaultValidity: DurationText.nullish(),
    defaultKeyAlgorithm: KeyAlgorithm.nullish(),
    defaults: z
      .strictObject({
        subject: SubjectFields.nullish(),
        keyUsages: z.array(KeyUsage).max(9).nullish(),
        extendedKeyUsages: z.array(ExtendedKeyUsageOrOid).max(100).nullish(),
        basicConstraints: RequestedBasicConstraints.nullish(),
      })
      .nullish(),
    keyRetention: KeyRetention.nullish(),
    renewal: z
      .strictObject({ autoRenew: z.boolean().optional(), renewBefore: RenewBefore.optional() })
      .nullish(),
    approval: Approval.nullish(),
    lint: LintProfile.nullish(),
    keysInUse: KeysInUse.nullish(),
  }),
  output: Profile,
  errors: ['NOT_FOUND'],
  permission: 'profiles.write',
  risk: 'change',
  audit: 'profile.updated',
});

export const deleteProfile = operation({
  id: 'profiles.delete',
  summary: 'Delete a profile under which nothing was issued',
  description: 'One that has certificates can be switched off instead: profiles update --enabled false.',
  method: 'DELETE',
  path: '/profiles/{id}',
  input: z.strictObject(byReference),
  output: z.strictObject({}),
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'profiles.write',
  risk: 'destructive',
  audit: 'profile.deleted',
});

export const profileOperations = [
  listProfiles,
  createProfile,
  showProfile,
  updateProfile,
  deleteProfile,
] as const;
