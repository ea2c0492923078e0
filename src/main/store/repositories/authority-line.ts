/** What an authority was and is known by beside its current certificate: former keys and certificates, requests. */
import type { Kysely, Selectable } from 'kysely';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';
import type { AuthorityRow } from './authorities.ts';

/** The slug as people know it: a key that was followed by another one has its number behind it in the store. */
export function lineSlug({ slug }: Pick<AuthorityRow, 'slug'>): string {
  return slug.replace(/\..*$/, '');
}

export interface AuthorityCertificateRow {
  readonly certificateId: string;
  readonly authorityId: string;
  readonly role: Selectable<Schema['authority_certificates']>['role'];
  readonly der: Buffer;
}

export class AuthorityLineRepository {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Gives the authority another certificate for its key; the one it has becomes a former one. */
  replaceCertificate(
    row: AuthorityRow,
    next: Pick<AuthorityRow, 'parentId' | 'externalChain' | 'kind'> & { readonly certificateId: string },
    now: Date,
  ): Statement[] {
    const replaced = statement(
      this.#db
        .updateTable('authorities')
        .set({ ...next, status: 'active' })
        .where('id', '=', row.id)
        .where('certificateId', 'is', row.certificateId)
        .where('status', 'in', ['active', 'awaiting']),
      {
        rows: 1,
        otherwise: { code: 'CONFLICT', detail: 'The authority has got another certificate meanwhile.' },
      },
    );
    const request = statement(this.#db.deleteFrom('authority_requests').where('authorityId', '=', row.id));
    const former =
      row.certificateId === null ? [] : [this.addCertificate(row.certificateId, row.id, 'former', now)];
    return [replaced, request, ...former];
  }

  /** Lets the successor, which was being created, take the authority's place, slug and profiles. */
  succeed(row: AuthorityRow, successorId: string, certificateId: string): Statement[] {
    const { id, slug, generation } = row;
    return [
      statement(
        this.#db
          .updateTable('authorities')
          .set({ successorId, slug: `${slug}.${generation}` })
          .where('id', '=', id)
          .where('successorId', 'is', null),
        { rows: 1, otherwise: { code: 'CONFLICT', detail: 'The authority was renewed meanwhile.' } },
      ),
      statement(
        this.#db
          .updateTable('authorities')
          .set({ slug, certificateId, status: 'active' })
          .where('id', '=', successorId)
          .where('status', '=', 'creating'),
        { rows: 1 },
      ),
      statement(
        this.#db.updateTable('profiles').set({ authorityId: successorId }).where('authorityId', '=', id),
      ),
    ];
  }

  /** Ends a former key: it publishes nothing any more. */
  retire(id: string): Statement {
    return statement(
      this.#db
        .updateTable('authorities')
        .set({ status: 'disabled' })
        .where('id', '=', id)
        .where('status', '=', 'active')
        .where('successorId', 'is not', null),
      { rows: 1 },
    );
  }

  addCertificate(
    certificateId: string,
    authorityId: string,
    role: AuthorityCertificateRow['role'],
    now: Date,
  ): Statement {
    const row = { certificateId, authorityId, role, createdAt: now.getTime() };
    return statement(this.#db.insertInto('authority_certificates').values(row), { rows: 1 });
  }

  /** Former, cross and link certificates of all authorities, the oldest first. */
  certificates(): Promise<AuthorityCertificateRow[]> {
    return this.#db
      .selectFrom('authority_certificates as own')
      .innerJoin('certificates', 'certificates.id', 'own.certificateId')
      .innerJoin('certificate_bytes', 'certificate_bytes.rowId', 'certificates.rowId')
      .select(['own.certificateId', 'own.authorityId', 'own.role', 'certificate_bytes.der'])
      .orderBy('own.createdAt')
      .orderBy('own.certificateId')
      .execute();
  }

  addRequest(authorityId: string, der: Uint8Array): Statement {
    return statement(this.#db.insertInto('authority_requests').values({ authorityId, der }), { rows: 1 });
  }

  async request(authorityId: string): Promise<Uint8Array | undefined> {
    const row = await this.#db
      .selectFrom('authority_requests')
      .select('der')
      .where('authorityId', '=', authorityId)
      .executeTakeFirst();
    return row?.der;
  }

  /** Removes an authority that has no certificate yet, with its request and its key. */
  withdraw(row: AuthorityRow): Statement[] {
    return [
      statement(this.#db.deleteFrom('authority_requests').where('authorityId', '=', row.id)),
      statement(
        this.#db.deleteFrom('authorities').where('id', '=', row.id).where('status', '=', 'awaiting'),
        {
          rows: 1,
          otherwise: { code: 'CONFLICT', detail: 'The authority has got its certificate meanwhile.' },
        },
      ),
      statement(this.#db.deleteFrom('keys').where('id', '=', row.keyId), { rows: 1 }),
    ];
  }
}
