import type { z } from 'zod';
import { ChanceryError, type Violation } from '../../shared/errors.ts';

/** An RFC 6901 JSON Pointer to the place. */
export function jsonPointer(path: readonly (string | number)[]): string {
  return path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The place as people write it: `subject.commonName`, `realms[0]`. */
export function dottedPath(path: readonly (string | number)[]): string {
  return path
    .map((segment) => (typeof segment === 'number' ? `[${segment}]` : `.${segment}`))
    .join('')
    .replace(/^\./, '');
}

/** INVALID_INPUT with every violation; the detail names the first. */
export function invalidInput(violations: readonly Violation[]): ChanceryError {
  const [first] = violations;
  const where = first && first.path.length > 0 ? `${dottedPath(first.path)}: ` : '';
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
  return new ChanceryError({
    code: 'INVALID_INPUT',
    detail: `${where}${first?.message ?? 'The input is not valid.'}${more}`,
    violations,
  });
}

/** What is wrong with the input, from zod's issues; no message repeats a value that was given. */
export function violationsOf(issues: readonly z.core.$ZodIssue[], input: unknown): Violation[] {
  return issues.flatMap((issue) => violationOf(issue, input));
}

function violationOf(issue: z.core.$ZodIssue, input: unknown): Violation[] {
  const path = issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      rule: 'unknownField',
      message: 'There is no such field.',
    }));
  }
  if (valueAt(input, path) === undefined)
    return [{ path, rule: 'required', message: 'This field is required.' }];
  return [{ path, rule: ruleOf(issue), message: messageOf(issue) }];
}

function ruleOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return 'type';
    case 'too_small':
      return 'min';
    case 'too_big':
      return 'max';
    case 'invalid_format':
      return `format.${issue.format}`;
    case 'invalid_value':
      return 'oneOf';
    case 'invalid_union':
      return 'union';
    default:
      return issue.code;
  }
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const choices = issue.errors.map((branch) => branch.map(messageOf).join(' and '));
    return [...new Set(choices)].join(' or ');
  }
  const message = issue.message.replace(/^Invalid (?:input|option): /, '');
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function valueAt(input: unknown, path: readonly (string | number)[]): unknown {
  let value = input;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return value;
    value = Object.hasOwn(value, segment) ? (value as Record<string | number, unknown>)[segment] : undefined;
  }
  return value;
}
