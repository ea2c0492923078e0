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
  lintCertificate,
} from '../../lint/index.ts';

/** Shapes that have passed, by their template; they go with it. */
const passed = new WeakMap<object, Set<string>>();

/** RFC 5280 section 4.1.2.5: from 2050 on times are written in the other type. */
const generalizedFromMs = Date.UTC(2050, 0, 1);

/** Throws LINT_FAILED for a leaf that breaks a rule of severity error; `tbs` is what is about to be signed. */
export function lintBeforeSigning(
  tbs: Uint8Array,
  template: object,
  asked: AskedCertificate,
  spki: Uint8Array,
): void {
  const shape = isPlain(asked, spki) ? shapeOf(asked, spki) : null;
  const known = passed.get(template) ?? new Set();
  if (shape !== null && known.has(shape)) return;
  requireNoErrors(tbs);
  if (shape !== null) passed.set(template, known.add(shape));
}

/**
 * What a TBSCertificate breaks. What is wrong with a value in the issuer's name is passed over: it must be that of
 * the authority byte for byte, and authorities come from elsewhere too.
 */
export function findingsBeforeSigning(tbs: Uint8Array): Finding[] {
  const findings = lintCertificate(tbs, { profile: 'rfc5280' });
  return findings.filter(({ path }) => !(path[0] === 'issuer' && path.length > 1));
}

/** Throws LINT_FAILED for a TBSCertificate that breaks a rule of severity error, with one violation for each. */
export function requireNoErrors(tbs: Uint8Array): void {
  const errors = findingsBeforeSigning(tbs).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first) throw lintFailed(first, errors);
}

function isPlain({ subject, subjectAltNames, notBefore, notAfter }: AskedCertificate, spki: Uint8Array) {
  return (
    notBefore < notAfter && isPlainKey(spki) && isPlainSubject(subject) && arePlainAltNames(subjectAltNames)
  );
}

/** Of plain values only, so that there are few of them. */
function shapeOf(
  { subject, subjectAltNames, notBefore, notAfter }: AskedCertificate,
  spki: Uint8Array,
): string {
  const { commonName, organization, organizationalUnit } = subject;
  const has = (value: unknown) => (value === undefined ? 0 : 1);
  const years = [notBefore, notAfter].map((time) => (time.getTime() < generalizedFromMs ? 0 : 1)).join('');
  const kinds = (['dns', 'ip'] as const).filter((kind) => subjectAltNames.some(({ type }) => type === kind));
  return `${spki.length} ${has(commonName)}${has(organization)}${has(organizationalUnit)} ${kinds.join()} ${years}`;
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
