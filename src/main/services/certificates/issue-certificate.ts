import type { Accepted, Input, Output, ParsedInput } from '../../../shared/operations/index.ts';
import { newId } from '../../crypto/index.ts';
import { approvalOf } from '../../domain/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import { defaultProfile, type ProfileInUse, requireProfile } from '../policies/profile-in-use.ts';
import { submitRequest } from '../requests/submit-request.ts';
import type { Rooms } from '../rooms.ts';
import { type IssueFields, policyViolation } from './compose-request.ts';
import { type PreparedLeaf, prepareLeaf } from './prepare-leaf.ts';
import { type Renewed, type SubjectKey, signPrepared } from './sign-prepared.ts';

export type IssuedCertificate = Output<'certificates.issue'>;
export type RequestAccepted = Accepted<'certificates.issue'>;

/** What is asked for beside profile and realm; of a renewal for the same key, that key. */
export type IssueUnderProfile = IssueFields & Pick<Input<'certificates.issue'>, 'endEntityId' | 'metadata'>;

/** Issues under the profile named, or the caller's default one. */
export async function issueCertificate(
  rooms: Rooms,
  input: ParsedInput<'certificates.issue'>,
  context: Context,
): Promise<IssuedCertificate | RequestAccepted> {
  const profile =
    input.profile === undefined
      ? await defaultProfile(rooms, context)
      : await requireProfile(rooms, context, input.profile, input.realm);
  return issueUnderProfile(rooms, context, profile, input);
}

/**
 * Checks the request by the policy, signs exactly what was checked, and answers once that is on disk; where people
 * have to approve, it is kept for them instead.
 */
export async function issueUnderProfile(
  rooms: Rooms,
  context: Context,
  profile: ProfileInUse,
  fields: IssueUnderProfile,
  renewal?: Renewed,
): Promise<IssuedCertificate | RequestAccepted> {
  const now = rooms.clock();
  // The names of a renewal are those of its certificate: nothing is filled in.
  const filled = renewal ? { ...profile, defaults: { ...profile.defaults, subject: undefined } } : profile;
  const prepared = await prepareLeaf(rooms, filled, fields, now);
  const { violations, commonName } = prepared;
  if (violations.length > 0 || commonName === undefined) throw policyViolation(violations);
  const key = await subjectKey(rooms, fields, prepared, renewal, now);
  const approval = approvalOf(profile.definition, profile);
  if (approval) {
    const submitted = { profile, prepared, commonName, key, fields, approval, renewal };
    return submitRequest(rooms, context, submitted);
  }
  const { change, output } = await signPrepared(rooms, context, {
    profile,
    prepared,
    commonName,
    key,
    renewal,
    endEntityId: fields.endEntityId,
    metadata: fields.metadata,
    requester: requesterOf(context, renewal),
    now,
  });
  // What Chancery renews by itself nobody takes the key of.
  if (!key.generated || context.principal.kind === 'system') return finish(rooms, context, change, output);
  const privateKey = rooms.signer.exportPrivateKey(key.generated, 'pkcs8-pem');
  return finish(rooms, context, change, { ...output, privateKey });
}

/** The key of the request or of the certificate that is renewed; or a new one, to be stored with the change. */
async function subjectKey(
  { signer }: Rooms,
  fields: IssueUnderProfile,
  { request }: PreparedLeaf,
  renewal: Renewed | undefined,
  now: Date,
): Promise<SubjectKey> {
  if (request.spki === null) {
    const generated = await signer.generate(newId(now), request.asked.keyAlgorithm);
    return { source: 'generated', spki: generated.spki, keyId: generated.keyId, generated };
  }
  const { spki } = request;
  if (fields.spki === undefined) return { source: 'csr', spki, keyId: null };
  return { source: 'reused', spki, keyId: renewal?.row.keyId ?? null };
}

/** What Chancery renews by itself belongs to whoever asked for it at first. */
function requesterOf({ principal }: Context, renewal: Renewed | undefined) {
  if (!renewal || principal.kind !== 'system') return principal;
  return { id: renewal.row.requestedById, name: renewal.row.requestedBy };
}
