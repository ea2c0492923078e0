/** Authorities. */
import type { Kysely, Selectable } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { type StatementTemplate, statement, statementTemplate } from '../statement.ts';

export type AuthorityRow = Selectable<Schema['authorities']>;
/** What is not given begins at its first value. */
export type NewAuthority = Omit<
  AuthorityRow,
  'crlNumber' | 'revision' | 'generation' | 'successorId' | 'crlSettings' | 'crlPublication'
> &
  Partial<Pick<AuthorityRow, 'generation'>>;

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
    const begun = { ...row, crlNumber: 0, revision: 0 };
    return statement(this.#db.insertInto('authorities').values(begun), { rows: 1, duplicate });
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

  /** Takes the CRL number behind that one before a CRL is signed with it, so that no number is ever used twice. */
  takeCrlNumber(id: string, taken: number): Statement {
    return {
      sql: 'update authorities set crlNumber = ? where id = ? and crlNumber = ?',
      parameters: [taken + 1, id, taken],
      rows: 1,
    };
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

  /** Sets how CRLs are issued; null for what they have at first. */
  setCrlSettings(id: string, settings: string | null): Statement {
    return statement(
      this.#db.updateTable('authorities').set({ crlSettings: settings }).where('id', '=', id),
      {
        rows: 1,
      },
    );
  }

  /** Notes how the last publication to the folder went. */
  notePublication(id: string, result: string): Statement {
    return statement(
      this.#db.updateTable('authorities').set({ crlPublication: result }).where('id', '=', id),
      {
        rows: 1,
      },
    );
  }

  /** The result noted last, as JSON, by authority. */
  async publications(): Promise<ReadonlyMap<string, string | null>> {
    const rows = await this.#db.selectFrom('authorities').select(['id', 'crlPublication']).execute();
    return new Map(rows.map((row) => [row.id, row.crlPublication]));
  }
}
