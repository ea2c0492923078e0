import type { Violation } from '../../shared/errors.ts';
import type { KeyAlgorithm, SignatureAlgorithm } from '../../shared/model/algorithms.ts';
import type { CustomExtension } from '../../shared/model/extensions.ts';
import type { KeyUsage, Subject, SubjectAltName } from '../../shared/model/names.ts';
import type { PolicyDefinition } from '../../shared/model/policy.ts';
import { isShorterThan, isWithinDuration, parseDuration } from './duration.ts';
import { extendedKeyUsageOid } from './extended-key-usage-oid.ts';
import { checkSubject, checkSubjectAltNames } from './policy-names-check.ts';

/** What a certificate is asked to hold, after a profile's defaults were filled in. */
export interface AskedCertificate {
  readonly subject: Subject;
  readonly subjectAltNames: readonly SubjectAltName[];
  readonly keyUsages: readonly KeyUsage[];
  /** By name or object identifier. */
  readonly extendedKeyUsages: readonly string[];
  readonly keyAlgorithm: KeyAlgorithm;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isCa: boolean;
  /** Of an authority: how many may follow below it; undefined for any number. */
  readonly pathLength?: number | undefined;
  /** What the issuer signs with; undefined where it is not known yet, and then not judged. */
  readonly signatureAlgorithm?: SignatureAlgorithm | undefined;
  /** Whether its own key signs it. */
  readonly isSelfSigned?: boolean | undefined;
  /** Brought along by the request. */
  readonly extensions?: readonly CustomExtension[] | undefined;
}

interface Usages {
  readonly allowed: readonly string[];
  readonly required: readonly string[];
  readonly denied?: readonly string[] | undefined;
  readonly allowOthers?: boolean | undefined;
}

/** Whether the usage is there, under its name or its object identifier. */
function isAmong(usages: readonly string[], usage: string): boolean {
  if (usages.includes(usage)) return true;
  const oid = extendedKeyUsageOid(usage);
  return usages.some((one) => extendedKeyUsageOid(one) === oid);
}

function checkUsages(
  section: 'keyUsages' | 'extendedKeyUsages',
  { allowed, required, denied = [], allowOthers = false }: Usages,
  asked: readonly string[],
): Violation[] {
  const refused = asked.flatMap((usage, index) => {
    const refuse = (rule: string, message: string) => [
      { path: [section, index], rule: `${section}.${rule}`, message: `The usage ${usage} ${message}.` },
    ];
    if (isAmong(denied, usage)) return refuse('denied', 'is denied');
    const isPermitted = allowOthers || isAmong(allowed, usage) || isAmong(required, usage);
    return isPermitted ? [] : refuse('allowed', 'is not permitted');
  });
  const missing = required
    .filter((usage) => !isAmong(asked, usage))
    .map((usage) => ({
      path: [section],
      rule: `${section}.required`,
      message: `The usage ${usage} is required.`,
    }));
  return [...refused, ...missing];
}

function checkValidity(
  { maxValidity, minValidity }: PolicyDefinition,
  { notBefore, notAfter }: AskedCertificate,
): Violation[] {
  const refuse = (rule: string, message: string) => [
    { path: ['notAfter'], rule: `validity.${rule}`, message },
  ];
  if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime()))
    return refuse('dates', 'The validity has no proper beginning or end.');
  if (notAfter <= notBefore) return refuse('order', 'The validity ends before it begins.');
  if (!isWithinDuration(notBefore, notAfter, parseDuration(maxValidity)))
    return refuse('maxValidity', `The validity is longer than ${maxValidity}.`);
  // Both ends are part of the validity (RFC 5280 section 4.1.2.5), so it lasts a second longer than their distance.
  const end = new Date(notAfter.getTime() + 1000);
  if (minValidity === undefined || !isShorterThan(notBefore, end, parseDuration(minValidity))) return [];
  return refuse('minValidity', `The validity is shorter than ${minValidity}.`);
}

/** Whether certificates under the policy may, must or must not be those of authorities. */
export function caRuleOf({ isCa, basicConstraints }: Pick<PolicyDefinition, 'isCa' | 'basicConstraints'>) {
  return basicConstraints?.isCa ?? (isCa ? 'required' : 'denied');
}

function checkBasicConstraints(definition: PolicyDefinition, asked: AskedCertificate): Violation[] {
  const refuse = (path: string, rule: string, message: string) => [{ path: [path], rule, message }];
  const rule = caRuleOf(definition);
  if (rule === 'required' && !asked.isCa)
    return refuse('isCa', 'isCa', 'Only certificates of authorities are issued here.');
  if (!asked.isCa)
    return asked.pathLength === undefined
      ? []
      : refuse('pathLength', 'pathLength.isCa', 'Only the certificate of an authority has a path length.');
  if (rule === 'denied') return refuse('isCa', 'isCa', 'No certificate of an authority is issued here.');
  const longest = definition.basicConstraints?.maxPathLength;
  if (longest === undefined || (asked.pathLength !== undefined && asked.pathLength <= longest)) return [];
  return refuse('pathLength', 'pathLength.max', `The path length must be at most ${longest}.`);
}

function checkExtensions(definition: PolicyDefinition, asked: readonly CustomExtension[]): Violation[] {
  const allowed = definition.allowedExtensions ?? [];
  const fixed = definition.extensions?.custom?.map(({ oid }) => oid) ?? [];
  return asked.flatMap(({ oid }, index) => {
    const refuse = (rule: string, message: string) => [
      { path: ['extensions', index, 'oid'], rule: `extensions.${rule}`, message },
    ];
    if (fixed.includes(oid)) return refuse('fixed', `The extension ${oid} is what the policy says it is.`);
    return allowed.includes(oid) ? [] : refuse('allowed', `The extension ${oid} is not permitted.`);
  });
}

/**
 * Everything in which the asked certificate departs from the policy, all at once, each with its path in the request;
 * empty when it may be issued. The names are judged in their canonical form, which is the one to be signed.
 */
export function checkPolicy(definition: PolicyDefinition, asked: AskedCertificate): Violation[] {
  const { keyAlgorithms, signatureAlgorithms, allowSelfSigned = false } = definition;
  const violations = [
    ...checkSubject(definition, asked.subject),
    ...checkSubjectAltNames(definition, asked.subjectAltNames),
    ...checkUsages('keyUsages', definition.keyUsages, asked.keyUsages),
    ...checkUsages('extendedKeyUsages', definition.extendedKeyUsages, asked.extendedKeyUsages),
    ...checkValidity(definition, asked),
    ...checkBasicConstraints(definition, asked),
    ...(asked.extensions ? checkExtensions(definition, asked.extensions) : []),
  ];
  if (!keyAlgorithms.includes(asked.keyAlgorithm))
    violations.push({
      path: ['keyAlgorithm'],
      rule: 'keyAlgorithms',
      message: `The key algorithm ${asked.keyAlgorithm} is not among ${keyAlgorithms.join(', ')}.`,
    });
  const { signatureAlgorithm } = asked;
  if (signatureAlgorithm && signatureAlgorithms && !signatureAlgorithms.includes(signatureAlgorithm))
    violations.push({
      path: ['signatureAlgorithm'],
      rule: 'signatureAlgorithms',
      message: `The signature algorithm ${signatureAlgorithm} is not among ${signatureAlgorithms.join(', ')}.`,
    });
  if (asked.isSelfSigned && !allowSelfSigned)
    violations.push({
      path: ['profile'],
      rule: 'allowSelfSigned',
      message: 'The policy does not permit certificates that sign themselves.',
    });
  return violations;
}
