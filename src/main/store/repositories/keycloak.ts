/** The connection to Keycloak, the clients that are in both, and what Keycloak has still to be told. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type KeycloakConnectionRow = Selectable<Schema['keycloak_connection']>;
export type KeycloakClientRow = Selectable<Schema['keycloak_clients']>;
export type OutboxRow = Selectable<Schema['keycloak_outbox']>;

/** A client that is in both, with what is known of it here. */
export interface MirroredClient extends KeycloakClientRow {
  readonly publicId: string;
  readonly name: string;
  readonly enabled: number;
}

export class KeycloakRepository {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  connection(): Promise<KeycloakConnectionRow | undefined> {
    return this.#db.selectFrom('keycloak_connection').selectAll().executeTakeFirst();
  }

  connect(row: Omit<KeycloakConnectionRow, 'sealed' | 'key'> & { readonly sealed: Uint8Array }): Statement {
    const { createdAt, ...changes } = row;
    return statement(
      this.#db
        .insertInto('keycloak_connection')
        .values({ key: 'keycloak', ...row })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(changes)),
      { rows: 1 },
    );
  }

  disconnect(gone: ErrorFields): Statement {
    return statement(this.#db.deleteFrom('keycloak_connection'), { rows: 1, otherwise: gone });
  }

  /** How the last synchronisation went. */
  noteSync(syncedAt: number | null, error: string | null): Statement {
    const change = syncedAt === null ? { error } : { syncedAt, error };
    return statement(this.#db.updateTable('keycloak_connection').set(change));
  }

  find(clientId: string): Promise<KeycloakClientRow | undefined> {
    return this.#db
      .selectFrom('keycloak_clients')
      .selectAll()
      .where('clientId', '=', clientId)
      .executeTakeFirst();
  }

  /** By the id that the client shows. */
  findByPublicId(publicId: string): Promise<MirroredClient | undefined> {
    return this.#mirrored().where('clients.clientId', '=', publicId).executeTakeFirst();
  }

  mirrored(): Promise<MirroredClient[]> {
    return this.#mirrored().execute();
  }

  link(row: KeycloakClientRow): Statement {
    const { clientId, createdAt, ...changes } = row;
    return statement(
      this.#db
        .insertInto('keycloak_clients')
        .values(row)
        .onConflict((conflict) => conflict.column('clientId').doUpdateSet(changes)),
      { rows: 1 },
    );
  }

  markVanished(clientId: string, vanishedAt: number | null): Statement {
    return statement(
      this.#db.updateTable('keycloak_clients').set({ vanishedAt }).where('clientId', '=', clientId),
    );
  }

  voidTokensBefore(clientId: string, tokensNotBefore: number): Statement {
    return statement(
      this.#db.updateTable('keycloak_clients').set({ tokensNotBefore }).where('clientId', '=', clientId),
    );
  }

  outbox(): Promise<OutboxRow[]> {
    return this.#db.selectFrom('keycloak_outbox').selectAll().orderBy('createdAt').orderBy('id').execute();
  }

  tell(row: OutboxRow): Statement {
    return statement(this.#db.insertInto('keycloak_outbox').values(row), { rows: 1 });
  }

  told(id: string): Statement {
    return statement(this.#db.deleteFrom('keycloak_outbox').where('id', '=', id));
  }

  tryLater(id: string, nextAt: number, error: string): Statement {
    return statement(
      this.#db
        .updateTable('keycloak_outbox')
        .set({ nextAt, error, attempts: sql<number>`attempts + 1` })
        .where('id', '=', id),
    );
  }

  #mirrored() {
    return this.#db
      .selectFrom('keycloak_clients')
      .innerJoin('clients', 'clients.id', 'keycloak_clients.clientId')
      .selectAll('keycloak_clients')
      .select(['clients.clientId as publicId', 'clients.name', 'clients.enabled']);
  }
}
