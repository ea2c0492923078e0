import type { QueryValue } from './query.ts';
import type { NoteField, QueryField } from './query-fields.ts';
import { readPeriod } from './query-period.ts';

export interface ValueContext {
  readonly now: Date;
  /** What %ME% stands for. */
  readonly me: string;
}

const objectIdentifier = /^[0-2](?:\.(?:0|[1-9][0-9]{0,38})){1,30}$/;

/** The value that a text means to a field, undefined where it means none; spaces at its ends mean nothing. */
export function readValue(
  field: QueryField | NoteField,
  text: string,
  isQuoted: boolean,
  { now, me }: ValueContext,
): QueryValue | undefined {
  const trimmed = text.trim();
  // What is no text cannot be the word, so that quotation marks around it say nothing.
  if (trimmed.toLowerCase() === 'null' && (!isQuoted || field.kind !== 'text')) return { kind: 'null' };
  switch (field.kind) {
    case 'text':
      return { kind: 'text', text: trimmed.toLowerCase() === '%me%' ? me : trimmed };
    case 'number': {
      const number = /^-?[0-9]{1,15}(?:\.[0-9]{1,6})?$/.test(trimmed) ? Number(trimmed) : undefined;
      return number === undefined ? undefined : { kind: 'number', number };
    }
    case 'boolean':
      return /^(?:true|false|1|0)$/i.test(trimmed)
        ? { kind: 'boolean', boolean: /^(?:true|1)$/i.test(trimmed) }
        : undefined;
    case 'date': {
      const period = readPeriod(trimmed, now);
      return period && { kind: 'period', ...period };
    }
    case 'enumeration':
    case 'list':
      return choiceOf(field, trimmed);
  }
}

function choiceOf({ kind, words = {} }: QueryField, text: string): QueryValue | undefined {
  const word = text.toLowerCase().replace(/\s+/g, '');
  if (Object.hasOwn(words, word)) return { kind: 'choice', choice: words[word] as string };
  return kind === 'list' && objectIdentifier.test(word) ? { kind: 'choice', choice: word } : undefined;
}

/** What may be written for a field, as the end of a sentence. */
export function valuesInWords(field: QueryField | NoteField): string {
  switch (field.kind) {
    case 'text':
      return 'a text in quotation marks, or NULL';
    case 'number':
      return 'a number, or NULL';
    case 'boolean':
      return 'true or false';
    case 'date':
      return 'a day such as "2026-01-31" or "%TODAY-7%", or NULL';
    case 'enumeration':
    case 'list':
      return `one of ${(field.offered ?? []).join(', ')}`;
  }
}
