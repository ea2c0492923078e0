import { ChanceryError } from '../../../shared/errors.ts';
import type { RequestAccepted } from '../../../shared/operations/issued-certificate.ts';
import { newId } from '../../crypto/index.ts';
import { type ApprovalRule, addDuration, parseDuration } from '../../domain/index.ts';
import type { NewRequest } from '../../store/index.ts';
import { newRandomSerialNumber } from '../authorities/build-authority.ts';
import { type IssueFields, validityText } from '../certificates/compose-request.ts';
import { keyInUse } from '../certificates/key-in-use.ts';
import { lintBeforeSigning } from '../certificates/lint-before-signing.ts';
import type { PreparedLeaf } from '../certificates/prepare-leaf.ts';
import { leafToBeSigned } from '../certificates/sign-leaf.ts';
import type { Renewed, SubjectKey } from '../certificates/sign-prepared.ts';
import type { Context } from '../context.ts';
import { endEntityFor } from '../end-entities/end-entity-for.ts';
import { finish } from '../finish.ts';
import type { ProfileInUse } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';
import { settingOf } from '../system/setting-handlers.ts';
import { writeAsked } from './asked-request.ts';

export interface Submission {
  readonly profile: ProfileInUse;
  readonly prepared: PreparedLeaf;
  readonly commonName: string;
  readonly key: SubjectKey;
  readonly fields: Pick<IssueFields, 'csr' | 'validity'> & {
    readonly endEntityId?: string | undefined;
    readonly metadata?: Readonly<Record<string, string>> | undefined;
  };
  /** Null where nobody has to approve, which is so only for what an authority outside issues. */
  readonly approval: ApprovalRule | null;
  /** What goes out to an authority outside. */
  readonly csr?: Uint8Array;
  readonly renewal?: Renewed | undefined;
}

/**
 * Keeps for the approvers what the policy allows, with its key sealed where that was generated here. What could not
 * be signed anyway is refused at once. Throws LINT_FAILED, NOT_FOUND (end entity).
 */
export async function submitRequest(
  rooms: Rooms,
  context: Context,
  submission: Submission,
): Promise<RequestAccepted> {
  const now = rooms.clock();
  await requireSignable(rooms, context, submission);
  if (submission.renewal) await requireNoneWaiting(rooms, submission.renewal.row.id, now);
  return keepRequest(rooms, context, submission, now);
}

/** Keeps what has been looked at already; without an approval it waits for the authority outside at once. */
export async function keepRequest(
  rooms: Rooms,
  context: Context,
  submission: Submission,
  now: Date,
): Promise<RequestAccepted> {
  const { profile, commonName, key, approval, csr = null } = submission;
  const { principal } = context;
  const renewed = submission.renewal?.row;
  const id = newId(now);
  const asked = writeAsked(askedRequest(id, submission));
  const row: NewRequest = {
    id,
    realmId: profile.realm.id,
    profileId: profile.row.id,
    kind: csr ? 'external' : renewed ? 'renew' : 'issue',
    status: approval ? 'pending_approval' : 'approved',
    commonName,
    ...asked,
    policyVersion: profile.policy.version,
    approval: JSON.stringify(approval ?? nobody),
    requestedBy: principal.name,
    requestedByKind: principal.kind,
    requestedById: principal.id,
    renewsId: renewed?.id ?? null,
    keyId: key.generated?.keyId ?? null,
    csr,
    certificateId: null,
    error: null,
    createdAt: now.getTime(),
    expiresAt: await endOfLife(rooms, now),
    decidedAt: null,
    collectedAt: null,
    revision: 1,
  };
  const statements = [
    ...(key.generated ? [rooms.store.keys.insert(key.generated, now)] : []),
    rooms.store.requests.insert(row),
  ];
  const event = {
    type: 'request.submitted',
    realm: profile.realm.id,
    subject: { kind: 'request', id, name: commonName },
    detail: {
      kind: row.kind,
      profile: profile.row.slug,
      policyVersion: profile.policy.version,
      askedHash: asked.askedHash,
      ...(renewed && { renews: renewed.id }),
    },
  };
  return finish(rooms, context, { statements, event }, { requestId: id });
}

const nobody: ApprovalRule = { steps: [], selfApproval: false };

/** When a request that is made or approved now ends by itself, in ms. */
export async function endOfLife(rooms: Rooms, now: Date): Promise<number> {
  const lifetime = await settingOf(rooms, 'requests.lifetime');
  return addDuration(now, parseDuration(lifetime)).getTime();
}

function askedRequest(id: string, submission: Submission) {
  const { profile, prepared, key, fields, renewal } = submission;
  const { notBefore: _begin, notAfter: _end, ...certificate } = prepared.request.asked;
  return {
    request: id,
    realm: profile.realm.id,
    profile: profile.row.id,
    certificate,
    validity: validityText(fields, {
      validity: profile.row.defaultValidity,
      definition: profile.definition,
    }),
    validityIsDefault: typeof fields.validity !== 'string',
    keySource: key.source,
    spki: Buffer.from(key.spki).toString('base64'),
    keyId: key.keyId,
    csr: fields.csr ?? null,
    endEntityId: fields.endEntityId ?? null,
    metadata: fields.metadata ?? null,
    renews: renewal?.row.id ?? null,
  };
}

/** Everything that signing looks at, without a signature. */
async function requireSignable(rooms: Rooms, context: Context, submission: Submission): Promise<void> {
  const { profile, prepared, key, commonName, fields, renewal } = submission;
  const { issuer, request } = prepared;
  const { endEntityId } = await endEntityFor(rooms, profile.realm, {
    id: renewal?.row.endEntityId ?? fields.endEntityId,
    commonName,
  });
  if (key.source === 'csr') keyInUse(rooms, context, profile, key.spki, endEntityId);
  const rules = {
    extensions: profile.definition.extensions,
    nameConstraints: profile.definition.nameConstraints,
    lint: profile.row.lint,
    isBlacklisted: key.source === 'generated' ? undefined : await rooms.weakKeys.lookup(),
  };
  const unsigned = leafToBeSigned(issuer, request.asked, key.spki, newRandomSerialNumber(), rules);
  lintBeforeSigning(unsigned.tbs, unsigned.template, request.asked, key.spki, rules);
}

/** One renewal of a certificate waits at a time: Chancery itself asks for it again and again. */
async function requireNoneWaiting(rooms: Rooms, certificateId: string, now: Date): Promise<void> {
  const waiting = rooms.store.requests.openRenewal(certificateId, now.getTime());
  if (!waiting) return;
  throw new ChanceryError({
    code: 'CONFLICT',
    detail: `The renewal waits to be approved already, as the request ${waiting.id}.`,
    data: { requestId: waiting.id },
  });
}
