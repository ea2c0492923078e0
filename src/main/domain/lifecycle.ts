import type { RevocationReason } from '../../shared/model/names.ts';

export type CertificateStatus = 'valid' | 'not-yet-valid' | 'expired' | 'revoked' | 'held';

export interface Lifetime {
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly revokedAt: Date | null | undefined;
  readonly revocationReason: RevocationReason | null | undefined;
}

/**
 * The state of a certificate at a moment. Both ends of the validity belong to it (RFC 5280 section 4.1.2.5), and a
 * revocation counts before everything else, even one that is dated later than `now`.
 */
export function certificateStatus(lifetime: Lifetime, now: Date): CertificateStatus {
  if (lifetime.revokedAt) return lifetime.revocationReason === 'certificateHold' ? 'held' : 'revoked';
  if (now < lifetime.notBefore) return 'not-yet-valid';
  return now > lifetime.notAfter ? 'expired' : 'valid';
}
