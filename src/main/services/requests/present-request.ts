import { ChanceryError } from '../../../shared/errors.ts';
import type { RequestStep, RequestSummary } from '../../../shared/model/request.ts';
import type { RequestDetail } from '../../../shared/operations/requests.ts';
import { fingerprint } from '../../crypto/index.ts';
import {
  type ApprovalRule,
  approvalsIn,
  certificateDifferences,
  currentStep,
  type Objection,
  objectionToDeciding,
  type Vote,
} from '../../domain/index.ts';
import type { DecisionRow, RequestRow } from '../../store/index.ts';
import { parseCertificate, writePem } from '../../x509/index.ts';
import { chainOf } from '../certificates/present-certificate.ts';
import { mayIn, type Principal, rolesIn } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { type AskedRequest, readAsked } from './asked-request.ts';
import { profileOf, violationsNow } from './prepare-approved.ts';
import { isRequester } from './require-request.ts';

/** How long to wait before asking again for what people decide on. */
const retryAfterSeconds = 5;

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** Who decides, as decisions name them. */
export function deciderOf({ id, name }: Principal): string {
  return id ?? name;
}

export function votesOf(rows: readonly DecisionRow[]): Vote[] {
  return rows.map(({ step, operatorId, approve }) => ({ step, operatorId, approve: approve === 1 }));
}

/** Why the principal may not decide on the request as it stands, or null. */
export function objectionOf(
  row: RequestRow,
  decisions: readonly DecisionRow[],
  principal: Principal,
): Objection | null {
  const rule = JSON.parse(row.approval) as ApprovalRule;
  return objectionToDeciding(rule, votesOf(decisions), {
    id: deciderOf(principal),
    roles: rolesIn(principal, row.realmId),
    isRequester: isRequester(row, principal),
  });
}

/** A request whose time is over is expired, whether the scheduler has seen it yet or not. */
export function statusAt(row: RequestRow, now: Date): RequestRow['status'] {
  const isOpen = row.status === 'pending_approval' || row.status === 'approved';
  return isOpen && row.expiresAt <= now.getTime() ? 'expired' : row.status;
}

interface NoDecision {
  readonly code: NonNullable<RequestDetail['mayNotDecideCode']>;
  readonly reason: string;
}

function mayNotDecide(
  row: RequestRow,
  decisions: readonly DecisionRow[],
  principal: Principal,
  now: Date,
): NoDecision | null {
  const status = statusAt(row, now);
  if (status !== 'pending_approval') return { code: 'ended', reason: `The request is ${status}.` };
  if (!mayIn(principal, 'requests.decide', row.realmId))
    return { code: 'permission', reason: 'This needs the permission requests.decide.' };
  return objectionOf(row, decisions, principal);
}

/** Presents rows as the principal sees them: names of realms and profiles are looked up once for all of them. */
export async function requestPresenter(
  rooms: Rooms,
  principal: Principal,
): Promise<(row: RequestRow, decisions: readonly DecisionRow[]) => RequestSummary> {
  const realms = await rooms.realms.slugs();
  const profiles = new Map((await rooms.profiles.all(null)).map(({ row }) => [row.id, row.slug]));
  const now = rooms.clock();
  return (row, decisions) => {
    const { steps, selfApproval } = JSON.parse(row.approval) as ApprovalRule;
    const status = statusAt(row, now);
    const step =
      status === 'pending_approval' ? currentStep({ steps, selfApproval }, votesOf(decisions)) : null;
    return {
      id: row.id,
      realm: realms.get(row.realmId) ?? '',
      kind: row.kind,
      status,
      commonName: row.commonName,
      profile: (row.profileId === null ? null : profiles.get(row.profileId)) ?? null,
      requestedBy: row.requestedBy,
      isMine: isRequester(row, principal),
      awaitsMe: mayNotDecide(row, decisions, principal, now) === null,
      step: step === null ? null : (steps[step]?.name ?? null),
      certificateId: row.certificateId,
      error: row.error,
      createdAt: iso(row.createdAt),
      expiresAt: iso(row.expiresAt),
      decidedAt: isoOrNull(row.decidedAt),
    };
  };
}

