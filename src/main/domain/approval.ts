import type { Approval, ApprovalStep } from '../../shared/model/approval.ts';

/** What has to happen before a certificate is issued: the steps, one after the other. */
export interface ApprovalRule {
  readonly steps: readonly ApprovalStep[];
  readonly selfApproval: boolean;
}

interface MayAskApproval {
  readonly approval?: Approval | null | undefined;
}

/**
 * What a certificate under the profile has to be approved by, or null when nothing. A profile's own rule holds where
 * the policy asks for none, or where it is at least as strict; it never loosens what the policy asks for.
 */
export function approvalOf(policy: MayAskApproval, profile: MayAskApproval): ApprovalRule | null {
  const ofPolicy = ruleOf(policy);
  const ofProfile = ruleOf(profile);
  if (ofPolicy === null || ofProfile === null) return ofPolicy ?? ofProfile;
  return isAtLeastAsStrict(ofProfile, ofPolicy) ? ofProfile : ofPolicy;
}

function ruleOf({ approval }: MayAskApproval): ApprovalRule | null {
  if (!approval?.required || approval.steps.length === 0) return null;
  return { steps: approval.steps, selfApproval: approval.selfApproval };
}

/** Whether every step of `other` has one in its place that needs as many people, from among the same ones. */
export function isAtLeastAsStrict(rule: ApprovalRule, other: ApprovalRule): boolean {
  if (rule.selfApproval && !other.selfApproval) return false;
  return other.steps.every((step, index) => {
    const own = rule.steps[index];
    return own !== undefined && own.needed >= step.needed && areAmong(own, step);
  });
}

function areAmong(some: ApprovalStep, all: ApprovalStep): boolean {
  const roles = some.roles ?? [];
  const people = some.operatorIds ?? [];
  return (
    roles.every((role) => all.roles?.includes(role)) && people.every((id) => all.operatorIds?.includes(id))
  );
}
