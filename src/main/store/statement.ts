import type { Compilable } from 'kysely';
import type { Statement } from './committer.ts';

/** A query as a statement of a unit of work, with what it expects. */
export function statement(
  query: Compilable,
  expectations: Omit<Statement, 'sql' | 'parameters'> = {},
): Statement {
  const { sql, parameters } = query.compile();
  return { sql, parameters, ...expectations };
}
