/** A certificate's status by the CRLs at hand (RFC 5280 section 6.3). */
import { type CrlSubject, coveredReasons, implicitPoint, isDeltaOf } from '../crl/crl-scope.ts';
import { findCrlEntry } from '../crl/find-crl-entry.ts';
import type { ParsedCrl } from '../crl/parse-crl.ts';
import { allReasons } from '../crl/reason-flags.ts';
import { extensionOids } from '../extensions/extension-oids.ts';
import type { PathCertificate } from './path-certificate.ts';
import type { RevocationStatus } from './revocation-status.ts';
import type { SignatureChecks } from './signature-checks.ts';
import type { PathIssuer } from './validate-path.ts';
import type { CompleteOptions } from './validation-options.ts';

export interface CrlCheckContext {
  readonly crls: readonly ParsedCrl[];
  readonly options: CompleteOptions;
  readonly signatures: SignatureChecks;
  /** Others with the CRL issuer's name, whose own paths to the same anchor are valid. */
  readonly validIssuersNamed: (nameKey: string) => Iterable<PathIssuer>;
}

type Outcome = { readonly problem: string } | { readonly revoked: string } | 'not revoked';

export function statusByCrls(
  certificate: PathCertificate,
  issuer: PathIssuer,
  context: CrlCheckContext,
): RevocationStatus {
  const subject: CrlSubject = {
    issuerKey: certificate.issuer.key,
    issuerParts: certificate.issuer.parts,
    isCa: certificate.parsed.isCa,
  };
  const complete = context.crls.filter(({ baseCrlNumber }) => baseCrlNumber === undefined);
  let reasons = 0;
  let problem: string | undefined;
  for (const point of [...certificate.crlDistributionPoints, implicitPoint(subject)]) {
    for (const crl of complete) {
      const covered = coveredReasons(crl, point, subject);
      if ((covered & ~reasons) === 0) continue;
      const outcome = consult(crl, certificate, issuer, context);
      if (outcome === 'not revoked') reasons |= covered;
      else if ('revoked' in outcome) return { kind: 'revoked', message: outcome.revoked };
      else problem ??= outcome.problem;
      if (reasons === allReasons) return { kind: 'good' };
    }
  }
  if (problem !== undefined) return { kind: 'unusable', message: problem };
  return {
    kind: 'unknown',
    message:
      reasons === 0
        ? `No CRL at hand covers it (issuer '${certificate.issuer.text}').`
        : 'The CRLs at hand cover only some of the reasons for which it may be revoked.',
  };
}

/** Section 6.3.3 (f) to (k) for one complete CRL and the delta CRL that goes furthest. */
function consult(
  crl: ParsedCrl,
  certificate: PathCertificate,
  issuer: PathIssuer,
  context: CrlCheckContext,
): Outcome {
  const problem = problemOf(crl, issuer, context);
  if (problem !== undefined)
    return { problem: `The CRL of '${crl.issuer.text}' cannot be used: ${problem}.` };
  const delta = context.crls
    .filter((candidate) => isDeltaOf(candidate, crl) && problemOf(candidate, issuer, context) === undefined)
    .reduce<ParsedCrl | undefined>(
      (best, next) => (numberOf(next) > numberOf(best) ? next : best),
      undefined,
    );
  const { serialNumber } = certificate;
  const entry =
    (delta && findCrlEntry(delta, serialNumber, certificate.issuer.key)) ??
    findCrlEntry(crl, serialNumber, certificate.issuer.key);
  if (entry === undefined || entry.reason === 'removeFromCRL') return 'not revoked';
  const day = entry.revokedAt.toISOString();
  return { revoked: `It was revoked at ${day}${entry.reason === undefined ? '' : ` (${entry.reason})`}.` };
}

function numberOf(crl: ParsedCrl | undefined): bigint {
  return crl?.crlNumber ?? -1n;
}

function problemOf(crl: ParsedCrl, issuer: PathIssuer, context: CrlCheckContext): string | undefined {
  const { time, profile } = context.options;
  const unknownOid = crl.unknownCriticalOid ?? crl.unknownCriticalEntryOid;
  if (unknownOid !== undefined) return `it has the critical extension ${unknownOid}, which is not known here`;
  if (time < crl.thisUpdate) return `it is of a later time (${crl.thisUpdate.toISOString()})`;
  if (crl.nextUpdate === undefined) return 'it does not say until when it counts';
  if (time > crl.nextUpdate) return `it was due to be renewed at ${crl.nextUpdate.toISOString()}`;
  if (profile !== 'path') {
    if (crl.version === 2 && crl.crlNumber === undefined) return 'it has no CRL number';
    if (crl.wrongCriticality !== undefined) return `its ${crl.wrongCriticality} has the wrong criticality`;
  }
  return isSigned(crl, issuer, context) ? undefined : 'its signature is not of an issuer who may sign it';
}

/** (f) and (g): by the certificate's own issuer, or by another that leads to the same anchor. */
function isSigned(crl: ParsedCrl, issuer: PathIssuer, context: CrlCheckContext): boolean {
  const isSigner = (candidate: PathIssuer) =>
    maySignCrls(candidate.certificate) &&
    context.signatures.verify(crl.tbs, crl.signatureAlgorithmDer, crl.signature, candidate.spki);
  if (issuer.name.key === crl.issuer.key && isSigner(issuer)) return true;
  for (const candidate of context.validIssuersNamed(crl.issuer.key)) if (isSigner(candidate)) return true;
  return false;
}

function maySignCrls(certificate: PathCertificate | undefined): boolean {
  const hasUsages = certificate?.extensions.some(({ oid }) => oid === extensionOids.keyUsage) === true;
  return !hasUsages || certificate?.parsed.keyUsages.includes('cRLSign') === true;
}
