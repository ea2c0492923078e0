/** Authorities and their newest CRLs. */
import type { Kysely, Selectable } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { type StatementTemplate, statement, statementTemplate } from '../statement.ts';

export type AuthorityRow = Selectable<Schema['authorities']>;
/** What is not given begins at its first value. */
export type NewAuthority = Omit<AuthorityRow, 'crlNumber' | 'revision' | 'generation' | 'successorId'> &
  Partial<Pick<AuthorityRow, 'generation'>>;
export type CrlRow = Selectable<Schema['crls']>;

export class AuthorityRepository {
  readonly #db: Kysely<Schema>;
  readonly #isActive: StatementTemplate;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
    this.#isActive = statementTemplate(
      // A subquery and no join, which SQLite would plan anew each time.
      db
        .selectFrom('authorities')
        .select('authorities.id')
        .where('authorities.id', '=', '')
        .where('authorities.status', '=', 'active')
        .where(
          (eb) =>
            eb
              .selectFrom('certificates')
              .select('certificates.revokedAt')
              .whereRef('certificates.id', '=', 'authorities.certificateId'),
          'is',
          null,
        ),
    );
  }

  insert(row: NewAuthority, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('authorities').values({ ...row, crlNumber: 0, revision: 0 }), {
      rows: 1,
      duplicate,
    });
  }

  /** Turns an authority that was being created into one that issues. */
  activate(id: string, certificateId: string): Statement {
    return statement(
      this.#db
        .updateTable('authorities')
        .set({ status: 'active', certificateId })
        .where('id', '=', id)
        .where('status', '=', 'creating'),
      { rows: 1 },
    );
  }

  /** Removes an authority whose creation did not come to its end, with its key. */
  abandon(row: AuthorityRow): Statement[] {
    return [
      statement(
        this.#db.deleteFrom('authorities').where('id', '=', row.id).where('status', '=', 'creating'),
        { rows: 1 },
      ),
      statement(this.#db.deleteFrom('keys').where('id', '=', row.keyId)),
    ];
  }

  /** Guards that the authority still issues when the certificate is recorded: active, and its own not revoked. */
  mustBeActive(row: AuthorityRow): Statement {
    return this.#isActive([row.id, 'active'], {
      rows: 1,
      otherwise: { code: 'CONFLICT', detail: `The authority ${row.slug} does not issue any more.` },
    });
  }

  findById(id: string): Promise<AuthorityRow | undefined> {
    return this.#db.selectFrom('authorities').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** By slug or id; the one with the newest key, also by the id of one before it. */
  async find(reference: string): Promise<AuthorityRow | undefined> {
    let row = await this.#db
      .selectFrom('authorities')
      .selectAll()
      .where((eb) => eb.or([eb('slug', '=', reference), eb('id', '=', reference)]))
      .executeTakeFirst();
    while (row && row.successorId !== null) row = await this.findById(row.successorId);
    return row;
  }

  /** All of the realms, roots before what is below them; null for all realms. */
  all(realmIds: readonly string[] | null): Promise<AuthorityRow[]> {
    let rows = this.#db.selectFrom('authorities').selectAll();
    if (realmIds) rows = rows.where('realmId', 'in', realmIds);
    return rows.orderBy('createdAt').orderBy('id').execute();
  }

  /** Takes the next CRL number before the CRL is signed, so that no number is ever used twice. */
  takeCrlNumber(row: AuthorityRow): Statement {
    return statement(
      this.#db
        .updateTable('authorities')
        .set({ crlNumber: row.crlNumber + 1 })
        .where('id', '=', row.id)
        .where('crlNumber', '=', row.crlNumber),
      { rows: 1 },
    );
  }

  /** Counts a revocation, so that the CRL is known to be behind until a new one is stored. */
  bumpRevision(id: string): Statement {
    return statement(
      this.#db
        .updateTable('authorities')
        .set((eb) => ({ revision: eb('revision', '+', 1) }))
        .where('id', '=', id),
      { rows: 1 },
    );
  }

  storeCrl(row: Omit<CrlRow, 'der'> & { der: Uint8Array }): Statement {
    return statement(
      this.#db
        .insertInto('crls')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .column('authorityId')
            .doUpdateSet((eb) => ({
              number: eb.ref('excluded.number'),
              revision: eb.ref('excluded.revision'),
              thisUpdate: eb.ref('excluded.thisUpdate'),
              nextUpdate: eb.ref('excluded.nextUpdate'),
              entries: eb.ref('excluded.entries'),
              der: eb.ref('excluded.der'),
            }))
            .where('crls.number', '<', row.number),
        ),
      { rows: 1 },
    );
  }

  findCrl(authorityId: string): Promise<CrlRow | undefined> {
    return this.#db.selectFrom('crls').selectAll().where('authorityId', '=', authorityId).executeTakeFirst();
  }

  /** The newest CRLs without their bytes. */
  crls(): Promise<Omit<CrlRow, 'der'>[]> {
    return this.#db
      .selectFrom('crls')
      .select(['authorityId', 'number', 'revision', 'thisUpdate', 'nextUpdate', 'entries'])
      .execute();
  }
}
