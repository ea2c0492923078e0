/** Certificates by the keys that they are for: whose key it is, and which keys there are. */
import { type Kysely, sql } from 'kysely';
import { keyHash } from '../key-hash.ts';
import type { FindAll, FindOne, Prepared } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import type { CertificateRow } from './certificates.ts';

/** A certificate with a key, and whose it is. */
export type KeyUser = Pick<CertificateRow, 'realmId' | 'commonName' | 'serialNumber' | 'isAuthority'>;

type OfKey = FindAll<KeyUser & { der: Buffer }>;

/** Different keys of one hash are hardly to be found; so many are looked at. */
const mostOfOneHash = 10;

export class CertifiedKeyRepository {
  readonly #db: Kysely<Schema>;
  readonly #hasKey: FindOne<{ rowId: number }>;
  readonly #findByKey: readonly [OfKey, OfKey, OfKey];

  constructor(db: Kysely<Schema>, prepared: Prepared) {
    this.#db = db;
    const ofHash = db.selectFrom('certificates').where('keyHash', '=', 0);
    this.#hasKey = prepared.findOne(ofHash.select('rowId'));
    const bytes = sql<Buffer>`(select der from certificate_bytes
      where certificate_bytes.rowId = certificates.rowId)`.as('der');
    const users = ofHash.select(['realmId', 'commonName', 'serialNumber', 'isAuthority', bytes]);
    // An index finds what lies before and behind an end entity's certificates, but not what is unlike it; and one
    // that comes back with its key again and again has many. The limits are literals, since SQLite plans anew each
    // time what has one to be bound.
    this.#findByKey = [
      prepared.findAll(users.where('endEntityId', 'is', null).limit(sql.lit(mostOfOneHash))),
      prepared.findAll(users.where('endEntityId', '<', '').limit(sql.lit(mostOfOneHash))),
      prepared.findAll(users.where('endEntityId', '>', '').limit(sql.lit(mostOfOneHash))),
    ];
  }

  /** A certificate for that key (SubjectPublicKeyInfo in DER) of anyone but the end entity; null for nobody. */
  userOf(spki: Uint8Array, endEntityId: string | null): KeyUser | undefined {
    const hash = keyHash(spki);
    // Nearly all keys are new.
    if (!this.#hasKey(hash)) return undefined;
    const [ofNobody, before, behind] = this.#findByKey;
    const key = Buffer.from(spki);
    const isOfKey = ({ der }: { der: Buffer }) => der.includes(key);
    return (
      ofNobody(hash).find(isOfKey) ??
      before(hash, endEntityId ?? '').find(isOfKey) ??
      behind(hash, endEntityId ?? '').find(isOfKey)
    );
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
