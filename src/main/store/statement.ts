import type { Compilable } from 'kysely';
import type { Statement } from './committer.ts';

type Expectations = Omit<Statement, 'sql' | 'parameters'>;

/** A query as a statement of a unit of work, with what it expects. */
export function statement(query: Compilable, expectations: Expectations = {}): Statement {
  const { sql, parameters } = query.compile();
  return { sql, parameters, ...expectations };
}

export type StatementTemplate = (parameters: readonly unknown[], expectations?: Expectations) => Statement;

/**
 * A query that is compiled once, written with any values, and then filled with parameters in its own order: for
 * the hot paths, since compiling costs several times what running does.
 */
export function statementTemplate(query: Compilable): StatementTemplate {
  let sql: string | undefined;
  return (parameters, expectations = {}) => {
    sql ??= query.compile().sql;
    return { sql, parameters, ...expectations };
  };
}
