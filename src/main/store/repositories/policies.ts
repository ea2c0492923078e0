/** Policies and profiles. */
import type { Kysely, Selectable } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type PolicyRow = Selectable<Schema['policies']>;
export type ProfileRow = Selectable<Schema['profiles']>;

export class PolicyRepository {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  insertPolicy(row: PolicyRow, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('policies').values(row), { rows: 1, duplicate });
  }

  insertProfile(row: ProfileRow, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('profiles').values(row), { rows: 1, duplicate });
  }

  /** Guards that the policy is still the one that a request was checked by. */
  mustBeVersion({ id, slug, version }: PolicyRow): Statement {
    return statement(
      this.#db.selectFrom('policies').select('id').where('id', '=', id).where('version', '=', version),
      {
        rows: 1,
        otherwise: {
          code: 'CONFLICT',
          detail: `The policy ${slug} was changed at the same moment.`,
          data: { isRace: true },
        },
      },
    );
  }

  policies(realmIds: readonly string[] | null): Promise<PolicyRow[]> {
    let rows = this.#db.selectFrom('policies').selectAll();
    if (realmIds) rows = rows.where('realmId', 'in', realmIds);
    return rows.orderBy('createdAt').orderBy('id').execute();
  }

  profiles(realmIds: readonly string[] | null): Promise<ProfileRow[]> {
    let rows = this.#db.selectFrom('profiles').selectAll();
    if (realmIds) rows = rows.where('realmId', 'in', realmIds);
    return rows.orderBy('createdAt').orderBy('id').execute();
  }

  /** By slug or id, within the realm. */
  findPolicy(realmId: string, reference: string): Promise<PolicyRow | undefined> {
    return this.#db
      .selectFrom('policies')
      .selectAll()
      .where('realmId', '=', realmId)
      .where((eb) => eb.or([eb('slug', '=', reference), eb('id', '=', reference)]))
      .executeTakeFirst();
  }

  /** All profiles of that slug or id, in the realms given; null for all. */
  findProfiles(reference: string, realmIds: readonly string[] | null): Promise<ProfileRow[]> {
    let rows = this.#db
      .selectFrom('profiles')
      .selectAll()
      .where((eb) => eb.or([eb('slug', '=', reference), eb('id', '=', reference)]));
    if (realmIds) rows = rows.where('realmId', 'in', realmIds);
    return rows.execute();
  }
}
