/** Policies and profiles. */
import type { Kysely, Selectable } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type PolicyRow = Selectable<Schema['policies']>;
export type ProfileRow = Selectable<Schema['profiles']>;
export type PolicyVersionRow = Selectable<Schema['policy_versions']>;

interface OnlyOne {
  readonly policyId: string;
  readonly commonName: string;
  readonly beyond: number;
  readonly orderId?: string | undefined;
}

export class PolicyRepository {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  insertPolicy(row: PolicyRow, changedBy: string, duplicate: ErrorFields): Statement[] {
    return [
      statement(this.#db.insertInto('policies').values(row), { rows: 1, duplicate }),
      this.#insertVersion(row, changedBy, row.createdAt),
    ];
  }

  /** Statements that put `next` in place of `row`, which must have stayed as it was; another version is kept. */
  updatePolicy(row: PolicyRow, next: PolicyRow, changedBy: string, changedAt: number): Statement[] {
    const { name, version, definition } = next;
    const update = this.#db
      .updateTable('policies')
      .set({ name, version, definition })
      .where('id', '=', row.id)
      .where('version', '=', row.version);
    const otherwise = {
      code: 'PRECONDITION_FAILED',
      detail: `The policy ${row.slug} was changed or deleted meanwhile.`,
      hint: 'Look at it again, and make the change once more.',
    } as const;
    return [
      statement(update, { rows: 1, otherwise }),
      ...(version === row.version ? [] : [this.#insertVersion(next, changedBy, changedAt)]),
    ];
  }

  #insertVersion({ id, version, definition }: PolicyRow, changedBy: string, changedAt: number): Statement {
    const row = { policyId: id, version, definition, changedBy, changedAt };
    return statement(this.#db.insertInto('policy_versions').values(row), { rows: 1 });
  }

  /** The newest first. */
  versions(policyId: string): Promise<PolicyVersionRow[]> {
    return this.#db
      .selectFrom('policy_versions')
      .selectAll()
      .where('policyId', '=', policyId)
      .orderBy('version', 'desc')
      .execute();
  }

  /** A statement that deletes a policy with its versions, where no profile uses it. */
  deletePolicy(id: string, otherwise: ErrorFields): Statement {
    const users = this.#db.selectFrom('profiles').select('profiles.id').where('policyId', '=', id);
    return statement(
      this.#db
        .deleteFrom('policies')
        .where('id', '=', id)
        .where(({ not, exists }) => not(exists(users))),
      { rows: 1, otherwise },
    );
  }

  updateProfile({ id, ...fields }: ProfileRow, otherwise: ErrorFields): Statement {
    return statement(this.#db.updateTable('profiles').set(fields).where('id', '=', id), {
      rows: 1,
      otherwise,
    });
  }

  /** A statement that deletes a profile without certificates, which is nobody's default. */
  deleteProfile(id: string, otherwise: ErrorFields): Statement {
    const certificates = this.#db.selectFrom('certificates').select('rowId').where('profileId', '=', id);
    const clients = this.#db.selectFrom('clients').select('clients.id').where('defaultProfileId', '=', id);
    return statement(
      this.#db
        .deleteFrom('profiles')
        .where('id', '=', id)
        .where(({ not, exists }) => not(exists(certificates)))
        .where(({ not, exists }) => not(exists(clients))),
      { rows: 1, otherwise },
    );
  }

  /**
   * Guards that no certificate under the policy is good for that common name beyond the moment given (milliseconds),
   * one of the order apart.
   */
  mustBeOnlyOne({ policyId, commonName, beyond, orderId }: OnlyOne, otherwise: ErrorFields): Statement {
    const others = this.#db
      .selectFrom('certificates')
      .select('rowId')
      .where('commonName', '=', commonName)
      .where('notAfter', '>', beyond)
      .where('revokedAt', 'is', null)
      .where('orderId', '!=', orderId ?? '')
      .where(
        'profileId',
        'in',
        this.#db.selectFrom('profiles').select('profiles.id').where('policyId', '=', policyId),
      );
    return statement(
      this.#db
        .selectFrom('policies')
        .select('policies.id')
        .where('policies.id', '=', policyId)
        .where(({ not, exists }) => not(exists(others))),
      { rows: 1, otherwise },
    );
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
