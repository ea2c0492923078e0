import type { Violation } from '../../../shared/errors.ts';
import type { ComposedRequest } from '../certificates/compose-request.ts';
import { checkedLeaf, type PreparedLeaf, requireEnabled } from '../certificates/prepare-leaf.ts';
import type { ProfileInUse } from '../policies/profile-in-use.ts';

/** What the policy says to a request for an authority outside. Throws CONFLICT where the profile is switched off. */
export function externalLeaf(profile: ProfileInUse, request: ComposedRequest): PreparedLeaf {
  requireEnabled(profile);
  const prepared = checkedLeaf(profile, null, request);
  return { ...prepared, violations: [...prepared.violations, ...importViolations(profile)] };
}

/** Whether what an authority outside has issued may come in under the policy. */
export function importViolations({
  definition,
  policy,
}: Pick<ProfileInUse, 'definition' | 'policy'>): Violation[] {
  if (definition.allowImport !== false) return [];
  const message = `Under the policy ${policy.slug} no certificate comes in from an authority outside.`;
  return [{ path: ['profile'], rule: 'allowImport', message }];
}
