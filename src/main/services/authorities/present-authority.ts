import { ChanceryError } from '../../../shared/errors.ts';
import type { RevocationReason } from '../../../shared/model/names.ts';
import type { Authority, AuthorityCertificate } from '../../../shared/operations/authorities.ts';
import { certificateStatus } from '../../domain/index.ts';
import type { AuthorityCertificateRow, CrlRow } from '../../store/index.ts';
import { effectiveNameSpace, readPem } from '../../x509/index.ts';
import type { Rooms } from '../rooms.ts';
import type { Issuer } from './authority-directory.ts';

export function presentCrl(crl: Omit<CrlRow, 'der'>) {
  return {
    number: crl.number,
    thisUpdate: new Date(crl.thisUpdate).toISOString(),
    nextUpdate: new Date(crl.nextUpdate).toISOString(),
    entries: crl.entries,
  };
}

/** One authority as callers see it. Throws NOT_FOUND. */
export async function presentAuthority(rooms: Rooms, id: string): Promise<Authority> {
  const [authority] = await presentAuthorities(rooms, (issuer) => issuer.row.id === id);
  if (authority) return authority;
  throw new ChanceryError({ code: 'NOT_FOUND', detail: 'There is no such authority.' });
}

/** Authorities as callers see them, roots before what is below them. */
export async function presentAuthorities(
  rooms: Rooms,
  wanted: (issuer: Issuer) => boolean,
): Promise<Authority[]> {
  const { store, clock } = rooms;
  const issuers = await rooms.authorities.all();
  const crls = new Map((await store.authorities.crls()).map((crl) => [crl.authorityId, crl]));
  const counts = await store.certificates.countByAuthority();
  const realms = await rooms.realms.slugs();
  const others = await store.authorityLine.certificates();
  const authorities: Authority[] = [];
  const newest = [...issuers.values()].filter(({ row }) => row.successorId === null);
  for (const issuer of newest.filter(wanted)) {
    const { row, certificate } = issuer;
    const own = row.certificateId === null ? undefined : await store.certificates.find(row.certificateId);
    const crl = crls.get(row.id);
    const keys = [...issuers.values()].filter((one) => one.row.slug === row.slug);
    const [pem = '', ...chain] = issuer.chain;
    authorities.push({
      id: row.id,
      slug: row.slug,
      name: row.name,
      realm: realms.get(row.realmId) ?? '',
      kind: row.kind,
      parent: row.parentId === null ? null : (issuers.get(row.parentId)?.row.slug ?? null),
      subject: certificate.subject.text,
      keyAlgorithm: issuer.keyAlgorithm,
      signatureAlgorithm: issuer.signatureAlgorithm,
      serialNumber: certificate.serialNumber,
      sha256Fingerprint: certificate.sha256Fingerprint,
      notBefore: certificate.notBefore.toISOString(),
      notAfter: certificate.notAfter.toISOString(),
      status: statusOf(issuer, own?.revokedAt ?? null, clock()),
      publicationUrl: row.publicationUrl,
      crl: crl ? presentCrl(crl) : null,
      certificateCount: keys.reduce((sum, key) => sum + (counts.get(key.row.id) ?? 0), 0),
      keyGeneration: row.generation,
      certificates: await certificatesOf(rooms, keys, others),
      nameSpace: nameSpaceOf(issuer),
      certificate: pem,
      chain,
    });
  }
  return authorities;
}

/** All certificates for any of the keys, the newest first. */
async function certificatesOf(
  { store, clock }: Rooms,
  keys: readonly Issuer[],
  others: readonly AuthorityCertificateRow[],
): Promise<AuthorityCertificate[]> {
  const found: (AuthorityCertificate & { readonly createdAt: number })[] = [];
  for (const { row } of keys) {
    const current = {
      certificateId: row.certificateId ?? '',
      role: row.successorId === null ? ('current' as const) : ('former' as const),
    };
    for (const { certificateId, role } of [
      current,
      ...others.filter(({ authorityId }) => authorityId === row.id),
    ]) {
      const certificate = await store.certificates.find(certificateId);
      if (!certificate) continue;
      const { id, issuer, serialNumber, notBefore, notAfter, revokedAt, createdAt } = certificate;
      const times = {
        notBefore: new Date(notBefore),
        notAfter: new Date(notAfter),
        revokedAt: revokedAt === null ? null : new Date(revokedAt),
        revocationReason: certificate.revocationReason as RevocationReason | null,
      };
      found.push({
        id,
        role,
        keyGeneration: row.generation,
        issuer,
        serialNumber,
        notBefore: times.notBefore.toISOString(),
        notAfter: times.notAfter.toISOString(),
        status: certificateStatus(times, clock()),
        createdAt,
      });
    }
  }
  return found
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .map(({ createdAt: _, ...certificate }) => certificate);
}

function nameSpaceOf({ chain }: Issuer): Authority['nameSpace'] {
  const ders = chain.flatMap((pem) => readPem(pem).map(({ der }) => der));
  const { permitted, excluded, pathLength } = effectiveNameSpace(ders);
  const copied = (kinds: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(Object.entries(kinds).map(([kind, names]) => [kind, [...names]]));
  return { permitted: copied(permitted), excluded: copied(excluded), pathLength: pathLength ?? null };
}

function statusOf(issuer: Issuer, revokedAt: number | null, now: Date): Authority['status'] {
  if (issuer.row.status === 'disabled') return 'disabled';
  const { notBefore, notAfter } = issuer.certificate;
  const revoked = revokedAt === null ? null : new Date(revokedAt);
  const status = certificateStatus({ notBefore, notAfter, revokedAt: revoked, revocationReason: null }, now);
  return status === 'expired' || status === 'revoked' ? status : 'active';
}
