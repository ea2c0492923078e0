/**
 * Where alerts go, and what is on its way there. Its invariant: what a destination is told of comes into its queue
 * in the same transaction as the alert itself, or as the note of how far the audit was followed; and leaves it once.
 */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import { eventKinds } from '../../../shared/model/alert.ts';
import type { Statement } from '../committer.ts';
import type { FindAll, FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type DestinationRow = Selectable<Schema['alert_destinations']>;
export type NoticeRow = Selectable<Schema['notices']>;
export type NewDestination = Omit<
  DestinationRow,
  'sealed' | 'failures' | 'lost' | 'lastError' | 'nextAttemptAt' | 'lastDeliveredAt'
> & { readonly sealed: Uint8Array | null };
export type DestinationChange = Partial<
  Pick<NewDestination, 'name' | 'kinds' | 'realms' | 'enabled' | 'settings' | 'sealed'>
>;

const insertNotices = 'insert into notices (destinationId, eventId, kind, realmId, facts, createdAt)';
/** `?` for the kind and the realm of what is told. */
const wanted = (kind: string, realmId: string) => `destinations.enabled = 1
  and ${kind} in (select value from json_each(destinations.kinds))
  and (destinations.realms is null or ${realmId} in (select value from json_each(destinations.realms)))`;

/** Behind the statement that raises an alert: for those that were raised, and had not been told of before. */
const noteAlert = `${insertNotices}
  select destinations.id, alerts.id || ':' || alerts.createdAt, alerts.kind, alerts.realmId,
    json_object('severity', severity, 'subjectKind', subjectKind, 'subjectId', subjectId, 'message', message,
      'detail', json(detail)), alerts.createdAt
  from alerts, alert_destinations destinations
  where changes() > 0 and dedupKey = ? and subjectId <> destinations.id and ${wanted('alerts.kind', 'alerts.realmId')}`;

const noteEvents = `${insertNotices}
  select destinations.id, event ->> '$.subject.id' || ':' || leafIndex, event ->> '$.type', event ->> '$.realm',
    event, ?
  from audit_events, alert_destinations destinations
  where leafIndex > ? and leafIndex <= ? and event ->> '$.type' in (${eventKinds.map((kind) => `'${kind}'`).join(', ')})
    and event ->> '$.outcome' = 'success' and ${wanted("event ->> '$.type'", "event ->> '$.realm'")}
  order by leafIndex`;

/** What has waited for too long, or stands behind too much else. */
const giveUp = `delete from notices where destinationId = ? and (createdAt < ?
  or number <= (select number from notices where destinationId = ? order by number desc limit 1 offset ?))`;

/** The statement that has an alert told of outside; it follows at once on the one that raises it. */
export function noteAlertStatement(dedupKey: string): Statement {
  return { sql: noteAlert, parameters: [dedupKey] };
}

export class AlertDestinationRepository {
  readonly #db: Kysely<Schema>;
  readonly #due: FindAll<DestinationRow>;
  readonly #waiting: FindAll<NoticeRow>;
  readonly #lastEvent: FindOne<{ last: number | null }>;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    this.#due = prepared.findAll(
      db
        .selectFrom('alert_destinations')
        .selectAll()
        .where('enabled', '=', 1)
        // A clock that ran ahead has put it off for longer than anything is put off.
        .where(sql<boolean>`(nextAttemptAt <= ${0} or nextAttemptAt > ${0})`)
        .where(sql<boolean>`exists (select 1 from notices where destinationId = alert_destinations.id)`),
    );
    this.#waiting = prepared.findAll(
      db.selectFrom('notices').selectAll().where('destinationId', '=', '').orderBy('number').limit(1),
    );
    this.#lastEvent = prepared.findOne(
      db.selectFrom('audit_events').select((eb) => eb.fn.max<number | null>('leafIndex').as('last')),
    );
  }

  /** The oldest first. */
  list(): Promise<DestinationRow[]> {
    return this.#db.selectFrom('alert_destinations').selectAll().orderBy('createdAt').orderBy('id').execute();
  }

  find(id: string): Promise<DestinationRow | undefined> {
    return this.#db.selectFrom('alert_destinations').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** How much is on its way, by destination. */
  async countWaiting(): Promise<Map<string, number>> {
    const rows = await this.#db
      .selectFrom('notices')
      .select((eb) => ['destinationId', eb.fn.countAll<number>().as('count')])
      .groupBy('destinationId')
      .execute();
    return new Map(rows.map(({ destinationId, count }) => [destinationId, count]));
  }

  insert(row: NewDestination): Statement {
    return statement(this.#db.insertInto('alert_destinations').values(row), { rows: 1 });
  }

  /** Changes what is given, and has it tried again at once. */
  update(id: string, change: DestinationChange, otherwise: ErrorFields): Statement {
    return statement(
      this.#db
        .updateTable('alert_destinations')
        .set({ ...change, nextAttemptAt: 0 })
        .where('id', '=', id),
      { rows: 1, otherwise },
    );
  }

  /** With what waits for it. */
  delete(id: string, otherwise: ErrorFields): Statement {
    return statement(this.#db.deleteFrom('alert_destinations').where('id', '=', id), { rows: 1, otherwise });
  }

  /** Lets go of what waits for it. */
  forget(id: string): Statement {
    return statement(this.#db.deleteFrom('notices').where('destinationId', '=', id));
  }

  /** Number of the newest audit event; -1 where there is none. */
  newestEvent(): number {
    return this.#lastEvent()?.last ?? -1;
  }

  /** Has destinations told of what the audit holds behind that event up to the other, as of now (ms). */
  follow(after: number, upTo: number, now: number): Statement {
    return { sql: noteEvents, parameters: [now, after, upTo] };
  }

  /** Those that have something waiting, and may be tried now; nothing is put off for longer than that (ms). */
  due(now: number, longestWaitMs: number): DestinationRow[] {
    return this.#due(1, now, now + longestWaitMs);
  }

  /** What is to be delivered next, in its order. */
  waiting(id: string, limit: number): NoticeRow[] {
    return this.#waiting(id, limit);
  }

  /** Notes that all up to that notice have been delivered, and what was wrong all the same. */
  delivered(
    id: string,
    upTo: number,
    { at, complaint }: { readonly at: number; readonly complaint: string | null },
  ): Statement[] {
    return [
      statement(this.#db.deleteFrom('notices').where('destinationId', '=', id).where('number', '<=', upTo)),
      statement(
        this.#db
          .updateTable('alert_destinations')
          .set({ failures: 0, lost: 0, lastError: complaint, nextAttemptAt: 0, lastDeliveredAt: at })
          .where('id', '=', id),
      ),
    ];
  }

  /** Notes a failure, and gives up what has waited since before that moment, or stands behind so many. */
  failed(
    id: string,
    failure: Pick<DestinationRow, 'failures' | 'lastError' | 'nextAttemptAt'>,
    { before, behind }: { readonly before: number; readonly behind: number },
  ): Statement[] {
    return [
      { sql: giveUp, parameters: [id, before, id, behind] },
      statement(
        this.#db
          .updateTable('alert_destinations')
          .set({ ...failure, lost: sql<number>`lost + changes()` })
          .where('id', '=', id),
      ),
    ];
  }
}
