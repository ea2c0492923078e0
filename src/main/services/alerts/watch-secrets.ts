import type { ClientWithRealms, SecretRow } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';
import { keepAlerts } from './keep-alerts.ts';
import { newAlert } from './new-alert.ts';

/** How long before its end people are told of a secret. */
const noticeMs = 14 * 86_400_000;

/** Tells of API clients whose newest secret comes to its end, and resolves what is well again. */
export async function watchSecrets({ store, clock }: Pick<Rooms, 'store' | 'clock'>): Promise<void> {
  const now = clock();
  const ending = await store.clientCredentials.endingBefore(now.getTime() + noticeMs);
  const told = await store.alerts.openSubjects('client');
  const ids = new Set([...ending.map(({ clientId }) => clientId), ...told]);
  const statements = [];
  for (const id of ids) {
    const client = await store.clients.find(id);
    const alerts = client ? alertsOf(client, store.clientCredentials.secretsOf(id), now) : [];
    statements.push(...keepAlerts({ store }, { subjectKind: 'client', subjectId: id }, alerts, now));
  }
  if (statements.length > 0) await store.commit({ statements, events: [] });
}

/** One in each realm of the client, whose people look after it; none where a secret without an end is there. */
function alertsOf(
  { id, clientId, enabled, realmIds }: ClientWithRealms,
  secrets: readonly SecretRow[],
  now: Date,
) {
  const [newest] = secrets;
  const { expiresAt = null } = newest ?? {};
  if (enabled === 0 || newest === undefined || expiresAt === null) return [];
  if (expiresAt - now.getTime() > noticeMs || newest.createdAt + noticeMs > expiresAt) return [];
  return realmIds.map((realmId) =>
    newAlert(
      {
        kind: 'client.secret-expiring',
        realmId,
        subjectKind: 'client',
        subjectId: id,
        about: `${newest.id}:${realmId}`,
        name: clientId,
        at: expiresAt,
      },
      now,
    ),
  );
}
