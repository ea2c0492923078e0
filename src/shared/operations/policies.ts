/** Policies: what may be issued, in numbered versions, with what a change would touch and a tester. */
import { z } from 'zod';
import { KeyAlgorithm } from '../model/algorithms.ts';
import { DisplayName, fromFile, Id, pageOf, pageQuery, RealmRef, Slug, Timestamp } from '../model/basics.ts';
import { CustomExtension, ExtendedKeyUsageOrOid } from '../model/extensions.ts';
import { KeyUsage, SubjectAltName, SubjectFields } from '../model/names.ts';
import { PolicyDefinition } from '../model/policy.ts';
import { RequestedBasicConstraints } from '../model/profile.ts';
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

/** Which of a request's fields, or the place in it, then the rule, as in a violation. */
const checkFields = {
  path: z.array(z.union([z.string(), z.int()])),
  rule: z.string(),
  message: z.string(),
};

export const PolicyCheck = z
  .strictObject({ ...checkFields, passed: z.boolean() })
  .meta({ id: 'PolicyCheck', description: 'One thing that a policy looked at in a request.' });
export type PolicyCheck = z.infer<typeof PolicyCheck>;

export const PolicyVersion = z
  .strictObject({
    version: z.int(),
    definition: PolicyDefinition,
    changedBy: z.string().describe('Empty where it is not known any more'),
    changedAt: Timestamp,
  })
  .meta({ id: 'PolicyVersion' });
export type PolicyVersion = z.infer<typeof PolicyVersion>;

export const PolicyImpact = z
  .strictObject({
    profiles: z.array(z.strictObject({ id: Id, slug: Slug, name: z.string() })),
    certificates: z.int().describe('How many valid ones were issued under it'),
    certificatesAreCapped: z.boolean(),
    checked: z.int().describe('How many of them, the newest, were looked at'),
    refused: z
      .array(
        z.strictObject({
          id: Id,
          commonName: z.string(),
          profile: Slug,
          notAfter: Timestamp,
          violations: z.array(z.strictObject(checkFields)),
        }),
      )
      .describe('Those of them that would not be issued any more, the newest first'),
  })
  .meta({ id: 'PolicyImpact', description: 'What a change of a policy would touch.' });
export type PolicyImpact = z.infer<typeof PolicyImpact>;

export const PolicyRef = z.string().min(1).max(63).describe('Slug or id of a policy');
const byReference = { id: PolicyRef, realm: RealmRef.optional() };

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

export const showPolicy = operation({
  id: 'policies.show',
  summary: 'Show a policy',
  method: 'GET',
  path: '/policies/{id}',
  input: z.strictObject(byReference),
  output: Policy,
  errors: ['NOT_FOUND'],
  permission: 'policies.read',
  risk: 'none',
});

export const updatePolicy = operation({
  id: 'policies.update',
  summary: 'Change a policy',
  description:
    'Another definition gives it the next version; certificates issued under the former stay valid.',
  method: 'PATCH',
  path: '/policies/{id}',
  input: z.strictObject({
    ...byReference,
    name: DisplayName.optional(),
    definition: PolicyDefinition.optional(),
    expectedVersion: z.int().optional().describe('Refused where the policy has another version by now'),
  }),
  output: Policy,
  errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  permission: 'policies.write',
  risk: 'change',
  audit: 'policy.updated',
});

export const deletePolicy = operation({
  id: 'policies.delete',
  summary: 'Delete a policy that no profile uses',
  method: 'DELETE',
  path: '/policies/{id}',
  input: z.strictObject(byReference),
  output: z.strictObject({}),
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'policies.write',
  risk: 'destructive',
  audit: 'policy.deleted',
});

export const listPolicyVersions = operation({
  id: 'policies.versions',
  summary: 'List the versions of a policy, the newest first',
  method: 'GET',
  path: '/policies/{id}/versions',
  input: z.strictObject(byReference),
  output: z.strictObject({ items: z.array(PolicyVersion) }),
  errors: ['NOT_FOUND'],
  permission: 'policies.read',
  risk: 'none',
});

export const policyImpact = operation({
  id: 'policies.impact',
  summary: 'Say what a changed definition would touch',
  description: 'Looks at the newest valid certificates under the policy, and changes nothing.',
  method: 'POST',
  path: '/policies/{id}/impact',
  input: z.strictObject({ ...byReference, definition: PolicyDefinition }),
  output: PolicyImpact,
  errors: ['NOT_FOUND'],
  permission: 'policies.read',
  risk: 'none',
});

export const testPolicy = operation({
  id: 'policies.test',
  summary: 'Say what of a request a policy permits, and why',
  description: 'By a policy that is there, or by a definition that is given. Nothing is issued or kept.',
  method: 'POST',
  path: '/policies/test',
  input: z.strictObject({
    policy: PolicyRef.optional(),
    realm: RealmRef.optional(),
    definition: PolicyDefinition.optional().describe('Instead of a policy that is there'),
    csr: z.string().max(100_000).meta(fromFile).optional().describe('PKCS#10 as PEM, RFC 2986'),
    subject: SubjectFields.optional(),
    subjectAltNames: z.array(SubjectAltName).max(100).optional(),
    keyAlgorithm: KeyAlgorithm.optional(),
    keyUsages: z.array(KeyUsage).max(9).optional(),
    extendedKeyUsages: z.array(ExtendedKeyUsageOrOid).max(100).optional(),
    basicConstraints: RequestedBasicConstraints.optional(),
    extensions: z.array(CustomExtension).max(20).optional(),
    validity: z.string().max(20).optional().describe('The longest that is permitted, where absent'),
    selfSigned: z.boolean().default(false),
  }),
  output: z
    .strictObject({ permitted: z.boolean(), checks: z.array(PolicyCheck) })
    .meta({ id: 'PolicyTest', description: 'What passes, what fails, and why.' }),
  errors: ['NOT_FOUND', 'INVALID_CSR'],
  permission: 'policies.read',
  risk: 'none',
});

export const policyOperations = [
  listPolicies,
  createPolicy,
  testPolicy,
  showPolicy,
  updatePolicy,
  deletePolicy,
  listPolicyVersions,
  policyImpact,
] as const;
