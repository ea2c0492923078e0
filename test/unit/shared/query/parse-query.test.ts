import { describe, expect, it } from 'vitest';
import { completeQuery } from '../../../../src/shared/query/complete-query.ts';
import { parseQuery } from '../../../../src/shared/query/parse-query.ts';
import { maxQueryConditions, maxQueryDepth, maxQueryLength } from '../../../../src/shared/query/query.ts';
import { QueryError } from '../../../../src/shared/query/query-error.ts';
import { wrongQueries } from './wrong-queries.ts';

const options = { now: new Date('2026-06-15T12:00:00Z'), me: 'tests', findNote: () => undefined };

function errorOf(text: string): QueryError {
  try {
    parseQuery(text, options);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`${text} was read`);
}

describe('a wrong query', () => {
  const cases = wrongQueries.map(([text, position, expected, meant]) => ({
    text,
    position,
    expected,
    meant,
  }));

  it.each(cases)('$text is wrong at $position, where $expected was expected', (one) => {
    const { text, position, expected, meant } = one;
    const error = errorOf(text);
    expect([error.position, error.expected.kind, error.suggestion]).toEqual([position, expected, meant]);
    expect(error.message.length).toBeGreaterThan(10);
  });

  it('is not read where it is longer, deeper or larger than anyone needs', () => {
    expect(errorOf(' '.repeat(maxQueryLength + 1)).position).toBe(maxQueryLength);
    expect(errorOf('('.repeat(maxQueryDepth + 1)).position).toBe(maxQueryDepth);
    const many = Array.from({ length: maxQueryConditions + 1 }, () => 'CN -eq x').join(' OR ');
    expect(errorOf(many).expected.kind).toBe('less');
    const deep = `${'('.repeat(maxQueryDepth)}CN -eq x${')'.repeat(maxQueryDepth)}`;
    expect(parseQuery(deep, options)).toMatchObject({ kind: 'condition' });
  });
});

describe('completion', () => {
  const complete = (text: string) => {
    const caret = text.indexOf('|');
    return completeQuery(text.replace('|', ''), caret, [{ note: 'Cost Center', names: [], kind: 'text' }]);
  };

  it.each([
    ['|', 'CN'],
    ['C|', 'CN'],
    ['Templ|', 'TemplateShortName'],
    ['(|', 'CN'],
    ['CN |', '-eq'],
    ['CN -c|', '-contains'],
    ['CertState -eq |', '"Unknown"'],
    ['CertState -eq Rev|', '"Revoked"'],
    ['CertState -eq "Rev|', '"Revoked"'],
    ['SelfSigned -eq |', 'true'],
    ['IssuedDate -ge |', '"%TODAY%"'],
    ['CN -eq x |', 'AND'],
    ['(CN -eq x |', 'AND'],
    ['CN -eq x A|', 'AND'],
    ['CN -eq x AND |', 'CN'],
    ['Cost|', '"Cost Center"'],
    ['| -eq x', 'CN'],
  ])('offers at %s first %s', (text, first) => {
    expect(complete(text).options[0]).toBe(first);
  });

  it('replaces the word that is being written, and offers nothing behind a mistake', () => {
    expect(complete('CN -co| "x"')).toMatchObject({ from: 3, to: 6 });
    expect(complete('(CN -eq x |').options).toContain(')');
    expect(complete('CN nonsense x |').options).toEqual([]);
    expect(complete('CN -eq "some text|').options).toEqual([]);
  });
});