/** A request with what is asked, what the policy says to it now, and what became of it. */
export async function presentRequest(
  rooms: Rooms,
  row: RequestRow,
  principal: Principal,
): Promise<RequestDetail> {
  const decisions = (await rooms.store.requests.decisions([row.id])).get(row.id) ?? [];
  const summary = (await requestPresenter(rooms, principal))(row, decisions);
  const asked = readAsked(row);
  const { steps, selfApproval } = JSON.parse(row.approval) as ApprovalRule;
  const issued = row.certificateId
    ? await rooms.store.certificates.findWithBytes(row.certificateId)
    : undefined;
  const isOpen = summary.status === 'pending_approval' || summary.status === 'approved';
  const against = mayNotDecide(row, decisions, principal, rooms.clock());
  return {
    ...summary,
    asked: fieldsOf(asked),
    askedHash: row.askedHash,
    csr: row.csr ? writePem('CERTIFICATE REQUEST', row.csr) : asked.csr,
    steps: steps.map(
      (step, index): RequestStep => ({ ...step, approvals: approvalsIn(votesOf(decisions), index) }),
    ),
    selfApproval,
    decisions: decisions.map((decision) => ({
      step: decision.step,
      operator: decision.operatorName,
      approve: decision.approve === 1,
      reason: decision.reason,
      decidedAt: iso(decision.decidedAt),
    })),
    mayNotDecide: against?.reason ?? null,
    mayNotDecideCode: against?.code ?? null,
    policy: await policyNow(rooms, row, isOpen),
    previous: await previousOf(rooms, row, asked),
    certificate: issued ? writePem('CERTIFICATE', issued.der) : null,
    chain: issued ? await chainOf(rooms, issued.row) : [],
    privateKey: asked.keySource !== 'generated' ? 'none' : row.collectedAt === null ? 'waiting' : 'collected',
    retryAfterSeconds: isOpen ? retryAfterSeconds : null,
  };
}

function fieldsOf({
  certificate,
  validity,
  spki,
  keySource,
  metadata,
}: AskedRequest): RequestDetail['asked'] {
  return {
    subject: certificate.subject,
    subjectAltNames: [...certificate.subjectAltNames],
    keyUsages: [...certificate.keyUsages],
    extendedKeyUsages: [...certificate.extendedKeyUsages],
    keyAlgorithm: certificate.keyAlgorithm,
    validity,
    isCa: certificate.isCa,
    keyGeneratedHere: keySource === 'generated',
    publicKeyFingerprint: fingerprint('sha256', Buffer.from(spki, 'base64')).toLowerCase(),
    ...(metadata && { metadata: { ...metadata } }),
  };
}

/** Of an open request what the policy says to it now; of others, only which policy it was. */
async function policyNow(rooms: Rooms, row: RequestRow, isOpen: boolean): Promise<RequestDetail['policy']> {
  const profile = await profileOf(rooms, row);
  if (!profile) return null;
  const { name, version } = profile.policy;
  const violations = isOpen ? await violationsNow(rooms, row, profile, rooms.clock()).catch(asViolation) : [];
  return {
    name,
    version,
    versionWhenAsked: row.policyVersion,
    violations: violations.map(({ path, rule, message }) => ({ path: [...path], rule, message })),
  };
}

function asViolation(error: unknown) {
  if (!(error instanceof ChanceryError)) throw error;
  return [{ path: ['issuer'], rule: 'issuer.inactive', message: error.detail }];
}

async function previousOf(
  rooms: Rooms,
  row: RequestRow,
  asked: AskedRequest,
): Promise<RequestDetail['previous']> {
  const found = row.renewsId ? await rooms.store.certificates.findWithBytes(row.renewsId) : undefined;
  if (!found) return null;
  const before = parseCertificate(found.der);
  const hashOf = (spki: Uint8Array) => fingerprint('sha256', spki).toLowerCase();
  return {
    certificateId: found.row.id,
    serialNumber: found.row.serialNumber,
    notAfter: iso(found.row.notAfter),
    differences: certificateDifferences(
      {
        subject: before.subject.attributes,
        subjectAltNames: before.subjectAltNames,
        keyUsages: before.keyUsages,
        extendedKeyUsages: before.extendedKeyUsages,
        keyAlgorithm: found.row.keyAlgorithm,
        publicKey: hashOf(before.spki),
        isCa: before.isCa,
      },
      { ...asked.certificate, publicKey: hashOf(Buffer.from(asked.spki, 'base64')) },
    ),
  };
}
