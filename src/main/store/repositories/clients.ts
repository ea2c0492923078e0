/** API clients and the realms they act in. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Statement } from '../committer.ts';
import { containing, type Page, toPage } from '../page.ts';
import type { FindAll, FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type ClientRow = Selectable<Schema['clients']>;

export interface ClientWithRealms extends ClientRow {
  readonly realmIds: readonly string[];
}

/** What says whether a client may act in a realm, and as what. */
export interface ClientActor
  extends Pick<ClientRow, 'id' | 'clientId' | 'enabled' | 'role' | 'passwordGrant'> {
  readonly isInRealm: number;
}

export class ClientRepository {
  readonly #db: Kysely<Schema>;
  readonly #find: FindOne<ClientRow>;
  readonly #findActor: FindOne<ClientActor>;
  readonly #realmsOf: FindAll<{ realmId: string }>;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    this.#find = prepared.findOne(db.selectFrom('clients').selectAll().where('id', '=', ''));
    const isInRealm = sql<number>`exists (select 1 from client_realms
      where client_realms.clientId = clients.id and client_realms.realmId = ${''})`.as('isInRealm');
    this.#findActor = prepared.findOne(
      db
        .selectFrom('clients')
        .select(['id', 'clientId', 'enabled', 'role', 'passwordGrant', isInRealm])
        .where('id', '=', ''),
    );
    this.#realmsOf = prepared.findAll(
      db.selectFrom('client_realms').select('realmId').where('clientId', '=', ''),
    );
  }

  insert(row: ClientRow, realmIds: readonly string[]): Statement[] {
    return [
      statement(this.#db.insertInto('clients').values(row), { rows: 1 }),
      ...realmIds.map((realmId) => this.addRealm(row.id, realmId)),
    ];
  }

  update(
    id: string,
    changes: Partial<Pick<ClientRow, 'name' | 'defaultProfileId' | 'role' | 'passwordGrant' | 'enabled'>>,
  ): Statement {
    return statement(this.#db.updateTable('clients').set(changes).where('id', '=', id), { rows: 1 });
  }

  addRealm(clientId: string, realmId: string): Statement {
    return statement(this.#db.insertInto('client_realms').values({ clientId, realmId }), { rows: 1 });
  }

  removeRealm(clientId: string, realmId: string): Statement {
    return statement(
      this.#db.deleteFrom('client_realms').where('clientId', '=', clientId).where('realmId', '=', realmId),
      { rows: 1 },
    );
  }

  delete(id: string): Statement {
    return statement(this.#db.deleteFrom('clients').where('id', '=', id), { rows: 1 });
  }

  touch(id: string, lastUsedAt: number): Statement {
    return statement(this.#db.updateTable('clients').set({ lastUsedAt }).where('id', '=', id));
  }

  /** By the id of the row or the one that the client shows. */
  async findByEither(id: string): Promise<ClientWithRealms | undefined> {
    return (await this.find(id)) ?? this.findByClientId(id);
  }

  async find(id: string): Promise<ClientWithRealms | undefined> {
    const row = this.#find(id);
    return row && this.#withRealms(row);
  }

  /** The client as each use of a token asks for it, in one question and without what only screens show. */
  actor(id: string, realmId: string): ClientActor | undefined {
    return this.#findActor(realmId, id);
  }

  async findByClientId(clientId: string): Promise<ClientWithRealms | undefined> {
    const row = await this.#db
      .selectFrom('clients')
      .selectAll()
      .where('clientId', '=', clientId)
      .executeTakeFirst();
    return row && this.#withRealms(row);
  }

  /** Clients by name; with a search an exact id comes first. Only those with a realm among the ids, null for all. */
  async list(query: {
    realmIds: readonly string[] | null;
    /** Only the one of this id. */
    id?: string | undefined;
    search?: string | undefined;
    limit: number;
    offset: number;
  }): Promise<Page<ClientWithRealms>> {
    let rows = this.#db.selectFrom('clients');
    const { realmIds, search, id } = query;
    if (id !== undefined) rows = rows.where('id', '=', id);
    if (realmIds) {
      rows = rows.where('id', 'in', (eb) =>
        eb
          .selectFrom('client_realms')
          .select('client_realms.clientId')
          .where('client_realms.realmId', 'in', realmIds),
      );
    }
    if (search) {
      const pattern = containing(search);
      rows = rows.where(
        sql<boolean>`(clientId like ${pattern} escape '\\' or name like ${pattern} escape '\\')`,
      );
    }
    const found = await rows
      .selectAll()
      .orderBy(sql`clientId = ${search ?? ''}`, 'desc')
      .orderBy(sql`name collate nocase`)
      .orderBy('id')
      .limit(query.limit + 1)
      .offset(query.offset)
      .execute();
    const counted = await rows.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    const withRealms = found.map((row) => this.#withRealms(row));
    return toPage(withRealms, query.limit, counted.count, () => [query.offset + query.limit, '']);
  }

  #withRealms(row: ClientRow): ClientWithRealms {
    return { ...row, realmIds: this.#realmsOf(row.id).map(({ realmId }) => realmId) };
  }
}
