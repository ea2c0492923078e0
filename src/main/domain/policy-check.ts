import type { Violation } from '../../shared/errors.ts';
import type { KeyAlgorithm } from '../../shared/model/algorithms.ts';
import type { KeyUsage, Subject, SubjectAltName } from '../../shared/model/names.ts';
import type { PolicyDefinition } from '../../shared/model/policy.ts';
import { isWithinDuration, parseDuration } from './duration.ts';
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
}

function checkUsages(
  section: 'keyUsages' | 'extendedKeyUsages',
  { allowed, required }: { readonly allowed: readonly string[]; readonly required: readonly string[] },
  asked: readonly string[],
): Violation[] {
  const permitted = new Set([...allowed, ...required].map(extendedKeyUsageOid));
  const present = new Set(asked.map(extendedKeyUsageOid));
  const refused = asked.flatMap((usage, index) =>
    permitted.has(extendedKeyUsageOid(usage))
      ? []
      : [
          {
            path: [section, index],
            rule: `${section}.allowed`,
            message: `The usage ${usage} is not permitted.`,
          },
        ],
  );
  const missing = required
    .filter((usage) => !present.has(extendedKeyUsageOid(usage)))
    .map((usage) => ({
      path: [section],
      rule: `${section}.required`,
      message: `The usage ${usage} is required.`,
    }));
  return [...refused, ...missing];
}

function checkValidity(maxValidity: string, { notBefore, notAfter }: AskedCertificate): Violation[] {
  const refuse = (rule: string, message: string) => [
    { path: ['notAfter'], rule: `validity.${rule}`, message },
  ];
  if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime()))
    return refuse('dates', 'The validity has no proper beginning or end.');
  if (notAfter <= notBefore) return refuse('order', 'The validity ends before it begins.');
  if (isWithinDuration(notBefore, notAfter, parseDuration(maxValidity))) return [];
  return refuse('maxValidity', `The validity is longer than ${maxValidity}.`);
}

/**
 * Everything in which the asked certificate departs from the policy, all at once, each with its path in the request;
 * empty when it may be issued. The names are judged in their canonical form, which is the one to be signed.
 */
export function checkPolicy(definition: PolicyDefinition, asked: AskedCertificate): Violation[] {
  const { keyAlgorithms, isCa } = definition;
  const violations = [
    ...checkSubject(definition, asked.subject),
    ...checkSubjectAltNames(definition, asked.subjectAltNames),
    ...checkUsages('keyUsages', definition.keyUsages, asked.keyUsages),
    ...checkUsages('extendedKeyUsages', definition.extendedKeyUsages, asked.extendedKeyUsages),
    ...checkValidity(definition.maxValidity, asked),
  ];
  if (!keyAlgorithms.includes(asked.keyAlgorithm))
    violations.push({
      path: ['keyAlgorithm'],
      rule: 'keyAlgorithms',
      message: `The key algorithm ${asked.keyAlgorithm} is not among ${keyAlgorithms.join(', ')}.`,
    });
  if (isCa !== asked.isCa)
    violations.push({
      path: ['isCa'],
      rule: 'isCa',
      message: isCa
        ? 'Only certificates of authorities are issued here.'
        : 'No certificate of an authority is issued here.',
    });
  return violations;
}
