import type { Violation } from '../../shared/errors.ts';
import { extensionsWithFields } from '../../shared/model/extensions.ts';
import type { PolicyDefinition } from '../../shared/model/policy.ts';
import { addDuration, isWithinDuration, parseDuration } from './duration.ts';
import { extendedKeyUsageOid } from './extended-key-usage-oid.ts';
import { patternProblem } from './name-pattern.ts';
import { caRuleOf } from './policy-check.ts';

const kinds = ['allowed', 'required', 'denied'] as const;

/**
 * What is wrong with a policy beyond its shape, all at once: patterns that cannot be read and would therefore permit
 * nothing and deny everything. For the moment of writing a policy; checking a request needs no such order.
 */
export function checkPolicyDefinition(definition: PolicyDefinition): Violation[] {
  return [...checkPatterns(definition), ...checkContradictions(definition)];
}

/** What no certificate could meet. */
function checkContradictions(definition: PolicyDefinition): Violation[] {
  const violations: Violation[] = [];
  const refuse = (path: (string | number)[], rule: string, message: string) =>
    violations.push({ path, rule: `policy.${rule}`, message });
  for (const section of ['keyUsages', 'extendedKeyUsages'] as const) {
    const { required, denied = [] } = definition[section];
    const never = new Set(denied.map(extendedKeyUsageOid));
    for (const usage of required)
      if (never.has(extendedKeyUsageOid(usage)))
        refuse([section, 'denied'], 'usage', `The usage ${usage} is both required and denied.`);
  }
  const { minValidity, maxValidity } = definition;
  const start = new Date(0);
  if (minValidity !== undefined) {
    const shortest = addDuration(start, parseDuration(minValidity));
    if (!isWithinDuration(start, shortest, parseDuration(maxValidity)))
      refuse(
        ['minValidity'],
        'validity',
        `No validity is both ${minValidity} and at most ${maxValidity} long.`,
      );
  }
  if (definition.isCa && (definition.basicConstraints?.isCa ?? 'required') !== 'required')
    refuse(['basicConstraints', 'isCa'], 'isCa', 'isCa says that certificates must be those of authorities.');
  const certifies = [...definition.keyUsages.required, ...definition.keyUsages.allowed].includes(
    'keyCertSign',
  );
  if (caRuleOf(definition) === 'required' && !certifies && !definition.keyUsages.allowOthers)
    refuse(['keyUsages', 'required'], 'keyCertSign', 'An authority needs the usage keyCertSign.');
  definition.allowedExtensions?.forEach((oid, index) => {
    const own = extensionsWithFields[oid];
    if (own !== undefined)
      refuse(['allowedExtensions', index], 'extension', `The extension ${oid} is made of ${own}.`);
  });
  return violations;
}

function checkPatterns({ subjectAltNames }: PolicyDefinition): Violation[] {
  if (subjectAltNames.mode !== 'rules') return [];
  return subjectAltNames.rules.flatMap((rule, index) =>
    kinds.flatMap((kind) =>
      (rule[kind] ?? []).flatMap((pattern, position) => {
        const problem = patternProblem(rule.type, pattern);
        if (problem === undefined) return [];
        return {
          path: ['subjectAltNames', 'rules', index, kind, position],
          rule: 'policy.pattern',
          message: `The pattern ${JSON.stringify(pattern)} ${problem}.`,
        };
      }),
    ),
  );
}
