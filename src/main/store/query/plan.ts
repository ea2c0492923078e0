/**
 * How the rows of a query are found: by an index that has all of them and perhaps some more, which the condition
 * then sorts out. A query of which no index knows anything has none.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Condition, Query } from '../../../shared/query/query.ts';
import type { QueryFieldName } from '../../../shared/query/query-fields.ts';
import { rowsNoted } from './condition.ts';
import { plainSerial } from './plain-values.ts';

export type Source =
  /** Those with a run of characters among their words. */
  | { readonly kind: 'words'; readonly run: string }
  /** A query for row numbers. */
  | { readonly kind: 'rows'; readonly rows: RawBuilder<unknown> }
  /** Each of these has all of them. */
  | { readonly kind: 'best'; readonly sources: readonly Source[] }
  /** These have them together. */
  | { readonly kind: 'all'; readonly sources: readonly Source[] };

/** A trigram index finds runs of three characters and more. */
export const shortestIndexed = 3;

export const rangeColumns = ['notBefore', 'notAfter'] as const;
export type RangeColumn = (typeof rangeColumns)[number];
/** Milliseconds, both ends included. */
export interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export function sourceOf(query: Query): Source | undefined {
  switch (query.kind) {
    case 'everything':
      return undefined;
    case 'and':
      return best(query);
    case 'or': {
      const sources = query.parts.map(sourceOf);
      return sources.every((source) => source !== undefined) ? { kind: 'all', sources } : undefined;
    }
    case 'condition':
      return ofCondition(query);
  }
}

function best(query: Extract<Query, { kind: 'and' | 'or' }>): Source | undefined {
  const ranges = rangeColumns.flatMap((column) => rangeSource(column, rangeOf(query, column)));
  const others = query.parts
    .filter((part) => !(part.kind === 'condition' && isRange(part)))
    .flatMap((part) => sourceOf(part) ?? []);
  const sources = [...others, ...ranges];
  return sources.length > 1 ? { kind: 'best', sources } : sources[0];
}

/** What the query says for certain about a column: between which moments it lies. */
export function rangeOf(query: Query, column: RangeColumn): Range {
  if (query.kind === 'condition')
    return isRange(query) && columns[nameOf(query)] === column ? boundsOf(query) : {};
  if (query.kind !== 'and') return {};
  const ranges = query.parts.map((part) => rangeOf(part, column));
  const froms = ranges.flatMap(({ from }) => from ?? []);
  const tos = ranges.flatMap(({ to }) => to ?? []);
  return {
    from: froms.length > 0 ? Math.max(...froms) : undefined,
    to: tos.length > 0 ? Math.min(...tos) : undefined,
  };
}

const columns: Partial<Record<QueryFieldName | '', RangeColumn>> = {
  IssuedDate: 'notBefore',
  ExpirationDate: 'notAfter',
};

const nameOf = ({ field }: Condition): QueryFieldName | '' => ('note' in field ? '' : field.name);

function isRange(condition: Condition): boolean {
  return (
    columns[nameOf(condition)] !== undefined &&
    condition.value.kind === 'period' &&
    condition.operator !== '-ne'
  );
}

function boundsOf({ operator, value }: Condition): Range {
  if (value.kind !== 'period') return {};
  const { from, to } = value;
  switch (operator) {
    case '-eq':
      return { from, to: to - 1 };
    case '-lt':
      return { to: from - 1 };
    case '-le':
      return { to: to - 1 };
    case '-gt':
      return { from: to };
    case '-ge':
      return { from };
    default:
      return {};
  }
}

function rangeSource(column: RangeColumn, { from, to }: Range): Source[] {
  if (from === undefined && to === undefined) return [];
  return [
    { kind: 'rows', rows: sql`select rowId as hit from certificates where ${inRange(column, { from, to })}` },
  ];
}

/** A condition that the index of the column is used for. */
export function inRange(column: RangeColumn, { from, to }: Range): RawBuilder<boolean> {
  const name = sql.ref(`certificates.${column}`);
  if (from === undefined) return to === undefined ? sql<boolean>`true` : sql<boolean>`${name} <= ${to}`;
  return to === undefined
    ? sql<boolean>`${name} >= ${from}`
    : sql<boolean>`${name} between ${from} and ${to}`;
}

function ofCondition(condition: Condition): Source | undefined {
  const { field, operator, value } = condition;
  if (operator === '-ne' || operator === '-notcontains') return undefined;
  if (value.kind === 'null' || (value.kind === 'text' && value.text === '')) return undefined;
  if ('note' in field) return { kind: 'rows', rows: rowsNoted(field, condition) };
  if (isRange(condition)) {
    const column = columns[field.name] as RangeColumn;
    return rangeSource(column, boundsOf(condition))[0];
  }
  if (field.name === 'CertId' && operator === '-eq' && value.kind === 'number') {
    return { kind: 'rows', rows: sql`select rowId as hit from certificates where rowId = ${value.number}` };
  }
  if (field.name === 'Thumbprint' && operator === '-eq' && value.kind === 'text') {
    const bytes = Buffer.from(plainSerial(value.text), 'hex');
    return { kind: 'rows', rows: sql`select rowId as hit from certificates where thumbprint = ${bytes}` };
  }
  const run = value.kind === 'text' ? indexedText(field.name, value.text) : undefined;
  return run === undefined ? undefined : { kind: 'words', run };
}

/** The part of a text that is certain to be among the words of a certificate that passes, where it is long enough. */
function indexedText(name: QueryFieldName, text: string): string | undefined {
  const run = runOf(name, text);
  if (run === undefined || run.includes('\0')) return undefined;
  return [...run].length < shortestIndexed ? undefined : run;
}

function runOf(name: QueryFieldName, text: string): string | undefined {
  switch (name) {
    case 'CN':
    case 'SAN':
      return text;
    case 'SerialNumber':
      return plainSerial(text);
    // The subject stands among the words as RFC 4514 writes it, with some characters escaped.
    case 'OU':
      return /^[\w .-]+$/.test(text) ? text : undefined;
    case 'DN':
      return /^[\w .@*-]+(?:=[\w .@*-]+)?$/.test(text) ? text : undefined;
    default:
      return undefined;
  }
}
