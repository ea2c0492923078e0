/** Puts the violations of a refused call at the fields of its form. */
import { asProblem } from '../client/api-problem.ts';

export interface FormProblem {
  /** Messages by the form's field names. */
  readonly errors: Readonly<Record<string, string>>;
  /** What `errors` shows, for the notice above to leave out. */
  readonly shown: readonly string[];
}

/**
 * Finds for each violation the field that is nearest: its own path, or the longest beginning of it that the
 * form has. `aliases` renames beginnings where form and input differ, e.g. `defaultProfile` to `profile`.
 */
export function formProblem(
  error: unknown,
  fields: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): FormProblem {
  const errors: Record<string, string> = {};
  const shown: string[] = [];
  for (const { path, message } of asProblem(error).violations) {
    for (let length = path.length; length > 0; length -= 1) {
      const name = path.slice(0, length).join('.');
      const field = aliases[name] ?? name;
      if (!fields.includes(field)) continue;
      const before = errors[field];
      errors[field] = before === undefined ? message : `${before} ${message}`;
      shown.push(message);
      break;
    }
  }
  return { errors, shown };
}
