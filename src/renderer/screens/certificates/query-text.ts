/** A query as it is being written: what is wrong with it, where the mark goes, what a choice makes of it. */
import { asWritten, type Completion } from '../../../shared/query/complete-query.ts';
import { parseQuery } from '../../../shared/query/parse-query.ts';
import { QueryError } from '../../../shared/query/query-error.ts';
import type { NoteField } from '../../../shared/query/query-fields.ts';

export interface Written {
  readonly text: string;
  readonly caret: number;
}

export interface Mark {
  readonly before: string;
  /** Empty where something is missing. */
  readonly wrong: string;
  readonly after: string;
}

/** Most characters that a mark shows before, of and after what is wrong. */
const shown = { before: 48, wrong: 60, after: 24 };

/** Why a query cannot be read. Where the notes are not known, what may be about one is left to the service. */
export function queryProblem(text: string, notes: readonly NoteField[] | undefined): QueryError | undefined {
  let asksForNotes = false;
  const findNote = (name: string): NoteField | undefined => {
    if (notes !== undefined) return notes.find(({ note }) => note.toLowerCase() === name.toLowerCase());
    asksForNotes = true;
    return { note: name, names: [], kind: 'text' };
  };
  const noteNames = notes?.map(({ note }) => note) ?? [];
  try {
    parseQuery(text, { now: new Date(), me: '', findNote, noteNames });
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return asksForNotes ? undefined : error;
  }
  return undefined;
}

/** Whether what is wrong may just not be finished: it is nowhere before the word at the caret. */
export function isBeingWritten({ position, length }: QueryError, { text, caret }: Written): boolean {
  const isAtEnd = text.slice(caret).trim() === '';
  return isAtEnd && (position + length >= text.trimEnd().length || text.charAt(position) === '"');
}

/** The query around what is wrong, cut where it is long. */
export function markOf(text: string, { position, length }: QueryError): Mark {
  const end = position + length;
  const before = text.slice(0, position);
  const wrong = text.slice(position, end);
  const after = text.slice(end);
  return {
    before: before.length > shown.before ? `…${before.slice(-shown.before)}` : before,
    wrong: wrong.length > shown.wrong ? `${wrong.slice(0, shown.wrong)}…` : wrong,
    after: after.length > shown.after ? `${after.slice(0, shown.after)}…` : after,
  };
}

/** The query with what was probably meant in place of what is wrong. */
export function corrected(text: string, { position, length }: QueryError, suggestion: string): Written {
  return replaced(text, position, position + length, asWritten(suggestion));
}

/** The query with a choice in it, and the caret where the next word goes. */
export function completed(text: string, { from, to }: Completion, option: string): Written {
  // What is left of a word that the caret stands in goes with its beginning.
  const rest = from === to ? undefined : /^[^\s()"]*"?/.exec(text.slice(to))?.[0];
  const tail = option.startsWith('"') ? rest : rest?.replace('"', '');
  return replaced(text, from, to + (tail?.length ?? 0), option);
}

/** Which choice the key Enter takes: the first, once some of a word is there, and none where the word is whole. */
export function preselects(text: string, { from, to, options }: Completion): boolean {
  const written = text.slice(from, to).toLowerCase();
  return written !== '' && !options.some((option) => option.toLowerCase() === written);
}

function replaced(text: string, from: number, to: number, word: string): Written {
  const before = text.slice(0, from) + word;
  const after = text.slice(to).replace(/^ /, '');
  return after.startsWith(')')
    ? { text: before + after, caret: before.length }
    : { text: `${before} ${after}`, caret: before.length + 1 };
}
