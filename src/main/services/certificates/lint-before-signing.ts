/**
 * The blocking lint. All rules on one certificate take about 70 us with an elliptic key and ten times that with
 * an RSA key, which is more than a signature. So the rules see the first certificate of each shape: template
 * (issuer, usages, addresses), curve, kinds of names, form of the end. Of the following ones they see those
 * whose names or key are anything but plain; for the plain ones, what is left to check is their validity.
 */
import { ChanceryError } from '../../../shared/errors.ts';
import type { AskedCertificate } from '../../domain/index.ts';
import {
  arePlainAltNames,
  type Finding,
  isPlainKey,
  isPlainSubject,
  type LintOptions,
  lintCertificate,
  lintCrl,
} from '../../lint/index.ts';

/** Which rules hold, beside those that always do. */
export interface LintRules {
  readonly lint?: LintOptions['profile'] | undefined;
  readonly isBlacklisted?: LintOptions['isBlacklisted'];
}

/** Shapes that have passed, by their template; they go with it. */
const passed = new WeakMap<object, Set<number>>();

/** RFC 5280 section 4.1.2.5: from 2050 on times are written in the other type. */
const generalizedFromMs = Date.UTC(2050, 0, 1);

/**
 * Throws LINT_FAILED for a leaf that breaks a rule of severity error; `tbs` is what is about to be signed. Whoever
 * asks for the rules of the public ones gets all of them for each certificate, and the warnings told: those rules
 * look at what names mean, not only at their form.
 */
export function lintBeforeSigning(
  tbs: Uint8Array,
  template: object,
  asked: AskedCertificate,
  spki: Uint8Array,
  { lint: profile = 'rfc5280', isBlacklisted }: LintRules = {},
): Finding[] {
  if (profile === 'public-like') return requireNoErrors(tbs, { profile, isBlacklisted });
  const shape = isPlain(asked, spki) ? shapeOf(asked, spki) : null;
  const known = passed.get(template) ?? new Set();
  if (shape !== null && known.has(shape)) return [];
  requireNoErrors(tbs, { isBlacklisted });
  if (shape !== null) passed.set(template, known.add(shape));
  return [];
}

/**
 * What a TBSCertificate breaks. What is wrong with a value in the issuer's name is passed over: it must be that of
 * the authority byte for byte, and authorities come from elsewhere too.
 */
export function findingsBeforeSigning(tbs: Uint8Array, options: Partial<LintOptions> = {}): Finding[] {
  const findings = lintCertificate(tbs, { profile: 'rfc5280', ...options });
  return findings.filter(
    ({ severity, path }) => severity !== 'error' || !(path[0] === 'issuer' && path.length > 1),
  );
}

/**
 * Throws LINT_FAILED for a TBSCertificate that breaks a rule of severity error, with one violation for each. Gives
 * back the warnings.
 */
export function requireNoErrors(tbs: Uint8Array, options: Partial<LintOptions> = {}): Finding[] {
  const findings = findingsBeforeSigning(tbs, options);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first) throw lintFailed(first, errors);
  return findings.filter(({ severity }) => severity === 'warning');
}

/** The same for a TBSCertList; entries that passed before need not be in it. Throws LINT_FAILED. */
export function requireNoCrlErrors(tbs: Uint8Array): void {
  const errors = lintCrl(tbs, { profile: 'rfc5280' }).filter(
    ({ severity, path }) => severity === 'error' && !(path[0] === 'issuer' && path.length > 1),
  );
  const [first] = errors;
  if (first) throw lintFailed(first, errors);
}

function isPlain({ subject, subjectAltNames, notBefore, notAfter }: AskedCertificate, spki: Uint8Array) {
  return (
    notBefore < notAfter && isPlainKey(spki) && isPlainSubject(subject) && arePlainAltNames(subjectAltNames)
  );
}

/** Of plain values only, so that there are few of them: a bit for each attribute, kind of name and form of time. */
function shapeOf(
  { subject, subjectAltNames, notBefore, notAfter }: AskedCertificate,
  spki: Uint8Array,
): number {
  let shape = spki.length << 7;
  if (subject.commonName !== undefined) shape |= 1;
  if (subject.organization !== undefined) shape |= 2;
  if (subject.organizationalUnit !== undefined) shape |= 4;
  for (const { type } of subjectAltNames) shape |= type === 'dns' ? 8 : 16;
  if (notBefore.getTime() >= generalizedFromMs) shape |= 32;
  if (notAfter.getTime() >= generalizedFromMs) shape |= 64;
  return shape;
}

function lintFailed({ message, hint }: Finding, errors: readonly Finding[]): ChanceryError {
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new ChanceryError({
    code: 'LINT_FAILED',
    detail: `${message}${more}`,
    hint,
    violations: errors.map(({ path, rule, message }) => ({ path, rule, message })),
  });
}
