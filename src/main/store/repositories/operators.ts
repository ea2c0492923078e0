/** Operators and what they hold. */
import type { Kysely, Selectable } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type OperatorRow = Selectable<Schema['operators']>;

export interface GrantRow {
  readonly role: string;
  /** Null for all realms. */
  readonly realmId: string | null;
}

export interface OperatorWithGrants extends OperatorRow {
  readonly grants: readonly GrantRow[];
}

export class OperatorRepository {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** By name. */
  async all(): Promise<OperatorWithGrants[]> {
    const rows = await this.#db.selectFrom('operators').selectAll().orderBy('name').execute();
    const grants = await this.#db
      .selectFrom('operator_grants')
      .selectAll()
      .orderBy('role')
      .orderBy('realmId')
      .execute();
    const held = Map.groupBy(grants, ({ operatorId }) => operatorId);
    return rows.map((row) => ({ ...row, grants: held.get(row.id) ?? [] }));
  }

  insert(row: OperatorRow, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('operators').values(row), { rows: 1, duplicate });
  }

  grant(operatorId: string, { role, realmId }: GrantRow, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('operator_grants').values({ operatorId, role, realmId }), {
      rows: 1,
      duplicate,
    });
  }

  withdraw(operatorId: string, { role, realmId }: GrantRow, otherwise: ErrorFields): Statement {
    return statement(
      this.#db
        .deleteFrom('operator_grants')
        .where('operatorId', '=', operatorId)
        .where('role', '=', role)
        .where('realmId', realmId === null ? 'is' : '=', realmId),
      { rows: 1, otherwise },
    );
  }

  update(
    id: string,
    changes: Partial<Pick<OperatorRow, 'name' | 'passwordHash' | 'disabledAt'>>,
    duplicate?: ErrorFields,
  ): Statement {
    return statement(this.#db.updateTable('operators').set(changes).where('id', '=', id), {
      rows: 1,
      ...(duplicate && { duplicate }),
    });
  }

  /**
   * Guards that an enabled operator with a password is administrator in all realms: those whom a provider vouches for
   * cannot enter while it is down, nor once it is switched off.
   */
  mustHaveAdministrator(otherwise: ErrorFields): Statement {
    return statement(
      this.#db
        .selectFrom('operators')
        .innerJoin('operator_grants', 'operator_grants.operatorId', 'operators.id')
        .select('operators.id')
        .where('operator_grants.role', '=', 'administrator')
        .where('operator_grants.realmId', 'is', null)
        .where('operators.disabledAt', 'is', null)
        .where('operators.id', 'not in', this.#db.selectFrom('federated_operators').select('operatorId'))
        .limit(1),
      { rows: 1, otherwise },
    );
  }
}
