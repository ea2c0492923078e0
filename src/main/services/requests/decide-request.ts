/** Approving and rejecting: bound to what was asked, by people who may, once each. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { RequestSummary } from '../../../shared/model/request.ts';
import { type ApprovalRule, currentStep } from '../../domain/index.ts';
import type { DecisionRow, RequestRow, Statement } from '../../store/index.ts';
import { signPrepared } from '../certificates/sign-prepared.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { readAsked } from './asked-request.ts';
import { ended, endRequest } from './end-request.ts';
import { prepareApproved } from './prepare-approved.ts';
import { deciderOf, objectionOf, requestPresenter, votesOf } from './present-request.ts';
import { changedMeanwhile, requireOpen, requireRequest } from './require-request.ts';
import { endOfLife } from './submit-request.ts';

export interface DecisionInput {
  readonly id: string;
  readonly askedHash: string;
  readonly reason?: string | undefined;
}

/** How often a decision looks again at a request that somebody changed at the same moment. */
const tries = 5;

/** Approves; the last approval that is missing issues the certificate, in the same unit of work. */
export function approveRequest(
  rooms: Rooms,
  input: DecisionInput,
  context: Context,
): Promise<RequestSummary> {
  return againAfterRace(() => approveOnce(rooms, input, context));
}

/** One rejection ends the request, which stays to be seen. */
export function rejectRequest(rooms: Rooms, input: DecisionInput, context: Context): Promise<RequestSummary> {
  return againAfterRace(() => rejectOnce(rooms, input, context));
}

interface Deciding {
  readonly row: RequestRow;
  readonly rule: ApprovalRule;
  readonly votes: readonly DecisionRow[];
  readonly step: number;
  readonly now: Date;
}

async function approveOnce(rooms: Rooms, input: DecisionInput, context: Context): Promise<RequestSummary> {
  const deciding = await requireDecidable(rooms, input, context);
  const { row, rule, votes, now } = deciding;
  const decision = decisionOf(deciding, input, context, true);
  const after = [...votes, decision];
  const leaf = await prepareApproved(rooms, row, now).catch((error) => failed(rooms, context, row, error));
  const present = await requestPresenter(rooms, context.principal);
  const event = eventOf(deciding, 'request.approved', input);

  if (currentStep(rule, votesOf(after)) !== null) {
    const statements = [...decided(rooms, decision), rooms.store.requests.change(row, {}, changedMeanwhile)];
    const output = present({ ...row, revision: row.revision + 1 }, after);
    return finish(rooms, context, { statements, event }, output);
  }
  if (row.kind === 'external') {
    const change = { status: 'approved', expiresAt: await endOfLife(rooms, now) } as const;
    const statements = [
      ...decided(rooms, decision),
      rooms.store.requests.change(row, change, changedMeanwhile),
    ];
    const output = present({ ...row, ...change, revision: row.revision + 1 }, after);
    return finish(rooms, context, { statements, event }, output);
  }
  const signed = await signPrepared(rooms, context, leaf).catch((error) =>
    failed(rooms, context, row, error),
  );
  const change = {
    status: 'issued',
    certificateId: signed.output.id,
    decidedAt: now.getTime(),
  } as const;
  const statements = [
    ...decided(rooms, decision),
    rooms.store.policies.mustBeVersion(leaf.profile.policy),
    rooms.store.requests.change(row, change, changedMeanwhile),
    ...signed.change.statements,
  ];
  const further = [{ ...signed.change.event, detail: { ...signed.change.event.detail, request: row.id } }];
  const output = present({ ...row, ...change, revision: row.revision + 1 }, after);
  return finish(rooms, context, { statements, event, further }, output);
}

async function rejectOnce(rooms: Rooms, input: DecisionInput, context: Context): Promise<RequestSummary> {
  const deciding = await requireDecidable(rooms, input, context);
  const { row, votes, now } = deciding;
  const decision = decisionOf(deciding, input, context, false);
  const ending = { status: 'rejected', error: input.reason ?? null, now } as const;
  const present = await requestPresenter(rooms, context.principal);
  const statements = [...decided(rooms, decision), ...endRequest(rooms, row, ending)];
  const event = eventOf(deciding, 'request.rejected', input);
  return finish(rooms, context, { statements, event }, present(ended(row, ending), [...votes, decision]));
}

/** Throws NOT_FOUND, CONFLICT, PRECONDITION_FAILED (another hash), FORBIDDEN for who may not decide on this one. */
async function requireDecidable(rooms: Rooms, input: DecisionInput, context: Context): Promise<Deciding> {
  const { principal } = context;
  const row = await requireRequest(rooms, context, input.id);
  const now = rooms.clock();
  requireOpen(row, now);
  readAsked(row);
  if (input.askedHash !== row.askedHash) {
    throw new ChanceryError({
      code: 'PRECONDITION_FAILED',
      detail: 'The decision is about something else than what the request asks for.',
      hint: 'Look at the request again, and decide on the askedHash that it has.',
    });
  }
  const rule = JSON.parse(row.approval) as ApprovalRule;
  const votes = (await rooms.store.requests.decisions([row.id])).get(row.id) ?? [];
  const objection = objectionOf(row, votes, principal);
  const step = currentStep(rule, votesOf(votes));
  if (objection || step === null) {
    throw new ChanceryError({
      code: objection?.isByState === false ? 'FORBIDDEN' : 'CONFLICT',
      detail: objection?.reason ?? 'Nobody has to approve the request any more.',
    });
  }
  return { row, rule, votes, step, now };
}

function decisionOf(
  { row, step, now }: Deciding,
  { reason }: DecisionInput,
  { principal }: Context,
  approve: boolean,
): DecisionRow {
  return {
    requestId: row.id,
    step,
    operatorId: deciderOf(principal),
    operatorName: principal.name,
    approve: approve ? 1 : 0,
    reason: reason ?? null,
    askedHash: row.askedHash,
    decidedAt: now.getTime(),
  };
}

function decided({ store }: Rooms, decision: DecisionRow): Statement[] {
  return [store.requests.insertDecision(decision, changedMeanwhile)];
}

function eventOf({ row, rule, step }: Deciding, type: string, { reason }: DecisionInput) {
  return {
    type,
    realm: row.realmId,
    subject: { kind: 'request', id: row.id, name: row.commonName },
    detail: { step: rule.steps[step]?.name, askedHash: row.askedHash, reason },
  };
}

/** Ends a request that cannot be issued as it was asked for, and throws why. What may pass by itself ends nothing. */
async function failed(rooms: Rooms, context: Context, row: RequestRow, error: unknown): Promise<never> {
  const isFinal =
    error instanceof ChanceryError && (error.code === 'POLICY_VIOLATION' || error.code === 'LINT_FAILED');
  if (!isFinal) throw error;
  const statements = endRequest(rooms, row, { status: 'failed', error: error.detail, now: rooms.clock() });
  const event = {
    type: 'request.failed',
    realm: row.realmId,
    subject: { kind: 'request', id: row.id, name: row.commonName },
    detail: { code: error.code, rules: error.violations?.map(({ rule }) => rule) },
    outcome: 'failure',
  } as const;
  await finish(rooms, { ...context, idempotency: null }, { statements, event }, undefined);
  throw new ChanceryError({
    code: error.code,
    detail: error.detail,
    violations: error.violations,
    hint: 'The request failed by it; it has to be asked for again.',
  });
}

async function againAfterRace<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      const isRace = error instanceof ChanceryError && error.data?.isRace === true;
      if (!isRace || left === 1) throw error;
    }
  }
}
