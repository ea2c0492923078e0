/** What people chose of a CA certificate, as it is written into one. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { AuthorityContent } from '../../../shared/operations/authority-content.ts';
import { addDuration, parseDuration } from '../../domain/index.ts';
import { type CertificateExtensions, readCustomExtensions } from '../../x509/index.ts';
import type { Issuer } from './authority-directory.ts';
import { validityFrom } from './build-authority.ts';

/** The extensions of the CA certificate. Throws INVALID_INPUT for a custom one that cannot be written. */
export function authorityExtensions(
  content: AuthorityContent,
  pathLength: number | undefined,
): CertificateExtensions {
  const { permittedNames, excludedNames, customExtensions = [], ...named } = content;
  return {
    basicConstraints: { ca: true, pathLength },
    keyUsages: ['digitalSignature', 'keyCertSign', 'cRLSign'],
    extendedKeyUsages: named.extendedKeyUsages,
    nameConstraints: { permitted: permittedNames, excluded: excludedNames },
    certificatePolicies: named.certificatePolicies,
    policyMappings: named.policyMappings,
    policyConstraints: named.policyConstraints,
    inhibitAnyPolicy: named.inhibitAnyPolicy,
    subjectInfoAccess: named.subjectInfoAccess,
    others: readCustomExtensions(customExtensions),
  };
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Start and end: what was given, else from now on for the validity or the default (a duration). Throws INVALID_INPUT. */
export function authorityValidity(
  content: Pick<AuthorityContent, 'validity' | 'notBefore' | 'notAfter'>,
  defaultValidity: string,
  now: Date,
): Validity {
  const { validity, notAfter } = content;
  if (validity !== undefined && notAfter !== undefined)
    throw refusal('INVALID_INPUT', 'notAfter', 'Give a validity or notAfter, not both.');
  const usual = validityFrom(now, validity ?? defaultValidity);
  const notBefore = content.notBefore === undefined ? usual.notBefore : wholeSecond(content.notBefore);
  if (notAfter !== undefined) return ordered({ notBefore, notAfter: wholeSecond(notAfter) });
  if (content.notBefore === undefined) return ordered(usual);
  const end = addDuration(notBefore, parseDuration(validity ?? defaultValidity));
  return ordered({ notBefore, notAfter: new Date(end.getTime() - 1000) });
}

const wholeSecond = (time: string) => new Date(Math.floor(Date.parse(time) / 1000) * 1000);

function ordered(validity: Validity): Validity {
  if (validity.notBefore < validity.notAfter) return validity;
  throw refusal('INVALID_INPUT', 'notAfter', 'The certificate would end before it begins.');
}

/** Below an authority that limits the path, one less; otherwise an issuing authority has none below it. */
export function pathLengthBelow(issuer: Issuer): number {
  const limit = issuer.certificate.pathLength;
  return limit === undefined ? 0 : Math.max(limit - 1, 0);
}

/** Throws CONFLICT where a certificate below the issuer would exceed its path length or outlive it. */
export function requireRoom(issuer: Issuer, { notAfter }: Validity, pathLength: number | undefined): void {
  const limit = issuer.certificate.pathLength;
  const { slug } = issuer.row;
  if (limit === 0)
    throw refusal('CONFLICT', 'parent', `The authority ${slug} may not have authorities below it.`);
  if (limit !== undefined && (pathLength === undefined || pathLength >= limit))
    throw refusal('CONFLICT', 'pathLength', `Below ${slug} the path length can be ${limit - 1} at most.`);
  if (notAfter > issuer.certificate.notAfter) {
    const end = issuer.certificate.notAfter.toISOString();
    throw refusal('CONFLICT', 'validity', `The authority would outlive ${slug}, which ends at ${end}.`);
  }
}

function refusal(code: 'CONFLICT' | 'INVALID_INPUT', field: string, message: string): ChanceryError {
  return new ChanceryError({
    code,
    detail: message,
    violations: [{ path: [field], rule: `authority.${field}`, message }],
  });
}
