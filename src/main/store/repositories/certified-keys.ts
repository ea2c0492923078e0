/** Certificates by the keys that they are for: whose key it is, and which keys there are. */
import { type Kysely, sql } from 'kysely';
import { keyHash } from '../key-hash.ts';
import type { FindAll, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import type { CertificateRow } from './certificate-row.ts';

/** A certificate with a key, and whose it is. */
export type KeyUser = Pick<CertificateRow, 'realmId' | 'commonName' | 'serialNumber' | 'isAuthority'>;

/** Different keys of one hash are hardly to be found; so many are looked at. */
const mostOfOneHash = 10;

export class CertifiedKeyRepository {
  readonly #db: Kysely<Schema>;
  readonly #findByKey: FindAll<KeyUser & { der: Buffer }>;

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    const bytes = sql<Buffer>`(select der from certificate_bytes
      where certificate_bytes.rowId = certificates.rowId)`.as('der');
    const users = db
      .selectFrom('certificates')
      .where('keyHash', '=', 0)
      .select(['realmId', 'commonName', 'serialNumber', 'isAuthority', bytes])
      // A literal, since SQLite plans anew each time what has a limit to be bound.
      .limit(sql.lit(mostOfOneHash));
    const ofNobody = db.selectFrom(users.where('endEntityId', 'is', null).as('ofNobody')).selectAll();
    const before = db.selectFrom(users.where('endEntityId', '<', '').as('before')).selectAll();
    const behind = db.selectFrom(users.where('endEntityId', '>', '').as('behind')).selectAll();
    // An index finds what lies before and behind an end entity's certificates, but not what is unlike it; and one
    // that comes back with its key again and again has many. Asked together, since each question to SQLite costs
    // more than its answer.
    this.#findByKey = prepared.findAll(ofNobody.unionAll(before).unionAll(behind));
  }

  /** A certificate for that key (SubjectPublicKeyInfo in DER) of anyone but the end entity; null for nobody. */
  userOf(spki: Uint8Array, endEntityId: string | null): KeyUser | undefined {
    const hash = keyHash(spki);
    const entity = endEntityId ?? '';
    const found = this.#findByKey(hash, hash, entity, hash, entity);
    const key = Buffer.from(spki);
    return found.find(({ der }) => der.includes(key));
  }

  /** Bytes of the newest certificates with keys of that algorithm, the newest first. */
  async newest(algorithmPrefix: string, limit: number): Promise<Uint8Array[]> {
    const rows = await this.#db
      .selectFrom('certificates')
      .innerJoin('certificate_bytes', 'certificate_bytes.rowId', 'certificates.rowId')
      .select('certificate_bytes.der')
      .where('keyAlgorithm', 'like', `${algorithmPrefix}%`)
      .orderBy('certificates.rowId', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ der }) => der);
  }
}
