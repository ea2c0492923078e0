/** What belongs to the installation as a whole: vault wrappings, realms, operators, settings, audit, answers kept. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import { containing, countCap, decodeOffset, type Page, toPage } from '../page.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type RealmRow = Selectable<Schema['realms']>;
export type OperatorRow = Selectable<Schema['operators']>;
export type WrappingRow = Selectable<Schema['vault_wrappings']>;
export type AuditRow = Selectable<Schema['audit_events']>;

export class InstallationRepository {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  wrappings(): Promise<WrappingRow[]> {
    return this.#db.selectFrom('vault_wrappings').selectAll().execute();
  }

  insertWrapping(
    row: { method: string; parameters: string; wrapped: Uint8Array },
    duplicate: ErrorFields,
  ): Statement {
    return statement(this.#db.insertInto('vault_wrappings').values(row), { rows: 1, duplicate });
  }

  async meta(key: string): Promise<string | undefined> {
    return (await this.#db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())
      ?.value;
  }

  setMeta(key: string, value: string): Statement {
    return statement(
      this.#db
        .insertInto('meta')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value })),
    );
  }

  async settings(): Promise<Map<string, string>> {
    const rows = await this.#db.selectFrom('settings').selectAll().execute();
    return new Map(rows.map((row) => [row.key, row.value]));
  }

  setSetting(key: string, value: string): Statement {
    return statement(
      this.#db
        .insertInto('settings')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value })),
    );
  }

  realms(): Promise<RealmRow[]> {
    return this.#db.selectFrom('realms').selectAll().orderBy('createdAt').orderBy('id').execute();
  }

  insertRealm(row: RealmRow, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('realms').values(row), { rows: 1, duplicate });
  }

  insertOperator(row: OperatorRow, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('operators').values(row), { rows: 1, duplicate });
  }

  setOperatorRole(id: string, held: Pick<OperatorRow, 'role' | 'realms'>): Statement {
    return statement(this.#db.updateTable('operators').set(held).where('id', '=', id), { rows: 1 });
  }

  disableOperator(id: string, disabledAt: number, otherwise: ErrorFields): Statement {
    return statement(
      this.#db
        .updateTable('operators')
        .set({ disabledAt })
        .where('id', '=', id)
        .where('disabledAt', 'is', null),
      { rows: 1, otherwise },
    );
  }

  /** Guards that an enabled administrator is there. */
  mustHaveAdministrator(otherwise: ErrorFields): Statement {
    return statement(
      this.#db
        .selectFrom('operators')
        .select('id')
        .where('role', '=', 'administrator')
        .where('disabledAt', 'is', null)
        .limit(1),
      { rows: 1, otherwise },
    );
  }

  operators(): Promise<OperatorRow[]> {
    return this.#db.selectFrom('operators').selectAll().orderBy('name').execute();
  }

  /** Without regard to case. */
  findOperator(name: string): Promise<OperatorRow | undefined> {
    return this.#db.selectFrom('operators').selectAll().where('name', '=', name).executeTakeFirst();
  }

  /** Newest first; the cursor is the index of the last one seen. */
  async audit(query: {
    search?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<AuditRow>> {
    let matching = this.#db.selectFrom('audit_events');
    if (query.search) {
      matching = matching.where(sql<boolean>`event like ${containing(query.search)} escape '\\'`);
    }
    let page = matching
      .selectAll()
      .orderBy('leafIndex', 'desc')
      .limit(query.limit + 1);
    if (query.cursor !== undefined) page = page.where('leafIndex', '<', decodeOffset(query.cursor));
    const rows = await page.execute();
    const counted = await this.#db
      .selectFrom(
        matching
          .select('leafIndex')
          .limit(countCap + 1)
          .as('hits'),
      )
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return toPage(rows, query.limit, counted.count, (row) => [row.leafIndex, '']);
  }

  findAnswer(principal: string, key: string) {
    return this.#db
      .selectFrom('idempotency')
      .select(['fingerprint', 'sealed'])
      .where('principal', '=', principal)
      .where('key', '=', key)
      .executeTakeFirst();
  }

  keepAnswer(
    row: { principal: string; key: string; fingerprint: string; sealed: Uint8Array; createdAt: number },
    duplicate: ErrorFields,
  ): Statement {
    return statement(this.#db.insertInto('idempotency').values(row), { rows: 1, duplicate });
  }

  forgetAnswersBefore(createdAt: number): Statement {
    return statement(this.#db.deleteFrom('idempotency').where('createdAt', '<', createdAt));
  }
}
