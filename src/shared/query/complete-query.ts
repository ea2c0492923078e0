/** What may come next in a query that is being written. */
import { parseQuery } from './parse-query.ts';
import { type Expected, QueryError } from './query-error.ts';
import { type NoteField, operatorsOf, type QueryField, queryFields } from './query-fields.ts';
import { queryTokens } from './query-tokens.ts';

export interface Completion {
  /** The part of the query that a choice replaces. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly string[];
}

const mostOptions = 50;
const dayWords = ['"%TODAY%"', '"%TODAY-7%"', '"%TODAY+7%"', '"%TODAY+30%"', 'NULL'];

/** What could stand where the caret is, as far as what is there begins or holds it; the notes are fields as well. */
export function completeQuery(text: string, caret: number, notes: readonly NoteField[]): Completion {
  const before = text.slice(0, caret);
  const last = queryTokens(before).at(-2);
  // A word that the caret touches is being written; parentheses and finished texts are not.
  const isWriting =
    last !== undefined && last.to === caret && (last.kind === 'word' || last.isUnended === true);
  const from = isWriting ? last.from : caret;
  const written = isWriting ? last.text.toLowerCase() : '';
  const options = optionsFor(expectedAt(before.slice(0, from), notes), notes).filter((option) =>
    option.toLowerCase().replace(/^"/, '').includes(written),
  );
  const starts = (option: string) =>
    option.toLowerCase().replace(/^["-]/, '').startsWith(written.replace(/^-/, ''));
  const ordered = [...options.filter(starts), ...options.filter((option) => !starts(option))];
  return { from, to: caret, options: ordered.slice(0, mostOptions) };
}

/** What has to follow a query as far as it is written; undefined where it is wrong before its end. */
function expectedAt(before: string, notes: readonly NoteField[]): Expected | undefined {
  const options = {
    now: new Date(0),
    me: '',
    findNote: (name: string) => notes.find(({ note }) => note.toLowerCase() === name.toLowerCase()),
  };
  try {
    parseQuery(before, options);
    return before.trim() === '' ? { kind: 'field' } : { kind: 'connective', isOpen: false };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return error.position >= before.length ? error.expected : undefined;
  }
}

function optionsFor(expected: Expected | undefined, notes: readonly NoteField[]): readonly string[] {
  switch (expected?.kind) {
    case 'field':
      return [...queryFields.map(({ name }) => name), ...notes.map(({ note }) => asWritten(note))];
    case 'operator':
      return operatorsOf[expected.field.kind];
    case 'value':
      return valuesOf(expected.field);
    case 'connective':
      return expected.isOpen ? ['AND', 'OR', ')'] : ['AND', 'OR'];
    default:
      return [];
  }
}

function valuesOf(field: QueryField | NoteField): readonly string[] {
  switch (field.kind) {
    case 'boolean':
      return ['true', 'false'];
    case 'date':
      return dayWords;
    case 'enumeration':
    case 'list':
      return ('offered' in field ? (field.offered ?? []) : []).map(quoted);
    default:
      return ['NULL'];
  }
}

/** A name as a query has it: in quotation marks where it would be several words. */
export function asWritten(name: string): string {
  return /[\s()"\u201c-\u201e]/.test(name) ? quoted(name) : name;
}

const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
