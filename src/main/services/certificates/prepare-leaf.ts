import { ChanceryError, type Violation } from '../../../shared/errors.ts';
import type { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import { checkPolicy } from '../../domain/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import type { ProfileInUse } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';
import { type ComposedRequest, composeRequest, type IssueFields } from './compose-request.ts';

export interface PreparedLeaf {
  readonly issuer: Issuer;
  readonly request: ComposedRequest;
  /** What it is listed under; undefined where it would name nobody. */
  readonly commonName: string | undefined;
  /** All that the policy says against it; none where it may be issued. */
  readonly violations: readonly Violation[];
}

/**
 * What a certificate under the profile would hold and what the policy says to it: the one path to a signature and
 * to its preview. Throws INVALID_CSR, POLICY_VIOLATION for what no policy could allow, CONFLICT without an issuer.
 */
export async function prepareLeaf(
  rooms: Rooms,
  profile: ProfileInUse,
  fields: IssueFields,
  now: Date,
): Promise<PreparedLeaf> {
  const issuer = await issuerOf(rooms, profile);
  const request = composeRequest(fields, {
    definition: profile.definition,
    validity: profile.row.defaultValidity,
    keyAlgorithm: profile.row.defaultKeyAlgorithm as KeyAlgorithm,
    issuerNotAfter: issuer.certificate.notAfter,
    now,
  });
  return checkedLeaf(profile, issuer, request);
}

/** What the policy, as it is now, says to a request that is composed already. */
export function checkedLeaf(profile: ProfileInUse, issuer: Issuer, request: ComposedRequest): PreparedLeaf {
  const { asked } = request;
  const commonName = asked.subject.commonName ?? asked.subjectAltNames[0]?.value;
  const violations = checkPolicy(profile.definition, asked);
  if (violations.length > 0 || commonName !== undefined) return { issuer, request, commonName, violations };
  const nobody = { path: ['subject'], rule: 'subject.empty', message: 'The certificate would name nobody.' };
  return { issuer, request, commonName, violations: [nobody] };
}

/** The authority that signs under the profile. Throws CONFLICT where it does not. */
export async function issuerOf(rooms: Rooms, profile: ProfileInUse): Promise<Issuer> {
  const issuer = await rooms.authorities.issuer(profile.row.authorityId ?? '');
  if (issuer.row.status !== 'active' || issuer.certificate.notAfter < rooms.clock()) {
    throw new ChanceryError({
      code: 'CONFLICT',
      detail: `The authority ${issuer.row.slug} does not issue any more.`,
    });
  }
  return issuer;
}
