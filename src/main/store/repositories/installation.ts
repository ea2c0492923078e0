/** What belongs to the installation as a whole: vault wrappings, realms, settings, audit, answers kept. */
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import { containing, countCap, decodeOffset, type Page, toPage } from '../page.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type RealmRow = Selectable<Schema['realms']>;
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

  insertRealm(row: Insertable<Schema['realms']>, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('realms').values(row), { rows: 1, duplicate });
  }

  updateRealm(
    id: string,
    changes: Partial<Pick<RealmRow, 'name' | 'contacts' | 'defaultRole' | 'archivedAt'>>,
  ): Statement {
    return statement(this.#db.updateTable('realms').set(changes).where('id', '=', id), { rows: 1 });
  }

  /** Newest first; the cursor is the index of the last one seen. */
  async audit(query: {
    search?: string | undefined;
    cursor?: string | undefined;
    limit: number;
    /** Only what happened in these; null for all, and for what belongs to no realm. */
    realmIds: readonly string[] | null;
  }): Promise<Page<AuditRow>> {
    let matching = this.#db.selectFrom('audit_events');
    if (query.realmIds) {
      matching = matching.where(sql<string>`event ->> '$.realm'`, 'in', query.realmIds);
    }
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
    // By those of a job that has not ended it goes on.
    const isOfJob = sql<boolean>`key like 'job %' and substr(key, 5, 36) in (select id from jobs)`;
    return statement(
      this.#db
        .deleteFrom('idempotency')
        .where('createdAt', '<', createdAt)
        .where((eb) => eb.not(isOfJob)),
    );
  }
}
