/** What can be chosen of a CA certificate, whoever it is for: the fields that creating and certifying share. */
import { z } from 'zod';
import { Timestamp } from '../model/basics.ts';
import {
  CertificatePolicy,
  CustomExtension,
  ExtendedKeyUsageOrOid,
  NameConstraint,
  PolicyConstraints,
  PolicyMapping,
  SubjectInfoAccess,
} from '../model/extensions.ts';

export const authorityContentFields = {
  validity: z
    .string()
    .max(20)
    .optional()
    .describe("Duration, e.g. 'P10Y' or '3650d'; 10 years for a root, 5 below it"),
  notBefore: Timestamp.optional().describe('When it begins; now where it is absent'),
  notAfter: Timestamp.optional().describe('The last second in which it is valid, instead of a validity'),
  pathLength: z.int().min(0).max(10).optional().describe('How many authorities may follow below it'),
  permittedNames: z
    .array(NameConstraint)
    .max(200)
    .optional()
    .meta({ flag: 'permit' })
    .describe('Of each type that is here, only names within these may be issued'),
  excludedNames: z
    .array(NameConstraint)
    .max(200)
    .optional()
    .meta({ flag: 'exclude' })
    .describe('No names within these may be issued'),
  extendedKeyUsages: z
    .array(ExtendedKeyUsageOrOid)
    .max(20)
    .optional()
    .describe('The only purposes that certificates below it may have; all where it is absent'),
  certificatePolicies: z
    .array(CertificatePolicy)
    .max(50)
    .optional()
    .meta({ flag: 'policies' })
    .describe('The policies under which it issues'),
  policyMappings: z.array(PolicyMapping).max(50).optional().describe('Policies that count as each other'),
  policyConstraints: PolicyConstraints.optional().describe('Whether policies are required'),
  inhibitAnyPolicy: z
    .int()
    .min(0)
    .max(255)
    .optional()
    .describe('After how many certificates anyPolicy stops to count'),
  subjectInfoAccess: z.array(SubjectInfoAccess).max(10).optional().describe('Services that it offers'),
  customExtensions: z.array(CustomExtension).max(20).optional().describe('Extensions without a field here'),
} as const;

const AuthorityContent = z.strictObject(authorityContentFields);
export type AuthorityContent = z.infer<typeof AuthorityContent>;
