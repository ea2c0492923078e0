import type { RenewalSettings } from '../../../shared/model/profile.ts';
import { defaultRenewBefore, type OrderRenewal } from '../../../shared/model/renewal.ts';
import type { RenewalRow } from '../../store/index.ts';
import type { KnownProfile } from '../policies/profile-directory.ts';

type OwnSettings = Pick<RenewalRow, 'autoRenew' | 'renewBefore'>;

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
  isKeyHere: boolean,
): OrderRenewal {
  const { autoRenew, renewBefore, setBy } = settingsOf(row, profile);
  const willTry = row && autoRenew && isKeyHere && row.isAutomatic === 1 && row.dueAt !== null;
  const nextMs = willTry ? Math.max(row.dueAt ?? 0, row.attempts > 0 ? (row.nextAttemptAt ?? 0) : 0) : null;
  return {
    autoRenew: autoRenew && isKeyHere,
    renewBefore,
    setBy,
    nextAttemptAt: nextMs === null ? null : new Date(nextMs).toISOString(),
    attempts: row?.attempts ?? 0,
    lastError: row?.lastError ?? null,
    lastRenewedAt: row?.lastRenewedAt == null ? null : new Date(row.lastRenewedAt).toISOString(),
  };
}
