import type { AlertRow, NewAlert, Statement } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';

/**
 * The statements after which exactly these alerts of the subject are open: none where people have been told of all of
 * them, and of nothing else.
 */
export function keepAlerts(
  { store }: Pick<Rooms, 'store'>,
  subject: Pick<AlertRow, 'subjectKind' | 'subjectId'>,
  alerts: readonly NewAlert[],
  now: Date,
): Statement[] {
  const open = store.alerts.openOf(subject);
  const standing = alerts.map(({ dedupKey }) => dedupKey);
  return [
    ...alerts
      .filter(({ dedupKey }) => !open.includes(dedupKey))
      .flatMap((alert) => store.alerts.raise(alert)),
    ...(open.every((key) => standing.includes(key))
      ? []
      : [store.alerts.resolveOthers(subject, standing, now.getTime())]),
  ];
}
