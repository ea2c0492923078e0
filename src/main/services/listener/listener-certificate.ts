/**
 * The certificate of our own listener. It comes from the authority of the SYSTEM realm; before there is a vault,
 * from one drafted in memory that initialising adopts, so that the address stays the same through the first run.
 */
import { hostname } from 'node:os';
import { newId } from '../../crypto/index.ts';
import { DraftKey, type Signer } from '../../keys/index.ts';
import type { Statement, Store } from '../../store/index.ts';
import {
  assembleSigned,
  buildTbsCertificate,
  encodeName,
  parseCertificate,
  signatureAlgorithmFor,
  subjectKeyIdentifier,
  writePem,
} from '../../x509/index.ts';
import { authorityExtensions } from '../authorities/authority-content.ts';
import type { AuthorityDirectory } from '../authorities/authority-directory.ts';
import {
  buildAuthority,
  certificateRow,
  newRandomSerialNumber,
  serialTaken,
  validityFrom,
} from '../authorities/build-authority.ts';
import { requireNoErrors } from '../certificates/lint-before-signing.ts';
import { systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import { systemRealmSlug } from '../realms/realm-directory.ts';
import type { Clock } from '../rooms.ts';

/** What a TLS server presents; all PEM. */
export interface TlsMaterial {
  readonly key: string;
  readonly certificateChain: string;
  readonly ca: string;
}

const authorityName = 'Chancery local services';
const authorityValidity = 'P10Y';
const leafValidity = 'P90D';
const currentMeta = 'listener.certificate';

interface Parts {
  readonly store: Store;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly authorities: AuthorityDirectory;
}

interface Draft {
  readonly authorityKey: DraftKey;
  readonly authorityDer: Uint8Array;
  readonly leafKey: DraftKey;
  readonly leafDer: Uint8Array;
}

export class ListenerCertificate {
  readonly #parts: Parts;
  readonly #listeners = new Set<(material: TlsMaterial) => void>();
  #draft: Promise<Draft> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Calls back when another certificate should be presented; returns how to stop that. */
  onChange(listener: (material: TlsMaterial) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** From memory only: before the vault exists, and while it is locked. */
  async drafted(): Promise<TlsMaterial> {
    const { authorityDer, leafDer, leafKey } = await this.#makeDraft();
    return materialOf(leafKey.toPem(), leafDer, authorityDer);
  }

  /** From the store; issued anew where it is missing or in the last third of its time. Throws LOCKED. */
  async current(): Promise<TlsMaterial> {
    const { store, signer, clock } = this.#parts;
    const id = await store.installation.meta(currentMeta);
    const row = id === undefined ? undefined : await store.certificates.find(id);
    const isDue = !row || clock().getTime() > row.notAfter - (row.notAfter - row.notBefore) / 3;
    if (isDue) return this.#renew();
    const der = await store.certificates.der(row.id);
    const key = row.keyId === null ? undefined : await store.keys.find(row.keyId);
    const authority = await this.#authority();
    if (!der || !key) return this.#renew();
    return materialOf(
      signer.exportPrivateKey({ keyId: key.id, sealed: key.sealed }, 'pkcs8-pem'),
      der,
      authority.certificate.der,
    );
  }

  /** When the certificate on record ends; null where there is none yet. */
  async notAfter(): Promise<Date | null> {
    const { store } = this.#parts;
    const id = await store.installation.meta(currentMeta);
    const row = id === undefined ? undefined : await store.certificates.find(id);
    return row ? new Date(row.notAfter) : null;
  }

  /** Renews where it is time, and tells the listeners. */
  async renewIfDue(): Promise<void> {
    const { store } = this.#parts;
    const before = await store.installation.meta(currentMeta);
    const material = await this.current();
    if (before !== (await store.installation.meta(currentMeta))) this.announce(material);
  }

  announce(material: TlsMaterial): void {
    for (const listener of this.#listeners) listener(material);
  }

  /** The draft as records of the SYSTEM realm, for the unit of work that makes the vault, which must be open. */
  async adoptDraft(realmId: string): Promise<{ statements: Statement[]; authorityId: string }> {
    const { store, signer, clock } = this.#parts;
    const { authorityKey, authorityDer, leafKey, leafDer } = await this.#makeDraft();
    const now = clock();
    const authorityId = newId(now);
    const ca = await authorityKey.sealWith(signer, newId(now));
    const leaf = await leafKey.sealWith(signer, newId(now));
    const shared = { realmId, authorityId, requestedBy: 'chancery', now };
    const caRow = certificateRow(authorityDer, { ...shared, isAuthority: 1 });
    const leafRow = certificateRow(leafDer, { ...shared, keyId: leaf.keyId });
    const authority = {
      id: authorityId,
      realmId,
      slug: systemRealmSlug,
      name: authorityName,
      kind: 'root' as const,
      parentId: null,
      keyId: ca.keyId,
      signatureAlgorithm: null,
      certificateId: caRow.id,
      externalChain: '',
      status: 'active' as const,
      publicationUrl: null,
      createdAt: now.getTime(),
    };
    const statements = [
      ...[ca, leaf].map((key) => store.keys.insert(key, now)),
      store.authorities.insert(authority, {
        code: 'ALREADY_EXISTS',
        detail: 'The SYSTEM authority exists already.',
      }),
      ...store.certificates.insert(caRow, serialTaken),
      ...store.certificates.insert(leafRow, serialTaken),
      store.installation.setMeta(currentMeta, leafRow.id),
    ];
    return { statements, authorityId };
  }

  #makeDraft(): Promise<Draft> {
    this.#draft ??= makeDraft(this.#parts.clock());
    return this.#draft;
  }

  async #authority() {
    const issuers = [...(await this.#parts.authorities.all()).values()];
    const authority = issuers.find(({ row }) => row.slug === systemRealmSlug);
    if (!authority) throw new Error('the SYSTEM authority is gone');
    return authority;
  }

  async #renew(): Promise<TlsMaterial> {
    const { store, signer, clock } = this.#parts;
    const now = clock();
    const authority = await this.#authority();
    const key = await signer.generate(newId(now), 'ecdsa-p256');
    const issuer = {
      subjectDer: authority.certificate.subject.der,
      subjectKeyIdentifier: authority.subjectKeyIdentifier,
    };
    const der = await buildLeaf(now, key.spki, issuer, (tbs) => signer.sign(authority.row.keyId, tbs));
    const { realmId, id: authorityId } = authority.row;
    const row = certificateRow(der, { realmId, authorityId, requestedBy: 'chancery', keyId: key.keyId, now });
    const event = auditEvent({ clock }, systemContext, {
      type: 'certificate.issued',
      realm: realmId,
      subject: { kind: 'certificate', id: row.id, name: row.commonName },
      detail: { serialNumber: row.serialNumber, for: 'listener' },
    });
    await store.commit({
      statements: [
        store.keys.insert(key, now),
        ...store.certificates.insert(row, serialTaken),
        store.installation.setMeta(currentMeta, row.id),
      ],
      events: [event],
    });
    return materialOf(signer.exportPrivateKey(key, 'pkcs8-pem'), der, authority.certificate.der);
  }
}

function materialOf(key: string, leafDer: Uint8Array, authorityDer: Uint8Array): TlsMaterial {
  return {
    key,
    certificateChain: writePem('CERTIFICATE', leafDer),
    ca: writePem('CERTIFICATE', authorityDer),
  };
}

async function makeDraft(now: Date): Promise<Draft> {
  const authorityKey = await DraftKey.generate();
  const leafKey = await DraftKey.generate();
  const authorityDer = await buildAuthority(
    {
      serialNumber: newRandomSerialNumber(),
      subjectDer: encodeName({ commonName: `${authorityName} ${newId(now).slice(-6)}` }),
      spki: authorityKey.spki,
      ...validityFrom(now, authorityValidity),
      extensions: authorityExtensions({}, 0),
    },
    {
      signatureAlgorithm: signatureAlgorithmFor(authorityKey.algorithm),
      sign: (tbs) => authorityKey.sign(tbs),
    },
  );
  const { subject } = parseCertificate(authorityDer);
  const issuer = { subjectDer: subject.der, subjectKeyIdentifier: subjectKeyIdentifier(authorityKey.spki) };
  const leafDer = await buildLeaf(now, leafKey.spki, issuer, (tbs) => authorityKey.sign(tbs));
  return { authorityKey, authorityDer, leafKey, leafDer };
}

async function buildLeaf(
  now: Date,
  spki: Uint8Array,
  issuer: { readonly subjectDer: Uint8Array; readonly subjectKeyIdentifier: Uint8Array },
  sign: (tbs: Uint8Array) => Promise<Uint8Array> | Uint8Array,
): Promise<Uint8Array> {
  const signatureAlgorithm = signatureAlgorithmFor('ecdsa-p256');
  const own = hostname().toLowerCase();
  const names = [
    'localhost',
    ...(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(own) && own !== 'localhost' ? [own] : []),
  ];
  const tbs = buildTbsCertificate({
    serialNumber: newRandomSerialNumber(),
    signatureAlgorithm,
    issuerDer: issuer.subjectDer,
    ...validityFrom(now, leafValidity),
    subjectDer: encodeName({ commonName: 'localhost' }),
    spki,
    extensions: {
      basicConstraints: { ca: false },
      keyUsages: ['digitalSignature'],
      extendedKeyUsages: ['serverAuth'],
      subjectAltNames: [
        ...names.map((value) => ({ type: 'dns' as const, value })),
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ],
      subjectKeyIdentifier: subjectKeyIdentifier(spki),
      authorityKeyIdentifier: issuer.subjectKeyIdentifier,
    },
  });
  requireNoErrors(tbs);
  return assembleSigned(tbs, signatureAlgorithm, await sign(tbs));
}
