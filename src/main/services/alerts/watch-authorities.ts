import type { NewAlert } from '../../store/index.ts';
import type { Issuer } from '../authorities/authority-directory.ts';
import { dueAt } from '../authorities/crl-parts.ts';
import { crlSettingsOf } from '../authorities/crl-settings.ts';
import type { Rooms } from '../rooms.ts';
import { keepAlerts } from './keep-alerts.ts';
import { newAlert } from './new-alert.ts';

/** How long before its end people are told of an authority, and at most in the last fifth of its lifetime. */
const noticeMs = 365 * 86_400_000;

/** Tells of authorities and CRLs that come to their end, and resolves what is well again. */
export async function watchAuthorities(rooms: Rooms): Promise<void> {
  const { store, authorities, clock } = rooms;
  const now = clock();
  const issuers = [...(await authorities.all()).values()];
  const overdue = await overdueCrls(rooms, issuers, now);
  const statements = issuers.flatMap((issuer) => {
    const subject = { subjectKind: 'authority', subjectId: issuer.row.id } as const;
    const alerts = [
      ...expiring(issuer, now),
      ...overdue.filter(({ subjectId }) => subjectId === issuer.row.id),
    ];
    return keepAlerts(rooms, subject, alerts, now);
  });
  if (statements.length > 0) await store.commit({ statements, events: [] });
}

/** Whether an authority still issues, and nears its end. */
export function isEnding({ row, certificate }: Issuer, now: Date): boolean {
  if (row.status !== 'active' || row.successorId !== null) return false;
  const end = certificate.notAfter.getTime();
  return end - now.getTime() < Math.min(noticeMs, (end - certificate.notBefore.getTime()) / 5);
}

function expiring(issuer: Issuer, now: Date): NewAlert[] {
  if (!isEnding(issuer, now)) return [];
  const { row, certificate } = issuer;
  const about = row.certificateId ?? row.id;
  const at = certificate.notAfter.getTime();
  return [newAlert({ ...causeOf(issuer), kind: 'authority.expiring', about, at }, now)];
}

/** CRLs that should have been replaced, so long ago that half of the time until their end has passed. */
export async function overdueCrls(
  { store }: Rooms,
  issuers: readonly Issuer[],
  now: Date,
): Promise<NewAlert[]> {
  const byId = new Map(issuers.map((issuer) => [issuer.row.id, issuer]));
  return (await store.crls.summaries()).flatMap((crl) => {
    const issuer = byId.get(crl.authorityId);
    if (issuer?.row.status !== 'active' || issuer.certificate.notAfter < now) return [];
    const due = dueAt(crl, crlSettingsOf(issuer.row));
    if (now.getTime() < (due + crl.nextUpdate) / 2) return [];
    const about = `${crl.authorityId}:${crl.part}`;
    return [newAlert({ ...causeOf(issuer), kind: 'crl.overdue', about, at: crl.nextUpdate }, now)];
  });
}

function causeOf({ row }: Issuer) {
  return { realmId: row.realmId, subjectKind: 'authority', subjectId: row.id, name: row.slug } as const;
}
