import type { Alert } from '../../../shared/model/alert.ts';
import type { AlertRow } from '../../store/index.ts';
import { reaches } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

function present(row: AlertRow, realm: string): Alert {
  const { id, kind, severity, subjectKind, subjectId, message } = row;
  return {
    id,
    realm,
    kind,
    severity,
    subjectKind,
    subjectId,
    message,
    detail: JSON.parse(row.detail) as Alert['detail'],
    createdAt: iso(row.createdAt),
    resolvedAt: isoOrNull(row.resolvedAt),
    acknowledgedAt: isoOrNull(row.acknowledgedAt),
    acknowledgedBy: row.acknowledgedBy,
  };
}

export const alertHandlers = (rooms: Rooms) =>
  handlersFor('alerts')({
    'alerts.list': async (input, { principal }) => {
      const realmIds = await rooms.realms.scope(principal, input.realm);
      const page = await rooms.store.alerts.list({ ...input, realmIds });
      const slugs = await rooms.realms.slugs();
      return { ...page, items: page.items.map((row) => present(row, slugs.get(row.realmId) ?? '')) };
    },

    'alerts.acknowledge': async ({ ids }, context) => {
      const { principal } = context;
      // Also those of SYSTEM, which a list shows where that realm is named.
      const realms = (await rooms.realms.all()).filter(({ id }) => reaches(principal, id));
      const realmIds = realms.map(({ id }) => id);
      const acknowledged = await rooms.store.alerts.count(realmIds, ids);
      const now = rooms.clock().getTime();
      const change = {
        statements: [rooms.store.alerts.acknowledge(ids, realmIds, principal.name, now)],
        event: { type: 'alerts.acknowledged', detail: { ids } },
      };
      return finish(rooms, context, change, { acknowledged });
    },
  });
