import { ChanceryError } from '../../../shared/errors.ts';
import { newId } from '../../crypto/index.ts';
import { backOffMs } from '../../domain/index.ts';
import type { OutboxRow, Statement } from '../../store/index.ts';
import { systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { type KeycloakAdmin, markAttribute } from './keycloak-admin.ts';

type Kind = 'change' | 'delete';

const hourMs = 3_600_000;

/**
 * What Keycloak is to be told of a client: that it is as it is here (change), or that it is gone, once it is
 * gone here (delete). It is written before the change here is made, and says nothing that would be wrong without it.
 */
export function tell(
  rooms: Pick<Rooms, 'store' | 'clock'>,
  kind: Kind,
  client: { readonly id: string; readonly clientId: string; readonly uuid: string | null },
): { readonly id: string; readonly statement: Statement } {
  const now = rooms.clock();
  const row: OutboxRow = {
    id: newId(now),
    kind,
    clientId: client.id,
    uuid: client.uuid,
    publicId: client.clientId,
    attempts: 0,
    // The one who wrote it delivers it; after a minute, whoever looks.
    nextAt: now.getTime() + 60_000,
    error: null,
    createdAt: now.getTime(),
  };
  return { id: row.id, statement: rooms.store.keycloak.tell(row) };
}

/** Delivers what is due, or what is named, in the order in which it was written; what fails is tried again later. */
export async function deliver(rooms: Rooms, only?: string): Promise<void> {
  const now = rooms.clock().getTime();
  const waiting = (await rooms.store.keycloak.outbox()).filter((row) =>
    only === undefined ? row.nextAt <= now : row.id === only,
  );
  if (waiting.length === 0) return;
  const connected = await rooms.keycloak.connected();
  if (!connected) return;
  for (const row of waiting) {
    try {
      await deliverOne(rooms, connected.admin, row);
    } catch (error) {
      if (!(error instanceof ChanceryError)) throw error;
      const nextAt = now + backOffMs(row.attempts + 1, row.id, hourMs * 4);
      const later = rooms.store.keycloak.tryLater(row.id, nextAt, error.detail);
      await rooms.store.commit({ statements: [later], events: [] });
      // What follows would fail as well, and must not come before.
      if (error.code === 'PROVIDER_UNAVAILABLE') return;
    }
  }
}

async function deliverOne(rooms: Rooms, admin: KeycloakAdmin, row: OutboxRow): Promise<void> {
  const { store } = rooms;
  const here = await store.clients.find(row.clientId);
  let told: string | null = null;
  if (row.kind === 'delete' && !here) {
    const uuid = row.uuid ?? (await leftBehind(admin, row));
    if (uuid !== null) await admin.delete(uuid);
    told = 'keycloak.client-deleted';
  }
  const mapped = row.kind === 'change' && here ? await store.keycloak.find(here.id) : undefined;
  if (here && mapped?.uuid) {
    await admin.change(mapped.uuid, { name: here.name, enabled: here.enabled === 1 });
    told = 'keycloak.client-changed';
  }
  const subject = { kind: 'client', id: row.clientId, name: row.publicId };
  const events = told === null ? [] : [auditEvent(rooms, systemContext, { type: told, subject })];
  await store.commit({ statements: [store.keycloak.told(row.id)], events });
}

/** The uuid of a client whose creation ended half way: only one that bears our mark is ours to delete. */
async function leftBehind(admin: KeycloakAdmin, row: OutboxRow): Promise<string | null> {
  const found = await admin.findByClientId(row.publicId);
  const attributes = found?.attributes;
  const isOurs =
    typeof attributes === 'object' &&
    attributes !== null &&
    (attributes as Record<string, unknown>)[markAttribute] === row.clientId;
  return found && isOurs ? found.id : null;
}
