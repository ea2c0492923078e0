/**
 * The OCSP responder (RFC 6960, RFC 5019). What it is for: to say of any certificate whether its authority issued
 * it and has not revoked it. Its invariant: an answer kept for later is dropped before a revocation is answered,
 * so nobody who knows of the revocation is told `good`; and no answer is given before what it says is on the disk.
 * What does not belong: HTTP and its caches (http/).
 */
import { ChanceryError } from '../../../shared/errors.ts';
import type { RevocationReason } from '../../../shared/model/names.ts';
import { sha256 } from '../../crypto/index.ts';
import type { Signer } from '../../keys/index.ts';
import type { Store } from '../../store/index.ts';
import {
  assembleOcspResponse,
  buildOcspError,
  buildTbsOcspResponse,
  type CertId,
  type CertificateStatus,
  encodedNonceOid,
  issuerKeyOf,
  issuerKeysOf,
  type OcspErrorStatus,
  type OcspRequest,
  readOcspRequest,
} from '../../x509/index.ts';
import type { AuthorityDirectory, Issuer } from '../authorities/authority-directory.ts';
import type { Clock } from '../rooms.ts';
import { type AboutCertificate, AnswerCache, isHalfThrough, type KeptAnswer } from './answer-cache.ts';
import { OcspSigners } from './ocsp-signer.ts';

const lifetimeMs = 86_400_000;
/** About 1 KiB each. */
const mostKept = 50_000;
/** One request costs a lookup for each certificate. */
const mostCertificates = 32;

interface Parts {
  readonly store: Store;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly authorities: AuthorityDirectory;
}

interface Answer {
  readonly der: Uint8Array;
  readonly lifetime?: KeptAnswer;
}

/** A certificate that was issued here, by the id that it was asked about with. */
interface KnownCertificate extends AboutCertificate {
  readonly issuer: Issuer;
  readonly status: CertificateStatus['status'];
}

/** The authorities of one moment, and what was found of their certificates. */
interface Known {
  readonly of: ReadonlyMap<string, Issuer>;
  readonly byKey: ReadonlyMap<string, Issuer>;
  readonly certificates: AnswerCache<KnownCertificate>;
}

