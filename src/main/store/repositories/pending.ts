/** Pending certificates and the device clients made from them. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import { keysetPage } from '../keyset-page.ts';
import type { Page } from '../page.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type PendingRow = Selectable<Schema['pending_certificates']>;
export type DeviceClientRow = Selectable<Schema['device_clients']>;

interface ListQuery {
  readonly realmIds: readonly string[] | null;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export class PendingRepository {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  insert(row: Omit<PendingRow, 'der'> & { der: Uint8Array }, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('pending_certificates').values(row), { rows: 1, duplicate });
  }

  /** Only one decision is ever made: the second finds no row that still waits. */
  decide(
    id: string,
    decision: { state: 'accepted' | 'rejected'; decidedAt: number; decidedBy: string; reason: string | null },
    otherwise: ErrorFields,
  ): Statement {
    return statement(
      this.#db
        .updateTable('pending_certificates')
        .set(decision)
        .where('id', '=', id)
        .where('state', '=', 'pending'),
      { rows: 1, otherwise },
    );
  }

  insertDeviceClient(
    row: Omit<DeviceClientRow, 'der'> & { der: Uint8Array },
    duplicate: ErrorFields,
  ): Statement {
    return statement(this.#db.insertInto('device_clients').values(row), { rows: 1, duplicate });
  }

  findWaiting(id: string): Promise<PendingRow | undefined> {
    return this.#db
      .selectFrom('pending_certificates')
      .selectAll()
      .where('id', '=', id)
      .where('state', '=', 'pending')
      .executeTakeFirst();
  }

  /** Those that wait for people, and of which no alert tells. */
  untold(limit: number): Promise<Pick<PendingRow, 'id' | 'realmId' | 'der' | 'firstSeenAt'>[]> {
    return this.#db
      .selectFrom('pending_certificates')
      .select(['id', 'realmId', 'der', 'firstSeenAt'])
      .where('state', '=', 'pending')
      .where(
        sql<boolean>`not exists (select 1 from alerts where subjectKind = 'pending'
          and subjectId = pending_certificates.id and resolvedAt is null)`,
      )
      .orderBy('firstSeenAt')
      .limit(limit)
      .execute();
  }

  /** Newest first. */
  waiting(query: ListQuery): Promise<Page<PendingRow>> {
    let matching = this.#db.selectFrom('pending_certificates').where('state', '=', 'pending');
    if (query.realmIds) matching = matching.where('realmId', 'in', query.realmIds);
    return keysetPage(this.#db, matching.selectAll(), { ...query, by: 'lastSeenAt', direction: 'desc' });
  }

  /** By alias. */
  deviceClients(query: ListQuery): Promise<Page<DeviceClientRow>> {
    let matching = this.#db.selectFrom('device_clients');
    if (query.realmIds) matching = matching.where('realmId', 'in', query.realmIds);
    return keysetPage(this.#db, matching.selectAll(), { ...query, by: 'alias', direction: 'asc' });
  }
}
