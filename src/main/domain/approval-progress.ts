import type { ApprovalRule } from './approval.ts';

/** A decision that counts: one for each operator. */
export interface Vote {
  /** Which step it was made in, from 0. */
  readonly step: number;
  readonly operatorId: string;
  readonly approve: boolean;
}

/** Who would decide. */
export interface Approver {
  readonly id: string;
  /** Slugs of the roles held where the request is. */
  readonly roles: readonly string[];
  readonly isRequester: boolean;
}

/** How many have agreed in the step. */
export function approvalsIn(votes: readonly Vote[], step: number): number {
  return votes.filter((vote) => vote.approve && vote.step === step).length;
}

/** Index of the first step whose approvals are missing; null when there are all. */
export function currentStep({ steps }: ApprovalRule, votes: readonly Vote[]): number | null {
  const index = steps.findIndex(({ needed }, step) => approvalsIn(votes, step) < needed);
  return index === -1 ? null : index;
}

export interface Objection {
  /** Why, for windows that say it in another language. */
  readonly code: 'settled' | 'requester' | 'twice' | 'others';
  /** Whether it is the state that is against it, rather than who would decide. */
  readonly isByState: boolean;
  /** A sentence. */
  readonly reason: string;
}

/** Why somebody may not decide in the current step, or null. Nobody decides twice, also not in different steps. */
export function objectionToDeciding(
  rule: ApprovalRule,
  votes: readonly Vote[],
  approver: Approver,
): Objection | null {
  const step = rule.steps[currentStep(rule, votes) ?? -1];
  if (!step) return { code: 'settled', isByState: true, reason: 'All that had to approve have done so.' };
  if (approver.isRequester && !rule.selfApproval) {
    return {
      code: 'requester',
      isByState: false,
      reason: 'Who asked for a certificate does not decide on it.',
    };
  }
  if (votes.some(({ operatorId }) => operatorId === approver.id)) {
    return {
      code: 'twice',
      isByState: true,
      reason: 'Everybody decides once on a request, and this one has.',
    };
  }
  const { roles = [], operatorIds = [] } = step;
  const isNamed = operatorIds.includes(approver.id) || roles.some((role) => approver.roles.includes(role));
  if (isNamed) return null;
  return { code: 'others', isByState: false, reason: `The step '${step.name}' is for others to decide.` };
}