export class OcspResponder {
  readonly #parts: Parts;
  readonly #signers: OcspSigners;
  /** By the whole request. */
  readonly #kept = new AnswerCache(mostKept);
  #known: Known | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#signers = new OcspSigners(parts);
  }

  /** Answers any bytes with an OCSP response; one that is kept at once, even while the vault is locked. Never throws. */
  respond(bytes: Uint8Array): Answer | Promise<Answer> {
    if (hasNonce(bytes)) return this.#respondAnew(bytes, '', undefined);
    const question = latin1(bytes);
    const kept = this.#kept.find(question);
    if (kept && !isHalfThrough(kept, this.#parts.clock())) return { der: kept.der, lifetime: kept };
    return this.#respondAnew(bytes, question, kept);
  }

  /** Drops what is kept about a certificate; to be called between its revocation and the answer to it. */
  forget(authorityId: string, serialNumber: string): void {
    this.#kept.forget(authorityId, serialNumber);
    this.#known?.certificates.forget(authorityId, serialNumber);
    this.#signers.forget(authorityId);
  }

  /** Renews signers and kept answers before their time is over. Throws LOCKED. */
  async renewDue(): Promise<void> {
    const { authorities, clock } = this.#parts;
    const issuers = await authorities.all();
    await this.#signers.renewDue(issuers.values());
    const now = clock();
    for (const question of this.#kept.idsWhere((kept) => isHalfThrough(kept, now))) {
      const kept = this.#kept.find(question);
      const issuer = kept && issuers.get(kept.authorityId);
      const [id] = readOcspRequest(Buffer.from(question, 'latin1')).certIds;
      if (issuer && id) await this.#signAndKeep(issuer, id, question);
    }
  }

  async #respondAnew(bytes: Uint8Array, question: string, kept: KeptAnswer | undefined): Promise<Answer> {
    let request: OcspRequest;
    try {
      request = readOcspRequest(bytes);
    } catch {
      return refusal('malformedRequest');
    }
    if (request.unknownCriticalOid !== undefined) return refusal('malformedRequest');
    if (request.certIds.length > mostCertificates) return refusal('unauthorized');
    try {
      return await this.#answer(request, question);
    } catch (error) {
      if (kept && this.#parts.clock() < kept.nextUpdate) return { der: kept.der, lifetime: kept };
      const isLocked = error instanceof ChanceryError && error.code === 'LOCKED';
      return refusal(isLocked ? 'tryLater' : 'internalError');
    }
  }

  async #answer({ certIds, nonce }: OcspRequest, question: string): Promise<Answer> {
    const known = await this.#knownNow();
    const times = ocspTimes(this.#parts.clock());
    const [first] = certIds;
    let issuer: Issuer | undefined;
    let isIssued = true;
    const statuses: CertificateStatus[] = [];
    for (const id of certIds) {
      const found = this.#find(known, id);
      // A signer speaks for one authority (RFC 6960 section 2.3: unauthorized where the responder cannot answer).
      if (!found || (issuer && found.issuer !== issuer)) return refusal('unauthorized');
      issuer = found.issuer;
      isIssued &&= found.status !== 'unknown';
      statuses.push({ certIdDer: id.der, status: found.status, ...times });
    }
    if (!first || !issuer) return refusal('unauthorized');
    if (certIds.length > 1 || nonce !== undefined || question === '' || !isIssued)
      return { der: await this.#sign(issuer, statuses, nonce) };
    const signed = await this.#signAndKeep(issuer, first, question);
    return { der: signed.der, lifetime: signed };
  }

  async #signAndKeep(issuer: Issuer, id: CertId, question: string): Promise<KeptAnswer> {
    const { generation } = this.#kept;
    const times = ocspTimes(this.#parts.clock());
    const serialNumber = serialNumberOf(id);
    const status = this.#statusOf(issuer, serialNumber);
    const der = await this.#sign(issuer, [{ certIdDer: id.der, status, ...times }], undefined);
    const tag = `"${sha256(der).toString('base64url')}"`;
    const kept = { authorityId: issuer.row.id, serialNumber, der, ...times, tag };
    this.#kept.keep(question, kept, generation);
    return kept;
  }

  /** Whose certificate it is and how it stands; undefined where the issuer is not here. */
  #find({ byKey, certificates }: Known, id: CertId): Pick<KnownCertificate, 'issuer' | 'status'> | undefined {
    const key = latin1(id.der);
    const found = certificates.find(key);
    if (found) return found;
    const issuer = byKey.get(issuerKeyOf(id) ?? '');
    if (!issuer) return undefined;
    const serialNumber = serialNumberOf(id);
    const status = this.#statusOf(issuer, serialNumber);
    // One that was never issued may be issued later.
    if (status !== 'unknown') {
      const { generation } = certificates;
      certificates.keep(key, { authorityId: issuer.row.id, serialNumber, issuer, status }, generation);
    }
    return { issuer, status };
  }

  #statusOf(issuer: Issuer, serialNumber: string): CertificateStatus['status'] {
    const found = this.#parts.store.certificates.issuedStatus(issuer.row.id, serialNumber);
    if (!found) return 'unknown';
    if (found.revokedAt === null) return 'good';
    return { revokedAt: new Date(found.revokedAt), reason: found.revocationReason as RevocationReason };
  }

  async #sign(
    issuer: Issuer,
    statuses: readonly CertificateStatus[],
    nonce: Uint8Array | undefined,
  ): Promise<Uint8Array> {
    const { keyId, keyHash, certificateDer, signatureAlgorithm } = await this.#signers.of(issuer);
    const producedAt = ocspTimes(this.#parts.clock()).thisUpdate;
    const tbs = buildTbsOcspResponse({ responderKeyHash: keyHash, producedAt, statuses, nonce });
    const { signer, store } = this.#parts;
    const signature = await signer.sign(keyId, tbs, signatureAlgorithm);
    // What the answer says was read from a change that may not be on the disk yet.
    await store.durable();
    return assembleOcspResponse(tbs, signatureAlgorithm, signature, [certificateDer]);
  }

  async #knownNow(): Promise<Known> {
    const all = await this.#parts.authorities.all();
    if (this.#known?.of !== all) {
      const byKey = new Map<string, Issuer>();
      for (const issuer of all.values()) {
        const { subject, spki } = issuer.certificate;
        for (const key of issuerKeysOf(subject.der, spki)) byKey.set(key, issuer);
      }
      this.#known = { of: all, byKey, certificates: new AnswerCache<KnownCertificate>(mostKept) };
    }
    return this.#known;
  }
}

/** Whole seconds are all that an answer can say. */
function ocspTimes(now: Date) {
  const thisUpdate = new Date(Math.floor(now.getTime() / 1000) * 1000);
  return { thisUpdate, nextUpdate: new Date(thisUpdate.getTime() + lifetimeMs) };
}

/** Whether the bytes may hold a nonce: no answer to such a request is ever kept. */
function hasNonce(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(encodedNonceOid);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** As the store writes it: without the zero byte that keeps an INTEGER positive. */
function serialNumberOf({ serialNumber }: CertId): string {
  const isPadded = serialNumber.length > 1 && serialNumber[0] === 0;
  return Buffer.from(isPadded ? serialNumber.subarray(1) : serialNumber)
    .toString('hex')
    .toUpperCase();
}

function refusal(status: OcspErrorStatus): Answer {
  return { der: buildOcspError(status) };
}
