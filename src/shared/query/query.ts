/**
 * The query language of certificates: `CN -contains "example" AND ExpirationDate -le "%TODAY+30%"`. What it is for: one
 * language for the API, the screens and scripts written for Keyfactor Command. Its invariants: whatever the text,
 * reading it gives a tree bounded in size and depth or a QueryError that says where and what was expected; a tree
 * holds known fields and values alone, and says nothing about realms. What does not belong: SQL (store/query/).
 *
 *     query     = and { "OR" and }
 *     and       = primary { "AND" primary }
 *     primary   = "(" query ")" | condition
 *     condition = field operator value
 *     operator  = "-eq" | "-ne" | "-contains" | "-notcontains" | "-startswith" | "-endswith" | "-lt" | "-le" | "-gt" | "-ge"
 *     value     = '"' text '"' | word | "NULL"
 *
 * In quotes, \" is a quotation mark and \\ a backslash. %TODAY%, %TODAY+7% and %TODAY-7% are days of UTC, %ME% is the
 * caller. Words of the language and names of fields go in any case. A day without a time is the whole day: -le takes
 * it in, -lt ends before it.
 */
import type { NoteField, QueryField } from './query-fields.ts';

export const queryOperators = [
  '-eq',
  '-ne',
  '-contains',
  '-notcontains',
  '-startswith',
  '-endswith',
  '-lt',
  '-le',
  '-gt',
  '-ge',
] as const;
export type QueryOperator = (typeof queryOperators)[number];

export type QueryValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  /** Of an enumeration or a list: our word for it. */
  | { readonly kind: 'choice'; readonly choice: string }
  /** Milliseconds, UTC; `to` is the first one after it. */
  | { readonly kind: 'period'; readonly from: number; readonly to: number };

export interface Condition {
  readonly kind: 'condition';
  readonly field: QueryField | NoteField;
  readonly operator: QueryOperator;
  readonly value: QueryValue;
}

/** The tree of a query; `everything` is what an empty one asks for. */
export type Query =
  | { readonly kind: 'everything' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Query[] }
  | Condition;

/** Longest query, in UTF-16 units. */
export const maxQueryLength = 4000;
/** Deepest nesting of parentheses. */
export const maxQueryDepth = 32;
/** Most conditions of one query. */
export const maxQueryConditions = 200;
