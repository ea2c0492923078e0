import type { Violation } from '../../shared/errors.ts';
import type { PolicyDefinition } from '../../shared/model/policy.ts';
import { patternProblem } from './name-pattern.ts';

const kinds = ['allowed', 'required', 'denied'] as const;

/**
 * What is wrong with a policy beyond its shape, all at once: patterns that cannot be read and would therefore permit
 * nothing and deny everything. For the moment of writing a policy; checking a request needs no such order.
 */
export function checkPolicyDefinition({ subjectAltNames }: PolicyDefinition): Violation[] {
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
