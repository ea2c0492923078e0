/**
 * The room of pure rules. What it is for: deciding, from values alone, what a policy permits, how names match, how
 * long things last and what state they are in.
 *
 * Its invariant: the same input gives the same answer; nothing here reads a clock, a file, a store or the network,
 * and nothing is remembered. Hostile input ends in a violation, never in an exception.
 *
 * What does not belong: use cases (services/), encodings (x509/), anything asynchronous.
 */

export { type AlertAddress, alertAddressViolations } from './alert-address.ts';
export { type ApprovalRule, approvalOf, isAtLeastAsStrict } from './approval.ts';
export {
  type Approver,
  approvalsIn,
  currentStep,
  type Objection,
  objectionToDeciding,
  type Vote,
} from './approval-progress.ts';
export { backOffMs } from './back-off.ts';
export type { CanonicalName } from './canonical-name.ts';
export {
  type ComparedCertificate,
  certificateDifferences,
  type Difference,
} from './certificate-differences.ts';
export { type Cidr, cidrContains, type IpAddress, parseCidr, parseIp } from './cidr.ts';
export { addDuration, type Duration, parseDuration } from './duration.ts';
export { extendedKeyUsageOid } from './extended-key-usage-oid.ts';
export { claimTexts, matchIdentityRules, type RuleMatch } from './identity-rules.ts';
export { type CertificateStatus, certificateStatus, type Lifetime } from './lifecycle.ts';
export { canonicalSubjectAltName, patternProblem } from './name-pattern.ts';
export { noteProblem } from './note-problem.ts';
export { lookAtOrder, type OrderLook, type WatchedOrder } from './order-watch.ts';
export { type AskedCertificate, caRuleOf, checkPolicy } from './policy-check.ts';
export { checkPolicyDefinition } from './policy-definition-check.ts';
export { explainPolicy, type PolicyCheckResult } from './policy-explanation.ts';
export { type RenewalFacts, renewalEligibility } from './renewal-eligibility.ts';
export { momentIn, renewalWindow, type Span } from './renewal-window.ts';
export { fillFilter, parseAccountName } from './search-filter.ts';
export { isSlug, toSlug } from './slug.ts';
export { readValidityInterval } from './validity-interval.ts';
