import type { Violation } from '../../shared/errors.ts';
import type { PolicyDefinition } from '../../shared/model/policy.ts';
import { type AskedCertificate, caRuleOf, checkPolicy } from './policy-check.ts';
import { show } from './policy-names-check.ts';

/** One thing that was looked at, and how it went. */
export interface PolicyCheckResult extends Violation {
  readonly passed: boolean;
}

/** All that the policy looks at in the request, in the order of its sections: what passes, what fails, and why. */
export function explainPolicy(definition: PolicyDefinition, asked: AskedCertificate): PolicyCheckResult[] {
  const failed = new Map<string, Violation[]>();
  for (const violation of checkPolicy(definition, asked)) {
    const place = JSON.stringify(violation.path);
    failed.set(place, [...(failed.get(place) ?? []), violation]);
  }
  const results: PolicyCheckResult[] = [];
  for (const point of pointsOf(definition, asked)) {
    const place = JSON.stringify(point.path);
    const violations = failed.get(place);
    if (violations === undefined) results.push({ ...point, passed: true });
    else for (const violation of violations) results.push({ ...violation, passed: false });
    // Told once, however many points stand at the same place.
    if (violations) failed.set(place, []);
  }
  const places = new Set(results.map(({ path }) => JSON.stringify(path)));
  for (const [place, violations] of failed)
    if (!places.has(place)) for (const violation of violations) results.push({ ...violation, passed: false });
  return results;
}

/** What would be said of each place if nothing were wrong with it. */
function pointsOf(definition: PolicyDefinition, asked: AskedCertificate): Violation[] {
  return [
    ...subjectPoints(definition, asked),
    ...namePoints(definition, asked),
    ...usagePoints(definition, asked),
    {
      path: ['notAfter'],
      rule: 'validity.maxValidity',
      message: `The validity is no longer than ${definition.maxValidity}.`,
    },
    {
      path: ['keyAlgorithm'],
      rule: 'keyAlgorithms',
      message: `The key algorithm ${asked.keyAlgorithm} is permitted.`,
    },
    ...(asked.signatureAlgorithm
      ? [
          {
            path: ['signatureAlgorithm'],
            rule: 'signatureAlgorithms',
            message: `The signature algorithm ${asked.signatureAlgorithm} is permitted.`,
          },
        ]
      : []),
    {
      path: ['isCa'],
      rule: 'isCa',
      message: asked.isCa
        ? `The certificate of an authority is ${caRuleOf(definition)}.`
        : 'It is no certificate of an authority.',
    },
    ...(asked.extensions ?? []).map(({ oid }, index) => ({
      path: ['extensions', index, 'oid'],
      rule: 'extensions.allowed',
      message: `The extension ${oid} is permitted.`,
    })),
  ];
}

const why = { any: 'the policy asks nothing of it', rules: 'it keeps the rules', none: '' } as const;

function subjectPoints({ subject: { mode } }: PolicyDefinition, { subject }: AskedCertificate): Violation[] {
  return Object.entries(subject).flatMap(([type, value]) => {
    const values = value === undefined ? [] : typeof value === 'string' ? [value] : value;
    return values.map((text, index) => ({
      path: typeof value === 'string' ? ['subject', type] : ['subject', type, index],
      rule: `subject.${mode}`,
      message: `${type} ${show(text)} is permitted: ${why[mode]}.`,
    }));
  });
}

function namePoints(
  { subjectAltNames: { mode } }: PolicyDefinition,
  { subjectAltNames }: AskedCertificate,
): Violation[] {
  return subjectAltNames.map(({ type, value }, index) => ({
    path: ['subjectAltNames', index, 'value'],
    rule: `subjectAltNames.${mode}`,
    message: `${type} ${show(value)} is permitted: ${why[mode]}.`,
  }));
}

function usagePoints(definition: PolicyDefinition, asked: AskedCertificate): Violation[] {
  return (['keyUsages', 'extendedKeyUsages'] as const).flatMap((section) => [
    ...asked[section].map((usage, index) => ({
      path: [section, index],
      rule: `${section}.allowed`,
      message: `The usage ${usage} is permitted.`,
    })),
    ...(definition[section].required.length === 0
      ? []
      : [
          {
            path: [section],
            rule: `${section}.required`,
            message: `All required usages are there: ${definition[section].required.join(', ')}.`,
          },
        ]),
  ]);
}
