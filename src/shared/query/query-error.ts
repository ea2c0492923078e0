import type { QueryOperator } from './query.ts';
import type { NoteField, QueryField } from './query-fields.ts';

/** What could stand at a place. */
export type Expected =
  | { readonly kind: 'field' }
  | { readonly kind: 'operator'; readonly field: QueryField | NoteField }
  | { readonly kind: 'value'; readonly field: QueryField | NoteField; readonly operator: QueryOperator }
  | { readonly kind: 'connective'; readonly isOpen: boolean }
  /** Less of it. */
  | { readonly kind: 'less' };

export interface QueryErrorFields {
  /** A sentence for a person. */
  readonly message: string;
  /** Of the first wrong UTF-16 unit in the query, from 0; its length at the end. */
  readonly position: number;
  /** Of what is wrong, 0 where something is missing. */
  readonly length: number;
  readonly expected: Expected;
  /** What was probably meant in its place. */
  readonly suggestion?: string | undefined;
}

/** A query that cannot be read: where, why, and what was expected there. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly position: number;
  readonly length: number;
  readonly expected: Expected;
  readonly suggestion: string | undefined;

  constructor({ message, position, length, expected, suggestion }: QueryErrorFields) {
    super(message);
    this.position = position;
    this.length = length;
    this.expected = expected;
    this.suggestion = suggestion;
  }
}
