import type { Violation } from '../../shared/errors.ts';
import type { Subject, SubjectAltName } from '../../shared/model/names.ts';
import { type PolicyDefinition, subjectAttributes } from '../../shared/model/policy.ts';
import { canonicalDnsName, isWildcardName } from './dns-name.ts';
import { canonicalSubjectAltName, subjectAltNameMatches } from './name-pattern.ts';
import { subjectMatches, subjectValueProblem } from './subject-text.ts';

interface Rule {
  readonly allowed?: readonly string[] | undefined;
  readonly required?: readonly string[] | undefined;
  readonly denied?: readonly string[] | undefined;
}

type Section<R extends Rule> =
  | { readonly mode: 'any' }
  | { readonly mode: 'none' }
  | { readonly mode: 'rules'; readonly rules: readonly R[] };

/** One name of a request with all that is needed to judge it. */
interface AskedName {
  readonly section: 'subject' | 'subjectAltNames';
  readonly path: readonly (string | number)[];
  readonly type: string;
  readonly oid?: string | undefined;
  /** As it was asked for. */
  readonly text: string;
  readonly problem: string | undefined;
  readonly isWildcard: boolean;
  matches(pattern: string, touches: boolean): boolean;
}

/** Quoted, with everything that could mislead a reader or a terminal escaped. */
export function show(value: string): string {
  const text = value.length > 100 ? `${value.slice(0, 100)}...` : value;
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\p{Cf}\p{Co}]/gu,
    (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`,
  );
}

const list = (patterns: readonly string[]) =>
  patterns.slice(0, 5).join(', ') + (patterns.length > 5 ? ` and ${patterns.length - 5} more` : '');

/** The first thing that speaks against one name, if anything does. */
function checkName<R extends Rule & { readonly type: string; readonly oid?: string | undefined }>(
  name: AskedName,
  section: Section<R>,
  allowWildcards: boolean,
): Violation[] {
  const refuse = (rule: string, message: string): Violation[] => [
    {
      path: name.path,
      rule: `${name.section}.${rule}`,
      message: `${name.type} ${show(name.text)} ${message}.`,
    },
  ];
  if (name.problem !== undefined) return refuse('syntax', name.problem);
  if (section.mode === 'none') return refuse('none', 'is not permitted: the policy permits no names here');
  if (name.isWildcard && !allowWildcards)
    return refuse('wildcard', 'is a wildcard, which the policy does not permit');
  if (section.mode === 'any') return [];
  const rule = section.rules.find(({ type, oid }) => type === name.type && oid === name.oid);
  if (!rule) return refuse('type', 'is of a type that the policy does not permit');
  const denial = rule.denied?.find((pattern) => name.matches(pattern, true));
  if (denial !== undefined) return refuse('denied', `is denied by ${denial}`);
  if (!rule.allowed && !rule.required) return [];
  const permitted = [...(rule.allowed ?? []), ...(rule.required ?? [])];
  if (permitted.some((pattern) => name.matches(pattern, false))) return [];
  return refuse('allowed', `matches none of ${list(permitted)}`);
}

const rulesOf = <R extends Rule>(section: Section<R>) => (section.mode === 'rules' ? section.rules : []);

/** Where the subject departs from the policy; of an attribute's `required`, any one pattern must be met. */
export function checkSubject(definition: PolicyDefinition, subject: Subject): Violation[] {
  const names = subjectAttributes.flatMap((type) => {
    const value = subject[type];
    const values = value === undefined ? [] : typeof value === 'string' ? [value] : value;
    return values.map((text, index): AskedName & { type: typeof type } => {
      const dnsName = type === 'commonName' ? canonicalDnsName(text).value : undefined;
      return {
        section: 'subject',
        path: typeof value === 'string' ? ['subject', type] : ['subject', type, index],
        type,
        text,
        problem: subjectValueProblem(type, text),
        isWildcard: dnsName !== undefined && isWildcardName(dnsName),
        matches: (pattern, touches) => subjectMatches(type, pattern, text, touches),
      };
    });
  });
  const missing = rulesOf(definition.subject).flatMap(({ type, required }): Violation[] => {
    const isMet = names.some(
      (name) => name.type === type && required?.some((pattern) => name.matches(pattern, false)),
    );
    if (!required || isMet) return [];
    return [
      { path: ['subject', type], rule: 'subject.required', message: `${type} must match ${list(required)}.` },
    ];
  });
  return [
    ...names.flatMap((name) => checkName(name, definition.subject, definition.allowWildcards)),
    ...missing,
  ];
}

/** Where the alternative names depart from the policy; every pattern of `required` must be met by some name. */
export function checkSubjectAltNames(
  definition: PolicyDefinition,
  asked: readonly SubjectAltName[],
): Violation[] {
  const names = asked.map(({ type, value, oid }, index): AskedName => {
    const canonical = canonicalSubjectAltName({ type, value, oid });
    return {
      section: 'subjectAltNames',
      path: ['subjectAltNames', index, 'value'],
      type,
      oid,
      text: value,
      problem: canonical.problem,
      isWildcard: type === 'dns' && canonical.value !== undefined && isWildcardName(canonical.value),
      matches: (pattern, touches) =>
        canonical.value !== undefined && subjectAltNameMatches(type, pattern, canonical.value, touches),
    };
  });
  const missing = rulesOf(definition.subjectAltNames).flatMap(({ type, oid, required = [] }) =>
    required
      .filter(
        (pattern) =>
          !names.some((name) => name.type === type && name.oid === oid && name.matches(pattern, false)),
      )
      .map((pattern) => ({
        path: ['subjectAltNames'],
        rule: 'subjectAltNames.required',
        message: `A name of type ${type} that matches ${pattern} is required.`,
      })),
  );
  return [
    ...names.flatMap((name) => checkName(name, definition.subjectAltNames, definition.allowWildcards)),
    ...missing,
  ];
}
