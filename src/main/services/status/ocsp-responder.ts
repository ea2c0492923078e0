/**
 * The OCSP responder (RFC 6960, RFC 5019). What it is for: to say of any certificate whether its authority issued
 * it and has not revoked it. Its invariant: an answer kept for later is dropped before a revocation is answered,
 * so nobody who knows of the revocation is told `good`. What does not belong: HTTP and its caches (http/).
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
  issuerKeyOf,
  issuerKeysOf,
  type OcspErrorStatus,
  type OcspRequest,
  readOcspRequest,
} from '../../x509/index.ts';
import type { AuthorityDirectory, Issuer } from '../authorities/authority-directory.ts';
import type { Clock } from '../rooms.ts';
import { AnswerCache, isHalfThrough, type KeptAnswer } from './answer-cache.ts';
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

export class OcspResponder {
  readonly #parts: Parts;
  readonly #signers: OcspSigners;
  readonly #kept = new AnswerCache(mostKept);
  #issuers: { readonly of: ReadonlyMap<string, Issuer>; readonly byKey: Map<string, Issuer> } | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#signers = new OcspSigners(parts);
  }

  /** Answers any bytes with an OCSP response; one that is kept even while the vault is locked. Never throws. */
  async respond(bytes: Uint8Array): Promise<Answer> {
    let request: OcspRequest;
    try {
      request = readOcspRequest(bytes);
    } catch {
      return refusal('malformedRequest');
    }
    if (request.unknownCriticalOid !== undefined) return refusal('malformedRequest');
    if (request.certIds.length > mostCertificates) return refusal('unauthorized');
    try {
      return await this.#answer(request);
    } catch (error) {
      const isLocked = error instanceof ChanceryError && error.code === 'LOCKED';
      return refusal(isLocked ? 'tryLater' : 'internalError');
    }
  }

  /** Drops what is kept about a certificate; to be called between its revocation and the answer to it. */
  forget(authorityId: string, serialNumber: string): void {
    this.#kept.forget(authorityId, serialNumber);
    this.#signers.forget(authorityId);
  }

  /** Renews signers and kept answers before their time is over. Throws LOCKED. */
  async renewDue(): Promise<void> {
    const { authorities, clock } = this.#parts;
    const issuers = await authorities.all();
    await this.#signers.renewDue(issuers.values());
    for (const id of this.#kept.due(clock())) {
      const kept = this.#kept.find(id);
      const issuer = kept && issuers.get(kept.authorityId);
      if (kept && issuer) await this.#signAndKeep(issuer, Buffer.from(id, 'latin1'), kept.serialNumber);
    }
  }

  async #answer({ certIds, nonce }: OcspRequest): Promise<Answer> {
    const [first] = certIds;
    const byKey = await this.#byKey();
    const issuers = certIds.map((id) => byKey.get(issuerKeyOf(id) ?? ''));
    const [issuer] = issuers;
    // A signer speaks for one authority (RFC 6960 section 2.3: unauthorized where the responder cannot answer).
    if (!first || !issuer || issuers.some((other) => other !== issuer)) return refusal('unauthorized');
    if (certIds.length > 1 || nonce !== undefined) return this.#signNow(issuer, certIds, nonce);

    const now = this.#parts.clock();
    const kept = this.#kept.find(Buffer.from(first.der).toString('latin1'));
    if (kept && !isHalfThrough(kept, now)) return { der: kept.der, lifetime: kept };
    const serialNumber = serialNumberOf(first);
    try {
      if (!this.#parts.store.certificates.issuedStatus(issuer.row.id, serialNumber)) {
        return await this.#signNow(issuer, certIds, undefined);
      }
      const signed = await this.#signAndKeep(issuer, first.der, serialNumber);
      return { der: signed.der, lifetime: signed };
    } catch (error) {
      if (kept && now < kept.nextUpdate) return { der: kept.der, lifetime: kept };
      throw error;
    }
  }

  async #signAndKeep(issuer: Issuer, certIdDer: Uint8Array, serialNumber: string): Promise<KeptAnswer> {
    const { generation } = this.#kept;
    const times = this.#times();
    const der = await this.#sign(issuer, [this.#statusOf(issuer, certIdDer, serialNumber, times)], undefined);
    const tag = `"${sha256(der).toString('base64url')}"`;
    const kept = { authorityId: issuer.row.id, serialNumber, der, ...times, tag };
    this.#kept.keep(Buffer.from(certIdDer).toString('latin1'), kept, generation);
    return kept;
  }

  async #signNow(issuer: Issuer, certIds: readonly CertId[], nonce: Uint8Array | undefined): Promise<Answer> {
    const times = this.#times();
    const statuses = certIds.map((id) => this.#statusOf(issuer, id.der, serialNumberOf(id), times));
    return { der: await this.#sign(issuer, statuses, nonce) };
  }

  #statusOf(
    issuer: Issuer,
    certIdDer: Uint8Array,
    serialNumber: string,
    times: Pick<KeptAnswer, 'thisUpdate' | 'nextUpdate'>,
  ): CertificateStatus {
    const found = this.#parts.store.certificates.issuedStatus(issuer.row.id, serialNumber);
    if (!found) return { certIdDer, status: 'unknown', ...times };
    if (found.revokedAt === null) return { certIdDer, status: 'good', ...times };
    const reason = found.revocationReason as RevocationReason;
    return { certIdDer, status: { revokedAt: new Date(found.revokedAt), reason }, ...times };
  }

  async #sign(
    issuer: Issuer,
    statuses: readonly CertificateStatus[],
    nonce: Uint8Array | undefined,
  ): Promise<Uint8Array> {
    const { keyId, spki, certificateDer, signatureAlgorithm } = await this.#signers.of(issuer);
    const producedAt = this.#times().thisUpdate;
    const tbs = buildTbsOcspResponse({ responderSpki: spki, producedAt, statuses, nonce });
    const signature = await this.#parts.signer.sign(keyId, tbs, signatureAlgorithm);
    return assembleOcspResponse(tbs, signatureAlgorithm, signature, [certificateDer]);
  }

  /** Whole seconds are all that an answer can say. */
  #times() {
    const thisUpdate = new Date(Math.floor(this.#parts.clock().getTime() / 1000) * 1000);
    return { thisUpdate, nextUpdate: new Date(thisUpdate.getTime() + lifetimeMs) };
  }

  async #byKey(): Promise<Map<string, Issuer>> {
    const all = await this.#parts.authorities.all();
    if (this.#issuers?.of !== all) {
      const byKey = new Map<string, Issuer>();
      for (const issuer of all.values()) {
        const { subject, spki } = issuer.certificate;
        for (const key of issuerKeysOf(subject.der, spki)) byKey.set(key, issuer);
      }
      this.#issuers = { of: all, byKey };
    }
    return this.#issuers.byKey;
  }
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
