/** Requests and the decisions on them; every change names the revision that it was made for. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import { keysetPage } from '../keyset-page.ts';
import { containing, type Page } from '../page.ts';
import type { FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type RequestRow = Selectable<Schema['requests']>;
export type NewRequest = Omit<RequestRow, 'csr'> & { readonly csr: Uint8Array | null };
export type DecisionRow = Selectable<Schema['request_decisions']>;

export interface RequestQuery {
  readonly realmIds: readonly string[];
  readonly search?: string | undefined;
  readonly status?: RequestRow['status'] | undefined;
  readonly kind?: RequestRow['kind'] | undefined;
  /** Only those of this requester. */
  readonly requester?: Pick<RequestRow, 'requestedByKind' | 'requestedById'> | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

type Change = Partial<
  Pick<RequestRow, 'status' | 'certificateId' | 'error' | 'decidedAt' | 'expiresAt' | 'collectedAt' | 'keyId'>
>;

export class RequestRepository {
  readonly #db: Kysely<Schema>;
  readonly #openRenewal: FindOne<RequestRow>;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    this.#openRenewal = prepared.findOne(
      db
        .selectFrom('requests')
        .selectAll()
        .where('renewsId', '=', '')
        .where(sql<boolean>`status in ('pending_approval', 'approved')`)
        .where('expiresAt', '>', 0),
    );
  }

  insert(row: NewRequest): Statement {
    return statement(this.#db.insertInto('requests').values(row), { rows: 1 });
  }

  /** Changes the request as it was read; `otherwise` is what it means that somebody was faster. */
  change(row: Pick<RequestRow, 'id' | 'revision'>, change: Change, otherwise: ErrorFields): Statement {
    return statement(
      this.#db
        .updateTable('requests')
        .set({ ...change, revision: row.revision + 1 })
        .where('id', '=', row.id)
        .where('revision', '=', row.revision),
      { rows: 1, otherwise },
    );
  }

  /** One for each operator and request. */
  insertDecision(row: DecisionRow, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('request_decisions').values(row), { rows: 1, duplicate });
  }

  find(id: string): Promise<RequestRow | undefined> {
    return this.#db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** The request for a renewal of the certificate that is open at the moment given (ms). */
  openRenewal(certificateId: string, now: number): RequestRow | undefined {
    return this.#openRenewal(certificateId, now);
  }

  /** In the order in which they were made, by the ids of their requests. */
  async decisions(requestIds: readonly string[]): Promise<Map<string, DecisionRow[]>> {
    const byRequest = new Map<string, DecisionRow[]>(requestIds.map((id) => [id, []]));
    if (requestIds.length === 0) return byRequest;
    const rows = await this.#db
      .selectFrom('request_decisions')
      .selectAll()
      .where('requestId', 'in', requestIds)
      .orderBy('decidedAt')
      .execute();
    for (const row of rows) byRequest.get(row.requestId)?.push(row);
    return byRequest;
  }

  /** Newest first. */
  list(query: RequestQuery): Promise<Page<RequestRow>> {
    const { realmIds, status, kind, requester, search } = query;
    let matching = this.#db.selectFrom('requests').where('realmId', 'in', realmIds);
    if (status) matching = matching.where('status', '=', status);
    if (kind) matching = matching.where('kind', '=', kind);
    if (requester) {
      matching = matching
        .where('requestedByKind', '=', requester.requestedByKind)
        .where('requestedById', 'is', requester.requestedById);
    }
    if (search) {
      const pattern = containing(search);
      matching = matching.where(
        sql<boolean>`(commonName like ${pattern} escape '\\' or requestedBy like ${pattern} escape '\\')`,
      );
    }
    return keysetPage(this.#db, matching.selectAll(), { ...query, by: 'createdAt', direction: 'desc' });
  }

  /** Those that wait for people, and of which no alert tells. */
  untold(limit: number): Promise<Pick<RequestRow, 'id' | 'realmId' | 'commonName' | 'expiresAt'>[]> {
    return this.#db
      .selectFrom('requests')
      .select(['id', 'realmId', 'commonName', 'expiresAt'])
      .where(sql<boolean>`status in ('pending_approval', 'approved') and status = 'pending_approval'`)
      .where(
        sql<boolean>`not exists (select 1 from alerts where subjectKind = 'request' and subjectId = requests.id
          and resolvedAt is null)`,
      )
      .orderBy('expiresAt')
      .limit(limit)
      .execute();
  }

  /** The open ones that end by themselves at the moment given (ms), at most that many, the oldest first. */
  overdue(now: number, limit: number): Promise<RequestRow[]> {
    return this.#db
      .selectFrom('requests')
      .selectAll()
      .where(sql<boolean>`status in ('pending_approval', 'approved')`)
      .where('expiresAt', '<=', now)
      .orderBy('expiresAt')
      .limit(limit)
      .execute();
  }
}
