/** Roles of the installation's own. */
import type { Kysely, Selectable } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type RoleRow = Selectable<Schema['roles']>;

export class RoleRepository {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** By slug. */
  all(): Promise<RoleRow[]> {
    return this.#db.selectFrom('roles').selectAll().orderBy('slug').execute();
  }

  insert(row: RoleRow, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('roles').values(row), { rows: 1, duplicate });
  }

  update(id: string, changes: Partial<Pick<RoleRow, 'name' | 'permissions' | 'ownOnly'>>): Statement {
    return statement(this.#db.updateTable('roles').set(changes).where('id', '=', id), { rows: 1 });
  }

  delete(id: string): Statement {
    return statement(this.#db.deleteFrom('roles').where('id', '=', id), { rows: 1 });
  }

  /** Guards that nobody holds the role: no operator, no API client, and no realm gives it by default. */
  mustBeHeldByNobody(slug: string, otherwise: ErrorFields): Statement[] {
    const queries = [
      this.#db.selectFrom('operator_grants').select('role').where('role', '=', slug).limit(1),
      this.#db.selectFrom('clients').select('role').where('role', '=', slug).limit(1),
      this.#db.selectFrom('realms').select('defaultRole').where('defaultRole', '=', slug).limit(1),
    ];
    return queries.map((query) => statement(query, { rows: 0, otherwise }));
  }
}
