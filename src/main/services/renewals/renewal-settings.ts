import type { RenewalSettings } from '../../../shared/model/profile.ts';
import { defaultRenewBefore, type OrderRenewal } from '../../../shared/model/renewal.ts';
import type { CertificateRow, RenewalRow } from '../../store/index.ts';
import type { KnownProfile } from '../policies/profile-directory.ts';

type OwnSettings = Pick<RenewalRow, 'autoRenew' | 'renewBefore'>;

/**
 * Why Chancery cannot renew a certificate by itself, as the end of a sentence that begins with the certificate, or
 * null. A key that nobody is there to take is not made: it would be lost.
 */
export function objectionToRenewingItself(
  { keyId, importedFrom }: Pick<CertificateRow, 'keyId' | 'importedFrom'>,
  profile: Pick<KnownProfile, 'keyRetention'> | undefined,
): string | null {
  if (importedFrom !== null) return 'it was issued elsewhere';
  if (keyId === null) return 'its key is not kept here';
  if (!profile) return 'it has no profile any more';
  return profile.keyRetention === 'handed-out' ? 'its profile hands new keys out and keeps none' : null;
}

/** What holds for an order: what was set for it, else what its profile says. */
export function settingsOf(
  own: OwnSettings | undefined,
  profile: KnownProfile | undefined,
): RenewalSettings & Pick<OrderRenewal, 'setBy'> {
  const inherited = profile?.renewal;
  const isOwn = own !== undefined && (own.autoRenew !== null || own.renewBefore !== null);
  return {
    autoRenew: own?.autoRenew == null ? (inherited?.autoRenew ?? false) : own.autoRenew === 1,
    renewBefore: own?.renewBefore ?? inherited?.renewBefore ?? defaultRenewBefore,
    setBy: isOwn ? 'order' : inherited ? 'profile' : 'default',
  };
}

/** How and when an order renews itself, for those who ask. */
export function presentRenewal(
  row: RenewalRow | undefined,
  profile: KnownProfile | undefined,
  newest: CertificateRow,
): OrderRenewal {
  const { autoRenew, renewBefore, setBy } = settingsOf(row, profile);
  const isPossible = objectionToRenewingItself(newest, profile) === null;
  const willTry = row && autoRenew && isPossible && row.isAutomatic === 1 && row.dueAt !== null;
  const nextMs = willTry ? Math.max(row.dueAt ?? 0, row.attempts > 0 ? (row.nextAttemptAt ?? 0) : 0) : null;
  return {
    autoRenew: autoRenew && isPossible,
    renewBefore,
    setBy,
    nextAttemptAt: nextMs === null ? null : new Date(nextMs).toISOString(),
    attempts: row?.attempts ?? 0,
    lastError: row?.lastError ?? null,
    lastRenewedAt: row?.lastRenewedAt == null ? null : new Date(row.lastRenewedAt).toISOString(),
  };
}
