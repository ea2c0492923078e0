/**
 * The orders that are watched: when each is looked at next, and what was set for it. It follows the certificates:
 * whatever has come in since the last time is watched from the next round on, so that issuing pays nothing for it.
 */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Statement } from '../committer.ts';
import { containing, countCap, decodeCursor, type Page, toPage } from '../page.ts';
import type { FindAll, FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';

export type RenewalRow = Selectable<Schema['renewals']>;

/** What one look at an order has found. */
export type RenewalLook = Pick<
  RenewalRow,
  'certificateId' | 'dueAt' | 'isAutomatic' | 'nextAttemptAt' | 'attempts' | 'lastError'
>;

export interface DueQuery {
  readonly realmIds: readonly string[];
  /** Milliseconds; the span begins with `from` and ends before `to`. */
  readonly from: number;
  readonly to: number;
  /** A run of characters of the common name. */
  readonly search?: string | undefined;
}

/** What is due, with the certificate's name. */
export type DueRow = RenewalRow & {
  readonly dueAt: number;
  readonly commonName: string;
  readonly notAfter: number;
};

/** Every call asks for a look of its own: one that is under way has not seen what this one is for. */
const again = 'nextAttemptAt = min(coalesce(nextAttemptAt, 0), 0) - 1';
const follow = `insert into renewals (orderId, realmId, certificateId, nextAttemptAt, lastRenewedAt)
  select orderId, realmId, id, 0, iif(renewsId is null, null, createdAt) from certificates
  where rowId > ? and rowId <= ? and isAuthority = 0 and (profileId is not null or importedFrom is not null)
  order by rowId on conflict (orderId) do update set certificateId = excluded.certificateId, ${again},
    attempts = 0, lastError = null, lastRenewedAt = coalesce(excluded.lastRenewedAt, lastRenewedAt)`;
const keep = `update renewals set certificateId = ?, dueAt = ?, isAutomatic = ?, nextAttemptAt = ?, attempts = ?,
  lastError = ? where orderId = ? and nextAttemptAt = ?`;

export class RenewalRepository {
  readonly #db: Kysely<Schema>;
  readonly #find: FindOne<RenewalRow>;
  readonly #due: FindAll<RenewalRow>;
  readonly #last: FindOne<{ last: number | null }>;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    const rows = db.selectFrom('renewals').selectAll();
    this.#find = prepared.findOne(rows.where('orderId', '=', ''));
    this.#due = prepared.findAll(rows.where('nextAttemptAt', '<=', 0).orderBy('nextAttemptAt').limit(1));
    this.#last = prepared.findOne(
      db.selectFrom('certificates').select((eb) => eb.fn.max<number | null>('rowId').as('last')),
    );
  }

  /** Watches the certificates behind that row up to the other, to be looked at at once. */
  follow(after: number, upTo: number): Statement {
    return { sql: follow, parameters: [after, upTo] };
  }

  /** Number of the newest certificate's row; 0 where there is none. */
  newestRow(): number {
    return this.#last()?.last ?? 0;
  }

  find(orderId: string): RenewalRow | undefined {
    return this.#find(orderId);
  }

  /** What is to be looked at by now, the longest overdue first. */
  due(now: number, limit: number): RenewalRow[] {
    return this.#due(now, limit);
  }

  /** Notes what a look has found, unless someone has asked for another one meanwhile. */
  keep(seen: RenewalRow, look: RenewalLook): Statement {
    const { certificateId, dueAt, isAutomatic, nextAttemptAt, attempts, lastError } = look;
    const found = [certificateId, dueAt, isAutomatic, nextAttemptAt, attempts, lastError];
    return { sql: keep, parameters: [...found, seen.orderId, seen.nextAttemptAt] };
  }

  /** Has an order looked at in the next round: its certificate was revoked, or what holds for it was changed. */
  lookAgain(orderId: string): Statement {
    return { sql: `update renewals set ${again} where orderId = ?`, parameters: [orderId] };
  }

  /** The same for all whose newest certificate is under one of the profiles. */
  lookAgainUnder(profileIds: readonly string[]): Statement {
    return {
      // From the orders to their certificates: of those there are many more, and none of the others is looked at.
      sql: `update renewals set ${again} where exists (select 1 from certificates
        where certificates.id = renewals.certificateId and profileId in (select value from json_each(?)))`,
      parameters: [JSON.stringify(profileIds)],
    };
  }

  /** The same for all: the clock has gone back, so that what was found before may not be so. */
  lookAgainAtAll(): Statement {
    return { sql: `update renewals set ${again}`, parameters: [] };
  }

  /** Sets what holds for one order; null for what its profile says. */
  configure(
    row: Pick<RenewalRow, 'orderId' | 'realmId' | 'certificateId' | 'autoRenew' | 'renewBefore'>,
  ): Statement {
    return {
      sql: `insert into renewals (orderId, realmId, certificateId, autoRenew, renewBefore, nextAttemptAt)
        values (?, ?, ?, ?, ?, 0) on conflict (orderId) do update set autoRenew = excluded.autoRenew,
        renewBefore = excluded.renewBefore, attempts = 0, lastError = null, ${again}`,
      parameters: [row.orderId, row.realmId, row.certificateId, row.autoRenew, row.renewBefore],
    };
  }

  /** What is due in the span, by its time. */
  async list(query: DueQuery & { cursor?: string | undefined; limit: number }): Promise<Page<DueRow>> {
    const matching = this.#in(query);
    let page = matching
      .innerJoin('certificates', 'certificates.id', 'renewals.certificateId')
      .selectAll('renewals')
      .select(['certificates.commonName', 'certificates.notAfter'])
      .orderBy('renewals.dueAt')
      .orderBy('renewals.orderId')
      .limit(query.limit + 1);
    if (query.cursor !== undefined) {
      const [at, orderId] = decodeCursor(query.cursor);
      page = page.where(sql<boolean>`(renewals.dueAt, renewals.orderId) > (${at}, ${orderId})`);
    }
    const rows = (await page.execute()) as DueRow[];
    const counted = await this.#db
      .selectFrom(
        matching
          .select('orderId')
          .limit(countCap + 1)
          .as('hits'),
      )
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return toPage(rows, query.limit, counted.count, (row) => [row.dueAt, row.orderId]);
  }

  /** How many are due on each day of the span (UTC), by whether Chancery sees to it. */
  days(query: DueQuery): Promise<{ day: number; isAutomatic: number; count: number }[]> {
    return this.#in(query)
      .select((eb) => [
        sql<number>`renewals.dueAt / 86400000`.as('day'),
        'isAutomatic',
        eb.fn.countAll<number>().as('count'),
      ])
      .groupBy(['day', 'isAutomatic'])
      .orderBy('day')
      .execute();
  }

  #in({ realmIds, from, to, search }: DueQuery) {
    const rows = this.#db
      .selectFrom('renewals')
      .where('renewals.dueAt', '>=', from)
      .where('renewals.dueAt', '<', to)
      .where('renewals.realmId', 'in', realmIds);
    if (!search) return rows;
    return rows.where((eb) =>
      eb.exists(
        eb
          .selectFrom('certificates as named')
          .select('named.id')
          .whereRef('named.id', '=', 'renewals.certificateId')
          .where(sql<boolean>`named.commonName like ${containing(search)} escape '\\'`),
      ),
    );
  }
}
