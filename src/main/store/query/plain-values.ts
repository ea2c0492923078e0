/** Values as people write them, in the form in which they are stored. */
import { type RawBuilder, sql } from 'kysely';
import type { QueryOperator, QueryValue } from '../../../shared/query/query.ts';

/** A distinguished name without the spaces that other programs put behind its commas. */
export function plainName(text: string): string {
  return text.replace(/,\s+(?=[A-Za-z0-9.]+=)/g, ',');
}

/** Hexadecimal digits without what people put between them. */
export function plainSerial(text: string): string {
  return text.replace(/[\s:]/g, '').toUpperCase();
}

/** A day in a text, which sorts as its moments do. */
export function plainDate(
  column: RawBuilder<unknown>,
  operator: QueryOperator,
  { from, to }: Extract<QueryValue, { kind: 'period' }>,
): RawBuilder<unknown> {
  const moment = sql`(unixepoch(${column}) * 1000)`;
  switch (operator) {
    case '-lt':
      return sql`${moment} < ${from}`;
    case '-le':
      return sql`${moment} < ${to}`;
    case '-gt':
      return sql`${moment} >= ${to}`;
    case '-ge':
      return sql`${moment} >= ${from}`;
    default:
      return sql`${moment} >= ${from} and ${moment} < ${to}`;
  }
}
