/** Random texts through the reader of queries and the writer of SQL, made of the words of the language and of noise. */
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { conditionOf } from '../../src/main/store/query/condition.ts';
import { sourceOf } from '../../src/main/store/query/plan.ts';
import type { Schema } from '../../src/main/store/schema.ts';
import { completeQuery } from '../../src/shared/query/complete-query.ts';
import { parseQuery } from '../../src/shared/query/parse-query.ts';
import { queryOperators } from '../../src/shared/query/query.ts';
import { QueryError } from '../../src/shared/query/query-error.ts';
import { queryFieldNames } from '../../src/shared/query/query-fields.ts';
import { Dice } from './dice.ts';

const db = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (one) => new SqliteIntrospector(one),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** Stands in every text that is a value: SQL that has it in it was not bound. */
const mark = 'zQ7mark';
const words = [
  ...queryFieldNames,
  ...queryOperators,
  ...[
    'AND',
    'OR',
    'and',
    'or',
    'NULL',
    'true',
    'false',
    '(',
    ')',
    '((',
    '))',
    '"',
    '\\',
    '\\"',
    '%',
    '%ME%',
    '%TODAY%',
  ],
  ...[
    '%TODAY-7%',
    '%TODAY+99999%',
    '0',
    '-1',
    '9'.repeat(15),
    '2026-02-30',
    '2026-01-31',
    'Active',
    'RSA',
    '–eq',
    '\0',
  ],
  ...[
    `"${mark}"`,
    mark,
    `"${mark}' or 1=1 --"`,
    `"${mark}\\""`,
    `note-${mark}`,
    '\u{1f600}',
    '\ud800',
    '\u202e',
    '“',
    '”',
  ],
];

export interface QueryTally {
  readonly read: number;
  readonly refused: number;
}

/** Runs the inputs of the seed. Throws for an input that throws anything but a QueryError, or comes unbound into SQL. */
export function fuzzQueries(seed: number, count: number): QueryTally {
  let [read, refused] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    const text = textOf(new Dice(seed, index));
    try {
      if (isRead(text)) read += 1;
      else refused += 1;
    } catch (cause) {
      throw new Error(`Input ${index} of seed ${seed} fails: ${JSON.stringify(text)}`, { cause });
    }
  }
  return { read, refused };
}

function isRead(text: string): boolean {
  completeQuery(text, Math.floor(text.length / 2), []);
  const findNote = (note: string) =>
    note.includes(mark) ? { note, names: [note], kind: 'text' as const } : undefined;
  try {
    const query = parseQuery(text, { now: new Date(), me: mark, findNote });
    sourceOf(query);
    const { sql } = db.selectFrom('certificates').select('rowId').where(conditionOf(query)).compile();
    if (sql.includes(mark) || /['"]\s*or\s+1\s*=\s*1/i.test(sql))
      throw new Error('A value is part of the SQL.');
    return true;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const { position, length } = error;
    if (position < 0 || position + length > text.length)
      throw new Error('The place is outside of the query.');
    return false;
  }
}

/** Every other one is made of whole conditions, so that not all are refused at their first word. */
function textOf(dice: Dice): string {
  const isWhole = dice.below(2) > 0;
  const parts: string[] = [];
  for (let left = dice.below(8); left >= 0; left -= 1) {
    const isNoise = !isWhole && dice.below(2) > 0;
    parts.push(isNoise ? dice.pick(words) : conditionText(dice));
    if (left > 0) parts.push(dice.pick(['AND', 'OR']));
  }
  const text = parts.join(dice.pick([' ', ' ', ' ', '']));
  return isWhole || dice.below(4) > 0 ? text : text.slice(0, dice.below(text.length + 1));
}

function conditionText(dice: Dice): string {
  const field = dice.pick(['CN', 'SAN', 'DN', 'SerialNumber', `note-${mark}`]);
  const text = `${field} ${dice.pick(['-eq', '-contains', '-ne', '-startswith'])} "${mark}${dice.pick(words)}"`;
  return dice.below(3) > 0 ? text : `(${text})`;
}
