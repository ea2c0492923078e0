/** From what was asked to what is signed: the same bytes, checked by the policy as it is now. */
import { ChanceryError, type Violation } from '../../../shared/errors.ts';
import { type ApprovalRule, approvalOf, isAtLeastAsStrict, renewalEligibility } from '../../domain/index.ts';
import type { RequestRow } from '../../store/index.ts';
import { signatureAlgorithmFor } from '../../x509/index.ts';
import { validityFrom } from '../authorities/build-authority.ts';
import { policyViolation, validityOf } from '../certificates/compose-request.ts';
import { checkedLeaf, issuerOf } from '../certificates/prepare-leaf.ts';
import type { LeafToSign, Renewed, SubjectKey } from '../certificates/sign-prepared.ts';
import type { ProfileInUse } from '../policies/profile-in-use.ts';
import { renewalFacts } from '../renewals/renewal-facts.ts';
import type { Rooms } from '../rooms.ts';
import { type AskedRequest, readAsked } from './asked-request.ts';
import { externalLeaf } from './external-leaf.ts';

/** The profile that a request was made under, if it is still there. */
export async function profileOf(rooms: Rooms, row: RequestRow): Promise<ProfileInUse | undefined> {
  const profile = row.profileId === null ? undefined : await rooms.profiles.byId(row.profileId);
  const realm = await rooms.realms.byId(row.realmId);
  return profile && realm ? { ...profile, realm } : undefined;
}

/** All that stands against issuing it now; throws what keeps the authority from issuing at all. */
export async function violationsNow(
  rooms: Rooms,
  row: RequestRow,
  profile: ProfileInUse,
  now: Date,
): Promise<readonly Violation[]> {
  try {
    const { violations } = await leafNow(rooms, row, readAsked(row), profile, now);
    return [...violations, ...weakerApproval(row, profile)];
  } catch (error) {
    if (error instanceof ChanceryError && error.violations) return error.violations;
    throw error;
  }
}

/** What is to be signed for the request. Throws POLICY_VIOLATION, and CONFLICT where the authority does not issue. */
export async function prepareApproved(rooms: Rooms, row: RequestRow, now: Date): Promise<LeafToSign> {
  const asked = readAsked(row);
  const profile = await profileOf(rooms, row);
  if (!profile) throw gone('The profile of the request is gone.');
  const prepared = await leafNow(rooms, row, asked, profile, now);
  const violations = [...prepared.violations, ...weakerApproval(row, profile)];
  if (violations.length > 0 || prepared.commonName === undefined) throw policyViolation(violations);
  const renewal = await renewalOf(rooms, row, now);
  // What Chancery renews by itself belongs to whoever asked for it at first.
  const asker = row.requestedByKind === 'system' && renewal ? renewal.row : row;
  return {
    profile,
    prepared,
    commonName: prepared.commonName,
    key: keyOf(asked),
    renewal,
    endEntityId: asked.endEntityId ?? undefined,
    metadata: asked.metadata ?? undefined,
    requester: { id: asker.requestedById, name: asker.requestedBy },
    now,
  };
}

async function leafNow(
  rooms: Rooms,
  row: Pick<RequestRow, 'kind'>,
  asked: AskedRequest,
  profile: ProfileInUse,
  now: Date,
) {
  if (row.kind === 'external') {
    // How long it is good for is up to the authority outside.
    const span = validityFrom(now, profile.row.defaultValidity);
    const spki = Buffer.from(asked.spki, 'base64');
    return externalLeaf(profile, { asked: { ...asked.certificate, ...span }, spki });
  }
  const issuer = await issuerOf(rooms, profile, {});
  if ((issuer === null) !== (asked.certificate.isSelfSigned === true)) {
    throw gone('Certificates under the profile are signed by another authority by now.');
  }
  const { notBefore, notAfter } = validityOf(asked.validityIsDefault ? {} : { validity: asked.validity }, {
    validity: asked.validity,
    definition: profile.definition,
    issuerNotAfter: issuer?.certificate.notAfter ?? null,
    now,
  });
  const { keyAlgorithm } = asked.certificate;
  // What the issuer signs with is its own affair, and may have changed.
  const signatureAlgorithm = issuer?.signatureAlgorithm ?? signatureAlgorithmFor(keyAlgorithm);
  const certificate = { ...asked.certificate, signatureAlgorithm, notBefore, notAfter };
  return checkedLeaf(profile, issuer, { asked: certificate, spki: Buffer.from(asked.spki, 'base64') });
}

/** The approvals that were asked for are not enough once more are wanted. */
function weakerApproval(row: RequestRow, profile: ProfileInUse): Violation[] {
  const wanted = approvalOf(profile.definition, profile);
  if (!wanted || isAtLeastAsStrict(JSON.parse(row.approval) as ApprovalRule, wanted)) return [];
  const message = 'The policy wants stricter approval by now than when this was asked for.';
  return [{ path: ['approval'], rule: 'approval.stricter', message }];
}

function keyOf({ keySource, spki, keyId }: AskedRequest): SubjectKey {
  return { source: keySource, spki: Buffer.from(spki, 'base64'), keyId };
}

async function renewalOf(rooms: Rooms, { renewsId }: RequestRow, now: Date): Promise<Renewed | undefined> {
  if (renewsId === null) return undefined;
  const row = await rooms.store.certificates.find(renewsId);
  if (!row) throw gone('The certificate to renew is gone.');
  const { facts, last } = await renewalFacts(rooms, row);
  const reasons = renewalEligibility(facts, now).map(({ message }) => message);
  if (reasons.length > 0) throw gone(`The certificate cannot be renewed any more: ${reasons.join('; ')}.`);
  return { row, last };
}

/** What cannot come back: the request fails by it. */
function gone(detail: string): ChanceryError {
  return new ChanceryError({
    code: 'POLICY_VIOLATION',
    detail,
    violations: [{ path: [], rule: 'request.gone', message: detail }],
  });
}
