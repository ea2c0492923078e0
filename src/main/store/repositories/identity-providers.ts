/** Identity providers outside, and the operators that they vouch for. */
import type { Kysely, Selectable } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';
import type { OperatorRow } from './operators.ts';

export type IdentityProviderRow = Selectable<Schema['identity_providers']>;
export type NewIdentityProvider = Omit<IdentityProviderRow, 'sealed'> & {
  readonly sealed: Uint8Array | null;
};
export type FederatedOperatorRow = Selectable<Schema['federated_operators']>;

export class IdentityProviderRepository {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  all(): Promise<IdentityProviderRow[]> {
    return this.#db.selectFrom('identity_providers').selectAll().orderBy('createdAt').orderBy('id').execute();
  }

  insert(row: NewIdentityProvider, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('identity_providers').values(row), { rows: 1, duplicate });
  }

  update(
    id: string,
    change: Partial<Omit<NewIdentityProvider, 'id' | 'slug'>>,
    gone: ErrorFields,
  ): Statement {
    return statement(this.#db.updateTable('identity_providers').set(change).where('id', '=', id), {
      rows: 1,
      otherwise: gone,
    });
  }

  delete(id: string, gone: ErrorFields): Statement {
    return statement(this.#db.deleteFrom('identity_providers').where('id', '=', id), {
      rows: 1,
      otherwise: gone,
    });
  }

  /** The operator that the provider's subject is here. */
  operatorOf(providerId: string, subject: string): Promise<OperatorRow | undefined> {
    return this.#db
      .selectFrom('federated_operators')
      .innerJoin('operators', 'operators.id', 'federated_operators.operatorId')
      .selectAll('operators')
      .where('providerId', '=', providerId)
      .where('subject', '=', subject)
      .executeTakeFirst();
  }

  /** Ids of all operators that providers vouch for, the provider's with one, else everyone's. */
  async operatorIds(providerId?: string): Promise<string[]> {
    let query = this.#db.selectFrom('federated_operators').select('operatorId');
    if (providerId !== undefined) query = query.where('providerId', '=', providerId);
    return (await query.execute()).map((row) => row.operatorId);
  }

  link(row: FederatedOperatorRow, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('federated_operators').values(row), { rows: 1, duplicate });
  }
}
