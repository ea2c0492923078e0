/** What API clients show of themselves: hashed secrets, and certificates that were issued here. */
import type { Kysely, Selectable } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Statement } from '../committer.ts';
import type { FindAll, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type SecretRow = Selectable<Schema['client_secrets']>;
export type ClientCertificateRow = Selectable<Schema['client_certificates']>;

export class ClientCredentialRepository {
  readonly #db: Kysely<Schema>;
  readonly #secrets: FindAll<SecretRow>;
  readonly #certificates: FindAll<ClientCertificateRow>;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    this.#secrets = prepared.findAll(
      db.selectFrom('client_secrets').selectAll().where('clientId', '=', '').orderBy('createdAt', 'desc'),
    );
    this.#certificates = prepared.findAll(
      db
        .selectFrom('client_certificates')
        .selectAll()
        .where('clientId', '=', '')
        .orderBy('createdAt', 'desc'),
    );
  }

  /** The newest first; those that have expired are among them. */
  secretsOf(clientId: string): SecretRow[] {
    return this.#secrets(clientId);
  }

  insertSecret(row: Omit<SecretRow, 'hash'> & { readonly hash: Uint8Array }): Statement {
    return statement(this.#db.insertInto('client_secrets').values(row), { rows: 1 });
  }

  /** Makes the secret end then; milliseconds. */
  endSecret(id: string, expiresAt: number): Statement {
    return statement(this.#db.updateTable('client_secrets').set({ expiresAt }).where('id', '=', id), {
      rows: 1,
    });
  }

  touchSecret(id: string, lastUsedAt: number): Statement {
    return statement(this.#db.updateTable('client_secrets').set({ lastUsedAt }).where('id', '=', id));
  }

  deleteSecret(id: string): Statement {
    return statement(this.#db.deleteFrom('client_secrets').where('id', '=', id));
  }

  /** Secrets that end before that moment, with what is needed to tell of them. */
  endingBefore(ms: number): Promise<SecretRow[]> {
    return this.#db
      .selectFrom('client_secrets')
      .selectAll()
      .where('expiresAt', '<', ms)
      .orderBy('id')
      .execute();
  }

  certificatesOf(clientId: string): ClientCertificateRow[] {
    return this.#certificates(clientId);
  }

  addCertificate(row: ClientCertificateRow, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('client_certificates').values(row), { rows: 1, duplicate });
  }

  removeCertificate(
    { clientId, certificateId, method }: Omit<ClientCertificateRow, 'createdAt'>,
    otherwise: ErrorFields,
  ): Statement {
    return statement(
      this.#db
        .deleteFrom('client_certificates')
        .where('clientId', '=', clientId)
        .where('certificateId', '=', certificateId)
        .where('method', '=', method),
      { rows: 1, otherwise },
    );
  }

  /** An assertion is used once (RFC 7523 section 3). */
  spendAssertion(clientId: string, jti: string, expiresAt: number, duplicate: ErrorFields): Statement {
    return statement(this.#db.insertInto('client_assertions').values({ clientId, jti, expiresAt }), {
      rows: 1,
      duplicate,
    });
  }

  forgetAssertionsBefore(ms: number): Statement {
    return statement(this.#db.deleteFrom('client_assertions').where('expiresAt', '<', ms));
  }
}
