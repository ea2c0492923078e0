/** Whether a CRL speaks of a certificate, and for which reasons (RFC 5280 section 6.3.3 (b) to (e)). */
import type { PathName } from '../names/path-name.ts';
import { isSameName } from '../names/path-name.ts';
import { type DistributionPoint, namesMeet } from './distribution-point.ts';
import type { ParsedCrl } from './parse-crl.ts';
import { allReasons } from './reason-flags.ts';

/** What of a certificate decides on the CRLs that cover it. */
export interface CrlSubject {
  readonly issuerKey: string;
  readonly issuerParts: readonly string[];
  readonly isCa: boolean;
}

/**
 * Mask of the reasons for which the CRL covers the certificate by this distribution point; 0 where the CRL has
 * another issuer, another scope, or other kinds of certificates.
 */
export function coveredReasons(crl: ParsedCrl, point: DistributionPoint, subject: CrlSubject): number {
  if (!isIssuerMeant(crl, point, subject)) return 0;
  const scope = crl.issuingDistributionPoint;
  const wanted = point.reasons ?? allReasons;
  if (scope === undefined) return wanted;
  if (scope.name !== undefined && !isPointMeant(crl, point, subject)) return 0;
  if (scope.onlyContainsUserCerts && subject.isCa) return 0;
  if (scope.onlyContainsCACerts && !subject.isCa) return 0;
  if (scope.onlyContainsAttributeCerts) return 0;
  return wanted & (scope.onlySomeReasons ?? allReasons);
}

/** (b) (1): the CRL is of the issuer that the point names, then as an indirect one, or of the certificate's. */
function isIssuerMeant(crl: ParsedCrl, { crlIssuer }: DistributionPoint, { issuerKey }: CrlSubject): boolean {
  if (crlIssuer === undefined) return crl.issuer.key === issuerKey;
  return (
    crl.issuingDistributionPoint?.indirectCRL === true &&
    crlIssuer.some((name) => isName(name, crl.issuer.key))
  );
}

/** (b) (2) (i): the names of the CRL's own point and of the certificate's have one in common. */
function isPointMeant(crl: ParsedCrl, { name, crlIssuer }: DistributionPoint, subject: CrlSubject): boolean {
  const own = crl.issuingDistributionPoint?.name;
  if (own === undefined) return true;
  if (name === undefined) {
    return (
      'fullName' in own && own.fullName.some((full) => crlIssuer?.some((other) => isSameName(full, other)))
    );
  }
  const relativeTo = crlIssuer?.find((candidate) => candidate.kind === 'directory');
  const base = relativeTo?.kind === 'directory' ? relativeTo.parts : subject.issuerParts;
  return namesMeet(own, crl.issuer.parts, name, base);
}

function isName(name: PathName, key: string): boolean {
  return name.kind === 'directory' && name.key === key;
}

/** Section 6.3.3, for CRLs that no distribution point names: the issuer's own, for all reasons. */
export function implicitPoint({ issuerKey, issuerParts }: CrlSubject): DistributionPoint {
  const fullName: PathName = { kind: 'directory', parts: issuerParts, key: issuerKey, text: '' };
  return { name: { fullName: [fullName] }, reasons: undefined, crlIssuer: undefined };
}

/** (c): the delta CRL continues this complete CRL, of the same issuer, scope and key. */
export function isDeltaOf(delta: ParsedCrl, complete: ParsedCrl): boolean {
  if (delta.baseCrlNumber === undefined || delta.issuer.key !== complete.issuer.key) return false;
  if (!isSame(delta.issuingDistributionPoint?.der, complete.issuingDistributionPoint?.der)) return false;
  if (!isSame(delta.authorityKeyIdentifier, complete.authorityKeyIdentifier)) return false;
  const { crlNumber } = complete;
  if (crlNumber === undefined || delta.crlNumber === undefined) return false;
  return crlNumber >= delta.baseCrlNumber && crlNumber < delta.crlNumber;
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}
