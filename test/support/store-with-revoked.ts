import { createHash } from 'node:crypto';
import type { NewCertificate, Store } from '../../src/main/store/index.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const taken = { code: 'CONFLICT', detail: 'taken' } as const;
const unitSize = 500;

/** Makes the authority `ca` with so many certificates, and revokes each as the service does. */
export async function fillWithRevoked(store: Store, count: number): Promise<void> {
  const now = new Date(start);
  const realm = { id: 'realm', slug: 'realm', name: 'Realm', builtIn: 0, createdAt: start };
  const key = { keyId: 'key', algorithm: 'ecdsa-p256', spki: new Uint8Array(1), sealed: new Uint8Array(1) };
  const authority = {
    id: 'ca',
    realmId: 'realm',
    slug: 'ca',
    name: 'CA',
    kind: 'intermediate' as const,
    parentId: null,
    keyId: 'key',
    signatureAlgorithm: null,
    certificateId: null,
    externalChain: '',
    status: 'active' as const,
    publicationUrl: null,
    createdAt: start,
  };
  const statements = [
    store.installation.insertRealm(realm, taken),
    store.keys.insert(key, now),
    store.authorities.insert(authority, taken),
  ];
  await store.commit({ statements, events: [] });
  for (let from = 0; from < count; from += unitSize) {
    const indices = Array.from({ length: Math.min(unitSize, count - from) }, (_, index) => from + index);
    await Promise.all(indices.map((index) => addRevoked(store, index)));
  }
}

/** Adds the certificate of that number, which is the next, and revokes it. */
export function addRevoked(store: Store, index: number): Promise<void> {
  const statements = [
    ...store.certificates.insert(certificate(index), taken),
    ...revocation(store, index, index % 7 === 0 ? 'certificateHold' : 'superseded'),
  ];
  return store.commit({ statements, events: [] });
}

/** The statements of one revocation; of a certificate on hold, of its final reason. */
export function revocation(store: Store, index: number, reason: string) {
  const change = { id: String(index), revokedAt: start + index, reason, invalidityDate: null, comment: null };
  return [
    store.certificates.revoke(change, taken),
    store.authorities.bumpRevision('ca'),
    store.crlSegments.enqueue('ca', index + 1),
  ];
}

/** Positive, 16 bytes, each another. */
export function serialNumberOf(index: number): string {
  const hash = createHash('sha256').update(String(index)).digest('hex');
  return `5${hash.slice(1, 32)}`.toUpperCase();
}

function certificate(index: number): NewCertificate {
  const id = String(index);
  return {
    id,
    orderId: id,
    spki: Buffer.from(id),
    realmId: 'realm',
    endEntityId: null,
    authorityId: 'ca',
    profileId: null,
    isAuthority: 0,
    serialNumber: serialNumberOf(index),
    commonName: `host-${index}.example`,
    subject: `CN=host-${index}.example`,
    subjectAltNames: '[]',
    issuer: 'CN=CA',
    keyAlgorithm: 'ecdsa-p256',
    notBefore: start,
    notAfter: start + day,
    keyId: null,
    metadata: null,
    requestedBy: 'test',
    requestedById: null,
    createdAt: start,
    der: new Uint8Array([1]),
    sha256Fingerprint: id,
  };
}
