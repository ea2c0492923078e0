/** NIST PKITS: the subtests of the Public Key Interoperability Test Suite, version 1.0.1. */
import { validateCertificate } from '../../src/main/x509/index.ts';
import type { Outcome } from './vectors.ts';

export const pkitsFile = 'nist-pkits.json';

export interface PkitsSubtest {
  readonly id: string;
  readonly name: string;
  /** DER in base64, as everything else that is binary. */
  readonly trustAnchor: string;
  readonly certificates: readonly string[];
  readonly crls: readonly string[];
  readonly endEntity: string;
  readonly initialPolicies: readonly string[];
  readonly initialExplicitPolicy: boolean;
  readonly initialPolicyMappingInhibit?: boolean;
  readonly initialInhibitAnyPolicy?: boolean;
  readonly explicitPolicyResult?: boolean;
  readonly authorityPolicies?: readonly string[];
  readonly userPolicies?: readonly string[];
  readonly valid: boolean;
}

/** The certificates are valid until 2030, the CRLs too. */
const time = new Date('2015-06-01T12:00:00Z');
const anyPolicy = '2.5.29.32.0';

export function validateSubtest(subtest: PkitsSubtest) {
  const decode = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'));
  return validateCertificate(
    decode(subtest.endEntity),
    {
      anchors: [{ certificate: decode(subtest.trustAnchor) }],
      intermediates: subtest.certificates.map(decode),
      crls: subtest.crls.map(decode),
    },
    {
      time,
      // The suite is about section 6, and signs with DSA and SHA-1 in some of its chains.
      profile: 'path',
      allowSha1: true,
      revocation: 'require',
      initialPolicies: subtest.initialPolicies.map((policy) => (policy === 'anyPolicy' ? anyPolicy : policy)),
      requireExplicitPolicy: subtest.initialExplicitPolicy,
      inhibitPolicyMapping: subtest.initialPolicyMappingInhibit ?? false,
      inhibitAnyPolicy: subtest.initialInhibitAnyPolicy ?? false,
    },
  );
}

export function runPkits(subtests: readonly PkitsSubtest[]): Outcome[] {
  return subtests.map((subtest) => {
    const result = validateSubtest(subtest);
    return {
      suite: 'nist-pkits',
      id: subtest.id,
      expected: subtest.valid ? 'valid' : 'invalid',
      got: result.ok ? 'valid' : 'invalid',
      reasons: result.ok ? [] : result.failures.map(({ rule, message }) => `${rule}: ${message}`),
    };
  });
}
