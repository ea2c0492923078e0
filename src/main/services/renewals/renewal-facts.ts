import type { RevocationReason } from '../../../shared/model/names.ts';
import type { Lifetime, RenewalFacts } from '../../domain/index.ts';
import type { CertificateRow } from '../../store/index.ts';
import type { KnownProfile } from '../policies/profile-directory.ts';
import type { Rooms } from '../rooms.ts';
import { newestOf } from './order-line.ts';

/** What decides about a renewal, with the profile and the certificate that the renewal would follow. */
export interface Renewable {
  readonly facts: RenewalFacts;
  readonly profile: KnownProfile | undefined;
  /** The certificate itself, or a renewal of it that was revoked since. */
  readonly last: CertificateRow;
}

export function lifetimeOf(row: CertificateRow): Lifetime {
  return {
    notBefore: new Date(row.notBefore),
    notAfter: new Date(row.notAfter),
    revokedAt: row.revokedAt === null ? null : new Date(row.revokedAt),
    revocationReason: row.revocationReason as RevocationReason | null,
  };
}

/** Gathers what decides whether a certificate can be renewed. */
export async function renewalFacts(rooms: Rooms, row: CertificateRow): Promise<Renewable> {
  const profile = row.profileId === null ? undefined : await rooms.profiles.byId(row.profileId);
  const last = row.renewedById === null ? row : await newestOf(rooms, row);
  return {
    profile,
    last,
    facts: {
      lifetime: lifetimeOf(row),
      foreignIssuer: row.importedFrom === null ? null : row.issuer,
      profile: row.profileId === null ? 'none' : profile ? 'there' : 'gone',
      issuer: profile ? await issuerOf(rooms, profile) : null,
      renewedBy: last === row || last.revokedAt !== null ? null : last.serialNumber,
    },
  };
}

async function issuerOf(rooms: Rooms, { row }: KnownProfile): Promise<RenewalFacts['issuer']> {
  if (row.authorityId === null) return null;
  const issuer = (await rooms.authorities.all()).get(row.authorityId);
  if (!issuer) return { name: 'of its profile', isActive: false, notAfter: new Date(0) };
  const { slug, status } = issuer.row;
  return { name: slug, isActive: status === 'active', notAfter: issuer.certificate.notAfter };
}
