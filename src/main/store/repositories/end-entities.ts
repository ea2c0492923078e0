/** End entities: one per common name in a realm. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import { keysetPage } from '../keyset-page.ts';
import { containing, type Page } from '../page.ts';
import type { FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import { type StatementTemplate, statement, statementTemplate } from '../statement.ts';

export type EndEntityRow = Selectable<Schema['end_entities']>;

/** What says whether a certificate may be issued for it. */
export type EndEntityState = Pick<EndEntityRow, 'id' | 'realmId' | 'commonName' | 'archivedAt'>;

const columns = [
  'id',
  'realmId',
  'commonName',
  'organization',
  'domainNames',
  'ipAddresses',
  'createdAt',
  'emailAddresses',
  'metadata',
  'archivedAt',
] as const satisfies readonly (keyof EndEntityRow)[];

export class EndEntityRepository {
  readonly #db: Kysely<Schema>;
  readonly #findById: FindOne<EndEntityRow>;
  readonly #findByName: FindOne<EndEntityState>;
  readonly #insertIfAbsent: StatementTemplate;
  readonly #mustBeOpen: StatementTemplate;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    const rows = db.selectFrom('end_entities');
    this.#findById = prepared.findOne(rows.selectAll().where('id', '=', ''));
    this.#findByName = prepared.findOne(
      rows
        .select(['id', 'realmId', 'commonName', 'archivedAt'])
        .where('realmId', '=', '')
        .where('commonName', '=', ''),
    );
    this.#mustBeOpen = statementTemplate(
      db.selectFrom('end_entities').select('id').where('id', '=', '').where('archivedAt', 'is', null),
    );
    this.#insertIfAbsent = statementTemplate(
      db
        .insertInto('end_entities')
        .values(Object.fromEntries(columns.map((column) => [column, ''])) as unknown as EndEntityRow)
        .onConflict((conflict) => conflict.columns(['realmId', 'commonName']).doNothing()),
    );
  }

  insert(row: EndEntityRow, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('end_entities').values(row), { rows: 1, duplicate });
  }

  /** Adds it unless there is one of that name in the realm. */
  insertIfAbsent(row: EndEntityRow): Statement {
    return this.#insertIfAbsent(columns.map((column) => row[column]));
  }

  /** Changes what is given of it. */
  update(
    id: string,
    change: Partial<Omit<EndEntityRow, 'id' | 'realmId'>>,
    duplicate: ErrorFields,
  ): Statement {
    const update = this.#db.updateTable('end_entities').set(change).where('id', '=', id);
    return statement(update, { rows: 1, duplicate });
  }

  /** Guards that it was not archived meanwhile. */
  mustBeOpen(id: string, otherwise: ErrorFields): Statement {
    return this.#mustBeOpen([id], { rows: 1, otherwise });
  }

  async find(id: string): Promise<EndEntityRow | undefined> {
    return this.#findById(id);
  }

  async findByName(realmId: string, commonName: string): Promise<EndEntityState | undefined> {
    return this.#findByName(realmId, commonName);
  }

  list(query: {
    realmIds: readonly string[] | null;
    search?: string | undefined;
    isArchived?: boolean | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<EndEntityRow>> {
    let matching = this.#db.selectFrom('end_entities');
    if (query.realmIds) matching = matching.where('realmId', 'in', query.realmIds);
    if (query.isArchived !== undefined)
      matching = matching.where('archivedAt', query.isArchived ? 'is not' : 'is', null);
    if (query.search) {
      const isLike = sql`like ${containing(query.search)} escape '\\'`;
      matching = matching.where(
        sql<boolean>`(commonName ${isLike} or organization ${isLike} or domainNames ${isLike}
          or ipAddresses ${isLike} or emailAddresses ${isLike} or metadata ${isLike})`,
      );
    }
    return keysetPage(this.#db, matching.selectAll(), { ...query, by: 'commonName', direction: 'asc' });
  }
}
