import { addDuration, parseDuration } from '../../domain/index.ts';
import type { CertificateRow, Statement } from '../../store/index.ts';
import type { ProfileInUse } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';

/** Guards that there is no other certificate for the name, where the policy wants only one. */
export function onlyOne(
  { store }: Rooms,
  { definition: { uniqueness }, policy }: ProfileInUse,
  commonName: string,
  now: Date,
  renewed: CertificateRow | undefined,
): Statement[] {
  if (!uniqueness?.active) return [];
  const { renewalWindow } = uniqueness;
  const beyond = renewalWindow === undefined ? now : addDuration(now, parseDuration(renewalWindow));
  // Without a window, a renewal is always in time.
  const orderId = renewalWindow === undefined ? renewed?.orderId : undefined;
  const message = `There is a valid certificate for ${commonName} already, and the policy ${policy.slug} permits one only${renewalWindow ? ` until ${renewalWindow} before its end` : ''}.`;
  const violations = [{ path: ['subject', 'commonName'], rule: 'uniqueness', message }];
  const given = { policyId: policy.id, commonName, beyond: beyond.getTime(), orderId };
  return [store.policies.mustBeOnlyOne(given, { code: 'POLICY_VIOLATION', detail: message, violations })];
}
