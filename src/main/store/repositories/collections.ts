/** Saved queries, the fields of notes, and the short numbers of things. */
import type { Kysely, Selectable } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type CollectionRow = Selectable<Schema['collections']>;
export type MetadataFieldRow = Selectable<Schema['metadata_fields']>;

/** A table of things that belong to a realm and have a name in it: few enough to be read as a whole. */
class NamedThings<Table extends 'collections' | 'metadata_fields'> {
  readonly #db: Kysely<Schema>;
  readonly #table: Table;

  constructor(db: Kysely<Schema>, table: Table) {
    this.#db = db;
    this.#table = table;
  }

  /** Of the realms, by name. */
  async all(realmIds: readonly string[]): Promise<Selectable<Schema[Table]>[]> {
    const rows = await this.#db
      .selectFrom(this.#table as 'collections')
      .selectAll()
      .where('realmId', 'in', realmIds)
      .orderBy('name')
      .orderBy('id')
      .execute();
    return rows as unknown as Selectable<Schema[Table]>[];
  }

  insert(row: Selectable<Schema[Table]>, duplicate: ErrorFields): Statement {
    const insert = this.#db.insertInto(this.#table as 'collections');
    return statement(insert.values(row as unknown as CollectionRow), { rows: 1, duplicate });
  }

  update(id: string, change: Partial<Selectable<Schema[Table]>>, duplicate: ErrorFields): Statement {
    const update = this.#db.updateTable(this.#table as 'collections');
    return statement(update.set(change as Partial<CollectionRow>).where('id', '=', id), {
      rows: 1,
      duplicate,
    });
  }

  delete(id: string): Statement {
    return statement(this.#db.deleteFrom(this.#table as 'collections').where('id', '=', id), { rows: 1 });
  }
}

export class CollectionRepository {
  readonly collections: NamedThings<'collections'>;
  readonly fields: NamedThings<'metadata_fields'>;
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
    this.collections = new NamedThings(db, 'collections');
    this.fields = new NamedThings(db, 'metadata_fields');
  }

  /** The numbers of those that have one, by id. */
  async numbers(ids: readonly string[]): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db.selectFrom('numbers').selectAll().where('id', 'in', ids).execute();
    return new Map(rows.map(({ id, number }) => [id, number]));
  }

  /** The id of what has that number. */
  async idOf(number: number): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('numbers')
      .select('id')
      .where('number', '=', number)
      .executeTakeFirst();
    return row?.id;
  }
}
