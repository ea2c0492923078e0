import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { countCap, decodeCursor, type Page, toPage } from './page.ts';
import type { Schema } from './schema.ts';

/** The columns that hold text or numbers. */
type Sortable<Row> = {
  [Column in keyof Row & string]: Row[Column] extends string | number ? Column : never;
}[keyof Row & string];

interface PageQuery<Column extends string> {
  /** What the rows are sorted by; those with the same value by their id. */
  readonly by: Column;
  readonly direction: 'asc' | 'desc';
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of the rows that a query selects, which it counts up to the cap. Errors: INVALID_INPUT for the cursor. */
export async function keysetPage<
  Table extends keyof Schema,
  Column extends Sortable<Row>,
  Row extends { readonly id: string } & Record<Column, string | number>,
>(
  db: Kysely<Schema>,
  matching: SelectQueryBuilder<Schema, Table, Row>,
  { by, direction, cursor, limit }: PageQuery<Column>,
): Promise<Page<Row>> {
  const column = sql.ref<string | number>(by);
  const id = sql.ref<string>('id');
  let page = matching
    .orderBy(column, direction)
    .orderBy(id, direction)
    .limit(limit + 1);
  if (cursor !== undefined) {
    const [value, lastId] = decodeCursor(cursor);
    const isBeyond = sql.raw(direction === 'asc' ? '>' : '<');
    page = page.where(sql<boolean>`(${column}, ${id}) ${isBeyond} (${value}, ${lastId})`);
  }
  const rows = await page.execute();
  const hits = matching
    .clearSelect()
    .select(sql<number>`1`.as('one'))
    .limit(countCap + 1)
    .as('hits');
  const { count } = await db
    .selectFrom(hits)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return toPage(rows, limit, count, (row) => [row[by], row.id]);
}
