import { ChanceryError, type Violation } from '../../../shared/errors.ts';
import type { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import { type AskedCertificate, checkPolicy } from '../../domain/index.ts';
import { signatureAlgorithmFor } from '../../x509/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import type { ProfileInUse } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';
import { type ComposedRequest, composeRequest, type IssueFields } from './compose-request.ts';

export interface PreparedLeaf {
  /** Null where its own key signs it. */
  readonly issuer: Issuer | null;
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
  const issuer = await issuerOf(rooms, profile, fields);
  const composed = composeRequest(fields, {
    definition: profile.definition,
    validity: profile.row.defaultValidity,
    keyAlgorithm: profile.row.defaultKeyAlgorithm as KeyAlgorithm,
    others: profile.defaults,
    issuerNotAfter: issuer?.certificate.notAfter ?? null,
    now,
  });
  const asked: AskedCertificate = {
    ...composed.asked,
    signatureAlgorithm: issuer?.signatureAlgorithm ?? signatureAlgorithmFor(composed.asked.keyAlgorithm),
    ...(issuer === null && { isSelfSigned: true, subject: namedSubject(composed.asked) }),
  };
  return checkedLeaf(profile, issuer, { ...composed, asked });
}

/** What the policy, as it is now, says to a request that is composed already. */
export function checkedLeaf(
  profile: ProfileInUse,
  issuer: Issuer | null,
  request: ComposedRequest,
): PreparedLeaf {
  const { asked } = request;
  const commonName = asked.subject.commonName ?? asked.subjectAltNames[0]?.value;
  const violations = checkPolicy(profile.definition, asked);
  if (asked.isCa && issuer) violations.push(...pathViolations(issuer, asked));
  if (violations.length > 0 || commonName !== undefined) return { issuer, request, commonName, violations };
  const nobody = { path: ['subject'], rule: 'subject.empty', message: 'The certificate would name nobody.' };
  return { issuer, request, commonName, violations: [nobody] };
}

/** What signs itself is its own issuer, and an issuer has a name (RFC 5280 section 4.1.2.4): its first one, if none is given. */
function namedSubject({ subject, subjectAltNames: [first] }: AskedCertificate): AskedCertificate['subject'] {
  const isEmpty = Object.keys(subject).length === 0;
  return isEmpty && first && first.value.length <= 64 ? { commonName: first.value } : subject;
}

/** RFC 5280 section 4.2.1.9: how many authorities may follow below the issuer. */
function pathViolations({ certificate, row }: Issuer, { pathLength }: AskedCertificate): Violation[] {
  const most = certificate.pathLength;
  if (most === undefined || (most > 0 && pathLength !== undefined && pathLength < most)) return [];
  const message =
    most === 0
      ? `No authority may follow below ${row.slug}.`
      : `Below ${row.slug} the path length must be at most ${most - 1}.`;
  return [{ path: ['pathLength'], rule: 'pathLength.issuer', message }];
}

/** The authority that signs under the profile, or null where certificates sign themselves. Throws CONFLICT where none does. */
export async function issuerOf(
  rooms: Rooms,
  profile: ProfileInUse,
  fields: Pick<IssueFields, 'csr'>,
): Promise<Issuer | null> {
  requireEnabled(profile);
  if (profile.row.authorityId === null) {
    if (fields.csr === undefined) return null;
    const message = `Certificates under the profile ${profile.row.slug} sign themselves, and the key of a request is not here.`;
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: message,
      hint: 'Leave the request away, so that a key is generated here, or choose another profile.',
      violations: [{ path: ['csr'], rule: 'csr.selfSigned', message }],
    });
  }
  const issuer = await rooms.authorities.issuer(profile.row.authorityId);
  if (issuer.row.status !== 'active' || issuer.certificate.notAfter < rooms.clock()) {
    throw new ChanceryError({
      code: 'CONFLICT',
      detail: `The authority ${issuer.row.slug} does not issue any more.`,
    });
  }
  return issuer;
}

/** Throws CONFLICT for a profile that is switched off. */
export function requireEnabled({ enabled, row }: ProfileInUse): void {
  if (!enabled)
    throw new ChanceryError({ code: 'CONFLICT', detail: `The profile ${row.slug} is switched off.` });
}
