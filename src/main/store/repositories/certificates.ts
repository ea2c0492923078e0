/** Certificates: found by id, serial number or a run of characters; written once, changed only by revocation. */
import { type Kysely, sql } from 'kysely';
import type { ErrorFields } from '../../../shared/errors.ts';
import type { Metadata } from '../../../shared/model/basics.ts';
import { factColumnNames, factColumns } from '../certificate-facts.ts';
import type { Statement } from '../committer.ts';
import { keyHash } from '../key-hash.ts';
import type { Page } from '../page.ts';
import type { FindAll, FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';
import { wordsStatement } from '../word-index.ts';
import type { CertificateRow, ImportedCertificate, NewCertificate } from './certificate-row.ts';
import { type CertificateQuery, CertificateSearch } from './certificate-search.ts';
import { noteNames } from './note-names.ts';
import { searchText } from './search-text.ts';

export type IssuedStatus = Pick<CertificateRow, 'id' | 'revokedAt' | 'revocationReason'>;

export interface Revocation {
  readonly id: string;
  readonly revokedAt: number;
  readonly reason: string;
  readonly invalidityDate: number | null;
  readonly comment: string | null;
}

const givenColumns = [
  'id',
  'orderId',
  'realmId',
  'authorityId',
  'profileId',
  'isAuthority',
  'serialNumber',
  'commonName',
  'subject',
  'subjectAltNames',
  'issuer',
  'keyAlgorithm',
  'notBefore',
  'notAfter',
  'keyId',
  'metadata',
  'requestedBy',
  'requestedById',
  'createdAt',
] as const satisfies readonly (keyof NewCertificate)[];

const writtenColumns = [...givenColumns, ...factColumnNames];
const insertRow = `insert into certificates (${writtenColumns.join(', ')}, renewsId, keyHash, endEntityId)
  values (${writtenColumns.map(() => '?').join(', ')}, ?, ?,
    coalesce(?, (select id from end_entities where realmId = ? and commonName = ?)))`;
const importedColumns = [...givenColumns, 'importedFrom', 'sha256'] as const;
const insertImported = `insert into certificates (${[...importedColumns, ...factColumnNames].join(', ')})
  values (${[...importedColumns, ...factColumnNames].map(() => '?').join(', ')})`;
const markRenewed = 'update certificates set renewedById = ? where id = ? and renewedById is null';
/** Both behind the row, which is the last one inserted by then. */
const insertMetadata = `insert into certificate_metadata (name, value, rowId)
  select key, value, last_insert_rowid() from json_each(?)`;
const insertBytes = 'insert into certificate_bytes (rowId, der) values (last_insert_rowid(), ?)';

const insertChain = 'insert into certificate_chains (rowId, pem) values (last_insert_rowid(), ?)';

export class CertificateRepository {
  readonly #db: Kysely<Schema>;
  readonly #find: FindOne<CertificateRow>;
  readonly #findBySerial: FindOne<IssuedStatus>;
  readonly #findImported: FindAll<{ fingerprint: string }>;
  readonly #findBytes: FindOne<{ der: Uint8Array }>;
  readonly #findWithBytes: FindOne<CertificateRow & { der: Uint8Array }>;
  readonly #findChain: FindOne<{ pem: string }>;
  readonly #search: CertificateSearch;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    this.#search = new CertificateSearch(db);
    const certificates = db.selectFrom('certificates');
    this.#find = prepared.findOne(certificates.selectAll().where('id', '=', ''));
    this.#findBySerial = prepared.findOne(
      certificates
        .select(['id', 'revokedAt', 'revocationReason'])
        .where('authorityId', '=', '')
        .where('serialNumber', '=', ''),
    );
    this.#findImported = prepared.findAll(
      certificates
        .select(sql<string>`hex(sha256)`.as('fingerprint'))
        .where('realmId', '=', '')
        .where('sha256', 'in', sql<Buffer>`(select unhex(value) from json_each(${'[]'}))`),
    );
    // No join, which SQLite would plan anew each time that a parameter is bound, and that takes longer than running it.
    const bytes = sql<Buffer>`(select der from certificate_bytes
      where certificate_bytes.rowId = certificates.rowId)`.as('der');
    this.#findChain = prepared.findOne(
      db.selectFrom('certificate_chains').select('pem').where('rowId', '=', 0),
    );
    this.#findBytes = prepared.findOne(certificates.select(bytes).where('id', '=', ''));
    this.#findWithBytes = prepared.findOne(certificates.selectAll().select(bytes).where('id', '=', ''));
  }

  /** Statements that add a certificate; `duplicate` is what a serial number used twice means. */
  insert(certificate: NewCertificate, duplicate: ErrorFields): Statement[] {
    const { der, spki, renewsId = null, endEntityId, endEntityName } = certificate;
    const values = [...givenColumns.map((column) => certificate[column]), ...factColumns(certificate.facts)];
    const { realmId = null, commonName = null } = endEntityName ?? {};
    return [
      {
        sql: insertRow,
        parameters: [...values, renewsId, keyHash(spki), endEntityId, realmId, commonName],
        rows: 1,
        duplicate,
      },
      { sql: insertBytes, parameters: [der], rows: 1 },
      wordsStatement(searchText(certificate)),
      ...metadataStatements(certificate),
    ];
  }

  /** Statements that put other metadata in the place of what there is; null for none. */
  setMetadata(row: Pick<CertificateRow, 'id' | 'rowId'>, metadata: Metadata | null): Statement[] {
    const text = metadata === null ? null : JSON.stringify(metadata);
    return [
      statement(this.#db.updateTable('certificates').set({ metadata: text }).where('id', '=', row.id), {
        rows: 1,
      }),
      statement(this.#db.deleteFrom('certificate_metadata').where('rowId', '=', row.rowId)),
      ...Object.entries(metadata ?? {}).map(([name, value]) =>
        statement(this.#db.insertInto('certificate_metadata').values({ name, value, rowId: row.rowId })),
      ),
    ];
  }

  /** Statements that add a certificate from elsewhere; `duplicate` is what one that is there already means. */
  insertImported(certificate: ImportedCertificate, duplicate: ErrorFields): Statement[] {
    const given = importedColumns.map((column) => certificate[column]);
    const values = [...given, ...factColumns(certificate.facts)];
    return [
      { sql: insertImported, parameters: values, rows: 1, duplicate },
      { sql: insertBytes, parameters: [certificate.der], rows: 1 },
      ...(certificate.chain ? [{ sql: insertChain, parameters: [certificate.chain], rows: 1 }] : []),
      wordsStatement(searchText(certificate)),
      ...metadataStatements(certificate),
    ];
  }

  /** Guards that nobody has renewed a certificate, and notes by which one it is renewed now. */
  markRenewed(id: string, renewedById: string, otherwise: ErrorFields): Statement {
    return { sql: markRenewed, parameters: [renewedById, id], rows: 1, otherwise };
  }

  /** Which of the fingerprints (SHA-256, upper-case hex) are of certificates that were imported into the realm. */
  imported(realmId: string, fingerprints: readonly string[]): Set<string> {
    const found = this.#findImported(realmId, JSON.stringify(fingerprints));
    return new Set(found.map(({ fingerprint }) => fingerprint));
  }

  async find(id: string): Promise<CertificateRow | undefined> {
    return this.#find(id);
  }

  /** Whether the authority issued that serial number (upper-case hex), and whether it is revoked, as of now. */
  issuedStatus(authorityId: string, serialNumber: string): IssuedStatus | undefined {
    return this.#findBySerial(authorityId, serialNumber);
  }

  async findWithBytes(id: string): Promise<{ row: CertificateRow; der: Uint8Array } | undefined> {
    const found = this.#findWithBytes(id);
    return found && { row: found, der: found.der };
  }

  async der(id: string): Promise<Uint8Array | undefined> {
    return this.#findBytes(id)?.der;
  }

  /** PEM of what stands above a certificate that came from outside; empty where it came alone. */
  async chain(rowId: number): Promise<string> {
    return this.#findChain(rowId)?.pem ?? '';
  }

  list(query: CertificateQuery): Promise<Page<CertificateRow>> {
    return this.#search.list(query);
  }

  /** Names under which something is noted about certificates of the realms. */
  noteNames(realmIds: readonly string[]): Promise<string[]> {
    return noteNames(this.#db, realmIds);
  }

  count(query: Parameters<CertificateSearch['count']>[0]): Promise<number> {
    return this.#search.count(query);
  }

  /** Certificates that end in the span (milliseconds) and are neither revoked nor renewed, the next to end first. */
  async ending(
    { realmIds, from, to }: { realmIds: readonly string[]; from: number; to: number },
    limit: number,
  ): Promise<{ rows: Pick<CertificateRow, 'id' | 'commonName' | 'notAfter'>[]; total: number }> {
    const matching = this.#db
      .selectFrom('certificates')
      .where('notAfter', '>=', from)
      .where('notAfter', '<', to)
      .where('realmId', 'in', realmIds)
      .where('isAuthority', '=', 0)
      .where('revokedAt', 'is', null)
      .where('renewedById', 'is', null)
      // Those of services here are renewed by them, each as one of its own.
      .where((eb) => eb.or([eb('profileId', 'is not', null), eb('importedFrom', 'is not', null)]));
    const rows = matching.select(['id', 'commonName', 'notAfter']).orderBy('notAfter').limit(limit);
    const counted = await matching
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    return { rows: await rows.execute(), total: counted.total };
  }

  /** How many certificates each authority has issued. */
  async countByAuthority(): Promise<Map<string, number>> {
    const rows = await this.#db
      .selectFrom('certificates')
      .select((eb) => ['authorityId', eb.fn.countAll<number>().as('count')])
      .where('authorityId', 'is not', null)
      .groupBy('authorityId')
      .execute();
    return new Map(rows.map((row) => [row.authorityId as string, row.count]));
  }

  /** A statement that lifts a hold. */
  release(id: string, otherwise: ErrorFields): Statement {
    return statement(
      this.#db
        .updateTable('certificates')
        .set({ revokedAt: null, revocationReason: null, invalidityDate: null, revocationComment: null })
        .where('id', '=', id)
        .where('revocationReason', '=', 'certificateHold'),
      { rows: 1, otherwise },
    );
  }

  /** A statement that archives it (milliseconds, UTC), or takes it back; `otherwise` is what it means where that is so. */
  setArchivedAt(id: string, archivedAt: number | null, otherwise: ErrorFields): Statement {
    return statement(
      this.#db
        .updateTable('certificates')
        .set({ archivedAt })
        .where('id', '=', id)
        .where('archivedAt', archivedAt === null ? 'is not' : 'is', null),
      { rows: 1, otherwise },
    );
  }

  /** A statement that revokes, or gives a certificate on hold its final reason. */
  revoke(revocation: Revocation, otherwise: ErrorFields): Statement {
    const { id, revokedAt, reason, invalidityDate, comment } = revocation;
    return statement(
      this.#db
        .updateTable('certificates')
        .set({ revokedAt, revocationReason: reason, invalidityDate, revocationComment: comment })
        .where('id', '=', id)
        .where((eb) => eb.or([eb('revokedAt', 'is', null), eb('revocationReason', '=', 'certificateHold')])),
      { rows: 1, otherwise },
    );
  }
}

function metadataStatements({ metadata }: Pick<NewCertificate, 'metadata'>): Statement[] {
  return metadata === null ? [] : [{ sql: insertMetadata, parameters: [metadata] }];
}
