/** Alerts. Its invariant: one for each cause; what is there already is opened again rather than told twice. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { AlertKind } from '../../../shared/model/alert.ts';
import type { Statement } from '../committer.ts';
import { keysetPage } from '../keyset-page.ts';
import { containing, type Page } from '../page.ts';
import type { FindAll, FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';
import { noteAlertStatement } from './alert-destinations.ts';

export type AlertRow = Selectable<Schema['alerts']>;
export type NewAlert = Omit<AlertRow, 'resolvedAt' | 'acknowledgedAt' | 'acknowledgedBy'>;

/** New: neither resolved nor acknowledged; open: not resolved. */
export type AlertState = 'new' | 'open' | 'all';

const columns = [
  'id',
  'realmId',
  'kind',
  'severity',
  'subjectKind',
  'subjectId',
  'dedupKey',
  'message',
  'detail',
  'createdAt',
] as const satisfies readonly (keyof NewAlert)[];
const raise = `insert into alerts (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})
  on conflict (dedupKey) do update set severity = excluded.severity, message = excluded.message,
    detail = excluded.detail, createdAt = excluded.createdAt, resolvedAt = null, acknowledgedAt = null,
    acknowledgedBy = null where alerts.resolvedAt is not null`;
const resolveOthers = `update alerts set resolvedAt = ? where subjectKind = ? and subjectId = ?
  and resolvedAt is null and dedupKey not in (select value from json_each(?))`;

/** Of what nobody has to decide on any more. */
const decided = `resolvedAt is null and (
  (subjectKind = 'request' and subjectId not in (select id from requests where status = 'pending_approval'))
  or (subjectKind = 'pending' and subjectId not in (select id from pending_certificates where state = 'pending')))`;

export class AlertRepository {
  readonly #db: Kysely<Schema>;
  readonly #openOf: FindAll<{ dedupKey: string }>;
  readonly #decided: FindOne<{ id: string }>;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    this.#decided = prepared.findOne(db.selectFrom('alerts').select('id').where(sql.raw<boolean>(decided)));
    this.#openOf = prepared.findAll(
      db
        .selectFrom('alerts')
        .select('dedupKey')
        .where('subjectKind', '=', 'order')
        .where('subjectId', '=', '')
        .where('resolvedAt', 'is', null),
    );
  }

  /** Ids of the subjects of that kind that have been told of and not resolved. */
  async openSubjects(subjectKind: AlertRow['subjectKind']): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('alerts')
      .select('subjectId')
      .distinct()
      .where('subjectKind', '=', subjectKind)
      .where('resolvedAt', 'is', null)
      .execute();
    return rows.map(({ subjectId }) => subjectId);
  }

  /** Tells of a cause, here and where it is to go outside; does nothing while it is told of and not resolved. */
  raise(alert: NewAlert): Statement[] {
    const parameters = columns.map((column) => alert[column]);
    return [{ sql: raise, parameters }, noteAlertStatement(alert.dedupKey)];
  }

  /** Resolves all of the subject but those whose cause is still there. */
  resolveOthers(
    subject: Pick<AlertRow, 'subjectKind' | 'subjectId'>,
    standing: readonly string[],
    resolvedAt: number,
  ): Statement {
    const { subjectKind, subjectId } = subject;
    return {
      sql: resolveOthers,
      parameters: [resolvedAt, subjectKind, subjectId, JSON.stringify(standing)],
    };
  }

  /** Resolves those whose request or certificate has been decided on; nothing where there are none. */
  resolveDecided(resolvedAt: number): Statement[] {
    if (!this.#decided()) return [];
    return [{ sql: `update alerts set resolvedAt = ? where ${decided}`, parameters: [resolvedAt] }];
  }

  /** Keys of what is not resolved of the subject. */
  openOf({ subjectKind, subjectId }: Pick<AlertRow, 'subjectKind' | 'subjectId'>): string[] {
    return this.#openOf(subjectKind, subjectId).map(({ dedupKey }) => dedupKey);
  }

  /** Marks those of the realms that someone has seen them; the ones that are marked already stay as they are. */
  acknowledge(ids: readonly string[], realmIds: readonly string[], by: string, at: number): Statement {
    return statement(
      this.#db
        .updateTable('alerts')
        .set({ acknowledgedAt: at, acknowledgedBy: by })
        .where('id', 'in', sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
        .where('realmId', 'in', realmIds)
        .where('acknowledgedAt', 'is', null),
    );
  }

  /** How many of them there are in the realms, and not acknowledged. */
  async count(realmIds: readonly string[], ids?: readonly string[]): Promise<number> {
    let rows = this.#in(realmIds, 'new');
    if (ids)
      rows = rows.where('id', 'in', sql<string>`(select value from json_each(${JSON.stringify(ids)}))`);
    const row = await rows.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    return row.count;
  }

  /** Newest first. */
  list(query: {
    readonly realmIds: readonly string[];
    readonly state: AlertState;
    readonly kind?: AlertKind | undefined;
    readonly search?: string | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  }): Promise<Page<AlertRow>> {
    let matching = this.#in(query.realmIds, query.state);
    if (query.kind) matching = matching.where('kind', '=', query.kind);
    if (query.search) {
      matching = matching.where(sql<boolean>`message like ${containing(query.search)} escape '\\'`);
    }
    return keysetPage(this.#db, matching.selectAll(), { ...query, by: 'createdAt', direction: 'desc' });
  }

  #in(realmIds: readonly string[], state: AlertState) {
    let rows = this.#db.selectFrom('alerts').where('realmId', 'in', realmIds);
    if (state !== 'all') rows = rows.where('resolvedAt', 'is', null);
    return state === 'new' ? rows.where('acknowledgedAt', 'is', null) : rows;
  }
}
