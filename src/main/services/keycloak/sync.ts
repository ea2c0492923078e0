import { ChanceryError } from '../../../shared/errors.ts';
import type { KeycloakDifference } from '../../../shared/operations/keycloak.ts';
import { newId } from '../../crypto/index.ts';
import type { Statement } from '../../store/index.ts';
import { type Context, systemContext } from '../context.ts';
import { type EventFields, finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { type Comparison, compareWithKeycloak, nameOf } from './compare.ts';
import type { ClientRepresentation, KeycloakAdmin } from './keycloak-admin.ts';
import { deliver } from './outbox.ts';

const minuteMs = 60_000;
/** While somebody searches, Keycloak is asked no more often than that, and waited for no longer. */
const searchEveryMs = minuteMs;
const searchPatienceMs = 1_500;

/** Takes in what was changed in Keycloak. Throws CONFLICT without a connection, PROVIDER_UNAVAILABLE. */
export async function syncWithKeycloak(rooms: Rooms, context: Context): Promise<KeycloakDifference> {
  const { admin } = await rooms.keycloak.require();
  try {
    await deliver(rooms);
    const compared = await compareWithKeycloak(rooms, admin);
    const change = await changesOf(rooms, admin, compared);
    return await finish(rooms, context, change, compared.difference);
  } catch (error) {
    if (error instanceof ChanceryError) {
      const noted = rooms.store.keycloak.noteSync(null, error.detail);
      await rooms.store.commit({ statements: [noted], events: [] });
    }
    throw error;
  }
}

/** By the clock: when it is due, and what waits to be told. A Keycloak that is down is told of nowhere but in its state. */
export async function syncWhenDue(rooms: Rooms): Promise<void> {
  const connected = await rooms.keycloak.connected();
  if (!connected) return;
  await deliver(rooms);
  const row = await rooms.store.keycloak.connection();
  const dueAt = (row?.syncedAt ?? 0) + (row?.syncEveryMinutes ?? 0) * minuteMs;
  if (!row || rooms.clock().getTime() < dueAt) return;
  await syncWithKeycloak(rooms, systemContext).catch(onlyOurs);
}

/** Brings searches up to date: in time where Keycloak is quick, and for the next search where it is not. */
export class SyncWhileSearching {
  readonly #rooms: Rooms;
  #lastAt = Number.NEGATIVE_INFINITY;
  #running: Promise<unknown> | undefined;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  async run(): Promise<void> {
    if (!this.#rooms.vault.isOpen || (await this.#rooms.keycloak.connected()) === null) return;
    const now = this.#rooms.clock().getTime();
    if (!this.#running && now - this.#lastAt >= searchEveryMs) {
      this.#lastAt = now;
      this.#running = syncWithKeycloak(this.#rooms, systemContext)
        .catch(onlyOurs)
        .finally(() => {
          this.#running = undefined;
        });
    }
    if (!this.#running) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, searchPatienceMs);
    });
    await Promise.race([this.#running, patience]).finally(() => clearTimeout(timer));
  }
}

function onlyOurs(error: unknown): void {
  if (!(error instanceof ChanceryError)) throw error;
}

async function changesOf(rooms: Rooms, admin: KeycloakAdmin, { difference, added, returned }: Comparison) {
  const { clients, keycloak } = rooms.store;
  const now = rooms.clock().getTime();
  const statements: Statement[] = [keycloak.noteSync(now, null)];
  const further: EventFields[] = [];
  const note = (type: string, id: string, name: string, detail: Readonly<Record<string, unknown>> = {}) =>
    further.push({ type, subject: { kind: 'client', id, name }, detail: { by: 'keycloak', ...detail } });
  for (const client of added) {
    const imported = await importClient(rooms, admin, client);
    statements.push(...imported.statements);
    note('client.created', imported.id, client.clientId, { name: nameOf(client), realms: [] });
  }
  for (const { id, clientId, from, to } of difference.renamed) {
    statements.push(clients.update(id, { name: to }));
    note('client.changed', id, clientId, { from, to });
  }
  for (const { id, clientId } of [...difference.disabled, ...difference.vanished]) {
    statements.push(clients.update(id, { enabled: 0 }));
    note('client.disabled', id, clientId);
  }
  for (const { id, clientId } of difference.enabled) {
    statements.push(clients.update(id, { enabled: 1 }));
    note('client.enabled', id, clientId);
  }
  for (const { id } of difference.vanished) statements.push(keycloak.markVanished(id, now));
  for (const id of returned) statements.push(keycloak.markVanished(id, null));
  const counts = Object.fromEntries(Object.entries(difference).map(([kind, items]) => [kind, items.length]));
  const event = { type: 'keycloak.synchronised', detail: counts };
  return { statements, event, further };
}

/** A client that was made there: here without a realm, so that it can do nothing until somebody gives it one. */
async function importClient(rooms: Rooms, admin: KeycloakAdmin, client: ClientRepresentation) {
  const now = rooms.clock();
  const id = newId(now);
  const row = {
    id,
    clientId: client.clientId,
    name: nameOf(client),
    defaultProfileId: null,
    enabled: client.enabled ? 1 : 0,
    lastUsedAt: null,
    createdAt: now.getTime(),
    role: null,
    passwordGrant: 0,
  };
  const link = {
    clientId: id,
    uuid: client.id,
    serviceAccountId: await admin.serviceAccountId(client.id),
    tokensNotBefore: 0,
    vanishedAt: null,
    createdAt: now.getTime(),
  };
  return { id, statements: [...rooms.store.clients.insert(row, []), rooms.store.keycloak.link(link)] };
}
