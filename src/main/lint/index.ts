/**
 * The linter. What it is for: to say of a certificate, request or CRL, before it is signed or after, every rule
 * that it breaks. Its invariants: it reads exactly the bytes that are or will be signed; it gives all findings at
 * once, in bounded time; only input whose structure is broken throws. A rule is one value, so that the list of
 * rules is also their documentation. What does not belong: what a policy allows (domain/), whether a chain is
 * valid (x509/).
 */

import type { CertificateDocument, CrlDocument, RequestDocument } from './read/read-document.ts';
import { readCertificateDocument, readCrlDocument, readRequestDocument } from './read/read-document.ts';
import { applyRules, type Finding, type LintOptions, type Rule } from './rule.ts';
import { authorityRules } from './rules/authority-rules.ts';
import { baselineRules } from './rules/baseline-rules.ts';
import { crlRules } from './rules/crl-rules.ts';
import { extensionRules } from './rules/extension-rules.ts';
import { altNameRules, locationRules } from './rules/general-name-rules.ts';
import { keyRules } from './rules/key-rules.ts';
import { keyUsageRules } from './rules/key-usage-rules.ts';
import { nameRules, subjectRules } from './rules/name-rules.ts';
import { requestRules } from './rules/request-rules.ts';
import { algorithmRules, structureRules } from './rules/structure-rules.ts';
import { timeRules } from './rules/time-rules.ts';

export { sharedFactors } from './hygiene/rsa-weakness.ts';
export { arePlainAltNames, isPlainKey, isPlainSubject } from './plain-values.ts';
export type { Finding, LintOptions, Severity } from './rule.ts';

export const certificateLints: readonly Rule<CertificateDocument>[] = [
  ...structureRules,
  ...algorithmRules,
  ...timeRules,
  ...nameRules,
  ...subjectRules,
  ...keyRules,
  ...extensionRules,
  ...authorityRules,
  ...keyUsageRules,
  ...altNameRules,
  ...locationRules,
  ...baselineRules,
];

export const requestLints: readonly Rule<RequestDocument>[] = [
  ...requestRules,
  ...algorithmRules,
  ...nameRules,
  ...keyRules,
  ...extensionRules,
  ...keyUsageRules,
  ...altNameRules,
  ...locationRules,
];

export const crlLints: readonly Rule<CrlDocument>[] = [
  ...crlRules,
  ...algorithmRules,
  ...nameRules,
  ...extensionRules,
  ...altNameRules,
  ...locationRules,
];

/** What a certificate, or a TBSCertificate about to be signed, breaks. Throws INVALID_CERTIFICATE for broken DER. */
export function lintCertificate(der: Uint8Array, options: LintOptions): Finding[] {
  return applyRules(certificateLints, readCertificateDocument(der), options);
}

/** What a certification request, or its unsigned part, breaks. Throws INVALID_CSR for broken DER. */
export function lintRequest(der: Uint8Array, options: LintOptions): Finding[] {
  return applyRules(requestLints, readRequestDocument(der), options);
}

/** What a CRL, or a TBSCertList about to be signed, breaks. Throws INVALID_CERTIFICATE for broken DER. */
export function lintCrl(der: Uint8Array, options: LintOptions): Finding[] {
  return applyRules(crlLints, readCrlDocument(der), options);
}
