import type { KeyAlgorithm, SignatureAlgorithm } from '../../../shared/model/algorithms.ts';
import { newId } from '../../crypto/index.ts';
import type { Signer } from '../../keys/index.ts';
import type { Store } from '../../store/index.ts';
import {
  assembleSigned,
  buildTbsCertificate,
  encodeName,
  parseCertificate,
  responderKeyHash,
  signatureAlgorithmFor,
  subjectKeyIdentifier,
} from '../../x509/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import {
  certificateRow,
  newRandomSerialNumber,
  serialTaken,
  validityFrom,
} from '../authorities/build-authority.ts';
import { requireNoErrors } from '../certificates/lint-before-signing.ts';
import { systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import type { Clock } from '../rooms.ts';

const validity = 'P30D';

/** A key that answers for an authority, with the certificate that the authority gave it. */
export interface OcspSigner {
  readonly keyId: string;
  /** By which it names itself. */
  readonly keyHash: Uint8Array;
  readonly certificateDer: Uint8Array;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly notBefore: number;
  readonly notAfter: number;
}

interface Parts {
  readonly store: Store;
  readonly signer: Signer;
  readonly clock: Clock;
}

/**
 * The delegated signers (RFC 6960 section 4.2.2.2), one for each authority that was ever asked about, made at the
 * first question and again in the last third of their time. Their certificates are listed among the authority's
 * own like all that it signs: nothing that an authority issued is hidden from those who answer for it.
 */
export class OcspSigners {
  readonly #parts: Parts;
  readonly #known = new Map<string, OcspSigner>();
  readonly #making = new Map<string, Promise<OcspSigner>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The authority's signer; the first call makes it. Throws LOCKED, LINT_FAILED. */
  of(issuer: Issuer): OcspSigner | Promise<OcspSigner> {
    const known = this.#known.get(issuer.row.id);
    if (known && !this.#isDue(known)) return known;
    const making = this.#making.get(issuer.row.id) ?? this.#findOrMake(issuer);
    this.#making.set(issuer.row.id, making);
    return making;
  }

  /** Renews the ones that it is time for, not waiting for a question. Throws LOCKED. */
  async renewDue(issuers: Iterable<Issuer>): Promise<void> {
    for (const issuer of issuers) if (this.#known.has(issuer.row.id)) await this.of(issuer);
  }

  /** To be called when a certificate was revoked: if it was a signer's, another will be made. */
  forget(authorityId: string): void {
    this.#known.delete(authorityId);
  }

  async #findOrMake(issuer: Issuer): Promise<OcspSigner> {
    try {
      const found = await this.#find(issuer);
      const signer = found && !this.#isDue(found) ? found : await this.#make(issuer);
      this.#known.set(issuer.row.id, signer);
      return signer;
    } finally {
      this.#making.delete(issuer.row.id);
    }
  }

  #isDue({ notBefore, notAfter }: OcspSigner): boolean {
    return this.#parts.clock().getTime() > notAfter - (notAfter - notBefore) / 3;
  }

  async #find(issuer: Issuer): Promise<OcspSigner | undefined> {
    const { store } = this.#parts;
    const id = await store.installation.meta(metaOf(issuer));
    const row = id === undefined ? undefined : await store.certificates.find(id);
    if (!row || row.keyId === null || row.revokedAt !== null) return undefined;
    const der = await store.certificates.der(row.id);
    return der && signerOf(row.keyId, der);
  }

  async #make(issuer: Issuer): Promise<OcspSigner> {
    const { store, signer, clock } = this.#parts;
    const now = clock();
    const { realmId, id: authorityId, name, slug, keyId: issuerKeyId } = issuer.row;
    const key = await signer.generate(newId(now), signerAlgorithm(issuer.keyAlgorithm));
    const { notBefore, notAfter } = validityFrom(now, validity);
    const tbs = buildTbsCertificate({
      serialNumber: newRandomSerialNumber(),
      signatureAlgorithm: issuer.signatureAlgorithm,
      issuerDer: issuer.certificate.subject.der,
      notBefore,
      notAfter: notAfter < issuer.certificate.notAfter ? notAfter : issuer.certificate.notAfter,
      // RFC 5280 appendix A: a commonName has at most 64 characters.
      subjectDer: encodeName({ commonName: [...`OCSP signer of ${name}`].slice(0, 64).join('') }),
      spki: key.spki,
      extensions: {
        basicConstraints: { ca: false },
        keyUsages: ['digitalSignature'],
        extendedKeyUsages: ['OCSPSigning'],
        subjectKeyIdentifier: subjectKeyIdentifier(key.spki),
        authorityKeyIdentifier: issuer.subjectKeyIdentifier,
        ocspNoCheck: true,
      },
    });
    requireNoErrors(tbs);
    const signature = await signer.sign(issuerKeyId, tbs, issuer.signatureAlgorithm);
    const der = assembleSigned(tbs, issuer.signatureAlgorithm, signature);
    const row = certificateRow(der, { realmId, authorityId, requestedBy: 'chancery', keyId: key.keyId, now });
    const event = auditEvent({ clock }, systemContext, {
      type: 'certificate.issued',
      realm: realmId,
      subject: { kind: 'certificate', id: row.id, name: row.commonName },
      detail: {
        serialNumber: row.serialNumber,
        fingerprint: row.sha256Fingerprint,
        authority: slug,
        for: 'ocsp',
      },
    });
    await store.commit({
      statements: [
        store.keys.insert(key, now),
        ...store.certificates.insert(row, serialTaken),
        store.installation.setMeta(metaOf(issuer), row.id),
      ],
      events: [event],
    });
    return signerOf(key.keyId, der);
  }
}

const metaOf = (issuer: Issuer) => `ocsp.signer.${issuer.row.id}`;

/** Small and fast, and no weaker against quantum computers than the authority. */
function signerAlgorithm(authority: KeyAlgorithm): KeyAlgorithm {
  if (authority.startsWith('ml-dsa')) return authority;
  return authority.startsWith('slh-dsa') ? 'ml-dsa-65' : 'ecdsa-p256';
}

function signerOf(keyId: string, der: Uint8Array): OcspSigner {
  const { spki, keyAlgorithm, notBefore, notAfter } = parseCertificate(der);
  return {
    keyId,
    keyHash: responderKeyHash(spki),
    certificateDer: der,
    signatureAlgorithm: signatureAlgorithmFor(keyAlgorithm ?? 'ecdsa-p256'),
    notBefore: notBefore.getTime(),
    notAfter: notAfter.getTime(),
  };
}
