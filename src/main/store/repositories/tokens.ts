/** Tokens that live, and the keys that sign them. A token whose row is gone is void. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import { containing, type Page, toPage } from '../page.ts';
import type { FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type TokenRow = Selectable<Schema['tokens']>;
export type TokenKeyRow = Selectable<Schema['token_keys']>;

/** Whom an access token speaks for. */
export type AccessTokenRow = Pick<TokenRow, 'clientId' | 'operatorId' | 'realmId'>;

export interface NamedToken extends TokenRow {
  readonly clientName: string;
  readonly operatorName: string | null;
}

export class TokenRepository {
  readonly #db: Kysely<Schema>;
  readonly #find: FindOne<TokenRow>;
  readonly #findAccess: FindOne<AccessTokenRow>;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    const byId = db.selectFrom('tokens').where('id', '=', '');
    this.#find = prepared.findOne(byId.selectAll());
    this.#findAccess = prepared.findOne(
      byId.select(['clientId', 'operatorId', 'realmId']).where('kind', '=', sql.lit('access')),
    );
  }

  find(id: string): TokenRow | undefined {
    return this.#find(id);
  }

  /** The access token of that id, without what its use does not ask for. */
  findAccess(id: string): AccessTokenRow | undefined {
    return this.#findAccess(id);
  }

  findByHash(hash: Uint8Array): Promise<TokenRow | undefined> {
    return this.#db.selectFrom('tokens').selectAll().where('hash', '=', Buffer.from(hash)).executeTakeFirst();
  }

  insert(row: Omit<TokenRow, 'hash'> & { readonly hash: Uint8Array | null }): Statement {
    return statement(this.#db.insertInto('tokens').values(row), { rows: 1 });
  }

  /** Marks a refresh token as used, once. */
  spend(id: string, spentAt: number, otherwise: ErrorFields): Statement {
    return statement(
      this.#db.updateTable('tokens').set({ spentAt }).where('id', '=', id).where('spentAt', 'is', null),
      { rows: 1, otherwise },
    );
  }

  end(id: string): Statement {
    return statement(this.#db.deleteFrom('tokens').where('id', '=', id));
  }

  /** A refresh token with all that came from it. */
  endFamily(familyId: string): Statement {
    return statement(this.#db.deleteFrom('tokens').where('familyId', '=', familyId));
  }

  endAllOfClient(clientId: string): Statement {
    return statement(this.#db.deleteFrom('tokens').where('clientId', '=', clientId));
  }

  endAllOfOperator(operatorId: string): Statement {
    return statement(this.#db.deleteFrom('tokens').where('operatorId', '=', operatorId));
  }

  forgetExpiredBefore(ms: number): Statement {
    return statement(this.#db.deleteFrom('tokens').where('expiresAt', '<', ms));
  }

  /** Live ones, the newest first; of these realms, and of that client, where they are given. */
  async list(query: {
    readonly realmIds: readonly string[];
    readonly clientId?: string | undefined;
    readonly search?: string | undefined;
    readonly now: number;
    readonly limit: number;
    readonly offset: number;
  }): Promise<Page<NamedToken>> {
    let rows = this.#db
      .selectFrom('tokens')
      .innerJoin('clients', 'clients.id', 'tokens.clientId')
      .leftJoin('operators', 'operators.id', 'tokens.operatorId')
      .where('tokens.realmId', 'in', query.realmIds)
      .where('tokens.expiresAt', '>', query.now)
      .where('tokens.spentAt', 'is', null);
    if (query.clientId !== undefined) rows = rows.where('tokens.clientId', '=', query.clientId);
    if (query.search) {
      const pattern = containing(query.search);
      rows = rows.where(
        sql<boolean>`(clients.clientId like ${pattern} escape '\\' or operators.name like ${pattern} escape '\\')`,
      );
    }
    const found = await rows
      .selectAll('tokens')
      .select(['clients.clientId as clientName', 'operators.name as operatorName'])
      .orderBy('tokens.id', 'desc')
      .limit(query.limit + 1)
      .offset(query.offset)
      .execute();
    const counted = await rows.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    return toPage(found, query.limit, counted.count, () => [query.offset + query.limit, '']);
  }

  /** The newest first. */
  keys(): Promise<TokenKeyRow[]> {
    return this.#db.selectFrom('token_keys').selectAll().orderBy('createdAt', 'desc').execute();
  }

  insertKey(keyId: string, createdAt: number): Statement {
    return statement(this.#db.insertInto('token_keys').values({ keyId, createdAt, retiredAt: null }), {
      rows: 1,
    });
  }

  /** Nothing is signed with the others any more. */
  retireKeys(retiredAt: number): Statement {
    return statement(this.#db.updateTable('token_keys').set({ retiredAt }).where('retiredAt', 'is', null));
  }

  /** Takes a retired key away for good. */
  deleteKey(keyId: string): Statement[] {
    return [
      statement(this.#db.deleteFrom('token_keys').where('keyId', '=', keyId)),
      statement(this.#db.deleteFrom('keys').where('id', '=', keyId)),
    ];
  }
}
