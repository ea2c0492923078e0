import type { NoteType } from '../../shared/model/metadata-field.ts';
import { readPeriod } from '../../shared/query/query-period.ts';

interface NoteRule {
  readonly type: NoteType;
  readonly options: readonly string[];
  readonly pattern: string | null;
}

/** What is wrong with a note as the end of a sentence that begins with its name; undefined where it may be noted. */
export function noteProblem({ type, options, pattern }: NoteRule, value: string): string | undefined {
  switch (type) {
    case 'integer':
      return /^-?[0-9]{1,15}$/.test(value) ? undefined : 'is a whole number';
    case 'date':
      return readPeriod(value, new Date(0)) && !value.startsWith('%')
        ? undefined
        : 'is a day such as 2026-01-31';
    case 'boolean':
      return /^(?:true|false)$/i.test(value) ? undefined : 'is true or false';
    case 'choice':
      return options.includes(value) ? undefined : `is one of ${options.join(', ')}`;
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(value) ? undefined : 'is a mail address';
    case 'string':
    case 'text':
      return pattern === null || matchesPattern(value, pattern) ? undefined : `has the form ${pattern}`;
  }
}

/** Whether the text has the form, in which * stands for any characters and ? for one; in linear time for each star. */
export function matchesPattern(text: string, pattern: string): boolean {
  let [at, inPattern, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') [star, resume, inPattern] = [inPattern, at, inPattern + 1];
    else if (wanted === '?' || wanted === text[at]) [at, inPattern] = [at + 1, inPattern + 1];
    else if (star >= 0) [resume, at, inPattern] = [resume + 1, resume + 1, star + 1];
    else return false;
  }
  return /^\**$/.test(pattern.slice(inPattern));
}
