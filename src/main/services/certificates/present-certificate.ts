import type { Metadata } from '../../../shared/model/basics.ts';
import type { CertificateDetail, CertificateSummary } from '../../../shared/model/certificate.ts';
import type { RevocationReason, SubjectAltName } from '../../../shared/model/names.ts';
import { certificateStatus } from '../../domain/index.ts';
import type { CertificateRow } from '../../store/index.ts';
import { type ParsedCertificate, parseCertificate, readPem, writePem } from '../../x509/index.ts';
import type { Rooms } from '../rooms.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** Presents rows: the names of realms, authorities and profiles are looked up once for all of them. */
export async function certificatePresenter(
  rooms: Rooms,
): Promise<(row: CertificateRow) => CertificateSummary> {
  const realms = await rooms.realms.slugs();
  const issuers = await rooms.authorities.all();
  const profiles = new Map(
    (await rooms.store.policies.profiles(null)).map((profile) => [profile.id, profile.slug]),
  );
  const now = rooms.clock();
  return (row) => ({
    id: row.id,
    number: row.rowId,
    orderId: row.orderId,
    realm: realms.get(row.realmId) ?? '',
    commonName: row.commonName,
    subject: row.subject,
    subjectAltNames: JSON.parse(row.subjectAltNames) as SubjectAltName[],
    issuer: row.issuer,
    authority: row.authorityId === null ? null : (issuers.get(row.authorityId)?.row.slug ?? null),
    profile: row.profileId === null ? null : (profiles.get(row.profileId) ?? null),
    serialNumber: row.serialNumber,
    keyAlgorithm: row.keyAlgorithm,
    notBefore: iso(row.notBefore),
    notAfter: iso(row.notAfter),
    status: certificateStatus(
      {
        notBefore: new Date(row.notBefore),
        notAfter: new Date(row.notAfter),
        revokedAt: row.revokedAt === null ? null : new Date(row.revokedAt),
        revocationReason: row.revocationReason as RevocationReason | null,
      },
      now,
    ),
    revokedAt: isoOrNull(row.revokedAt),
    revocationReason: row.revocationReason as RevocationReason | null,
    hasPrivateKey: row.keyId !== null,
    importedFrom: row.importedFrom,
    metadata: row.metadata === null ? {} : (JSON.parse(row.metadata) as Metadata),
    requestedBy: row.requestedBy,
    createdAt: iso(row.createdAt),
    archivedAt: isoOrNull(row.archivedAt),
  });
}

/** A certificate with its bytes, fields and chain. */
export async function presentDetail(
  rooms: Rooms,
  row: CertificateRow,
  der: Uint8Array,
): Promise<CertificateDetail> {
  const summary = (await certificatePresenter(rooms))(row);
  const certificate = parseCertificate(der);
  const chain = await chainOf(rooms, row);
  const above = await Promise.all(chain.map((pem) => link(rooms, pem)));
  return {
    ...summary,
    certificate: writePem('CERTIFICATE', der),
    chain,
    links: [linkOf(certificate, summary.authority, summary.status), ...above],
    extensions: certificate.extensions,
    signatureAlgorithm: certificate.signatureAlgorithm,
    sha256Fingerprint: certificate.sha256Fingerprint,
    sha1Fingerprint: certificate.sha1Fingerprint,
    invalidityDate: isoOrNull(row.invalidityDate),
    revocationComment: row.revocationComment,
    endEntityId: row.endEntityId,
    authorityId: row.authorityId,
    profileId: row.profileId,
    subjectAttributes: certificate.subject.attributes,
    keyUsages: certificate.keyUsages,
    extendedKeyUsages: certificate.extendedKeyUsages,
    isCa: certificate.isCa,
    pathLength: certificate.pathLength ?? null,
    renewsId: row.renewsId,
    renewedById: row.renewedById,
  };
}

/** PEM of the certificates above it, the issuer first. */
export async function chainOf(rooms: Rooms, row: CertificateRow): Promise<string[]> {
  if (row.authorityId === null) {
    const pem = row.importedFrom === null ? '' : await rooms.store.certificates.chain(row.rowId);
    return readPem(pem).map(({ der }) => writePem('CERTIFICATE', der));
  }
  return [...((await rooms.authorities.all()).get(row.authorityId)?.chain ?? [])];
}

async function link(rooms: Rooms, pem: string) {
  const [block] = readPem(pem);
  const certificate = parseCertificate(block?.der ?? new Uint8Array());
  const issuer = [...(await rooms.authorities.all()).values()].find(
    (one) => one.certificate.sha256Fingerprint === certificate.sha256Fingerprint,
  );
  const own = issuer?.row.certificateId
    ? await rooms.store.certificates.find(issuer.row.certificateId)
    : undefined;
  const status = certificateStatus(
    {
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      revokedAt: own?.revokedAt ? new Date(own.revokedAt) : null,
      revocationReason: (own?.revocationReason ?? null) as RevocationReason | null,
    },
    rooms.clock(),
  );
  return linkOf(certificate, issuer?.row.slug ?? null, status);
}

function linkOf(
  certificate: ParsedCertificate,
  authority: string | null,
  status: CertificateSummary['status'],
) {
  return {
    subject: certificate.subject.text,
    commonName: certificate.subject.attributes.commonName ?? certificate.subject.text,
    authority,
    notAfter: certificate.notAfter.toISOString(),
    status,
    keyAlgorithm: certificate.keyDescription,
  };
}
