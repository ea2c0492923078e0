import { ChanceryError } from '../../../shared/errors.ts';
import { clientHandlers } from '../clients/client-handlers.ts';
import { type Context, systemContext } from '../context.ts';
import { auditEvent, finish } from '../finish.ts';
import type { HandlersOf } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import type { KeycloakAdmin } from './keycloak-admin.ts';
import { deliver, tell } from './outbox.ts';
import { SyncWhileSearching } from './sync.ts';

/**
 * The operations on API clients, with Keycloak beside them where it is connected. What changes here is written into
 * the outbox before, so that nothing is half done whenever Keycloak, or this process, ends in the middle of it.
 */
export function mirroredClientHandlers(rooms: Rooms): HandlersOf<'clients'> {
  const here = clientHandlers(rooms);
  const searching = new SyncWhileSearching(rooms);
  const { store } = rooms;

  /** Tells Keycloak after the change here; where it cannot be told now, it is later. */
  const changing = async <T>(id: string, kind: 'change' | 'delete', work: () => Promise<T>): Promise<T> => {
    const mapped = await store.keycloak.find(id);
    const row = mapped && (await store.clients.find(id));
    if (!row) return work();
    const told = tell(rooms, kind, { id, clientId: row.clientId, uuid: mapped.uuid });
    await store.commit({ statements: [told.statement], events: [] });
    try {
      return await work();
    } finally {
      await deliver(rooms, told.id).catch(() => undefined);
    }
  };

  return {
    ...here,
    'clients.list': async (input, context) => {
      if (input.search !== undefined && input.cursor === undefined) await searching.run();
      return here['clients.list'](input, context);
    },
    'clients.create': async (input, context) => {
      const connected = rooms.vault.isOpen ? await rooms.keycloak.connected() : null;
      if (!connected) return here['clients.create'](input, context);
      // The answer is kept for a repeat only once it is true on both sides.
      const created = await here['clients.create'](input, { ...context, idempotency: null });
      return createThere(rooms, connected.admin, created, context);
    },
    'clients.update': (input, context) =>
      changing(input.id, 'change', () => here['clients.update'](input, context)),
    'clients.enable': (input, context) =>
      changing(input.id, 'change', () => here['clients.enable'](input, context)),
    'clients.disable': (input, context) =>
      changing(input.id, 'change', () => here['clients.disable'](input, context)),
    'clients.delete': ({ id }, context) =>
      changing(id, 'delete', () => here['clients.delete']({ id }, context)),
    'clients.reset-secret': async (input, context) => {
      const mapped = await store.keycloak.find(input.id);
      if (!mapped?.uuid) return here['clients.reset-secret'](input, context);
      if (input.overlap !== undefined) {
        throw new ChanceryError({
          code: 'CONFLICT',
          detail: 'The secret of this client is in Keycloak, where the old one dies at once.',
          hint: 'Leave the overlap out, or set a rotation of secrets up there.',
        });
      }
      const { admin } = await rooms.keycloak.require();
      // Here the old tokens die, and whether the caller may do that is found out, too.
      const reset = await here['clients.reset-secret'](input, { ...context, idempotency: null });
      const { clientId } = reset;
      const clientSecret = await admin.resetSecret(mapped.uuid);
      const subject = { kind: 'client', id: input.id, name: clientId };
      const event = { type: 'keycloak.secret-reset', subject };
      // Tokens carry whole seconds; those of this very second were issued for the old secret too.
      const from = Math.floor(rooms.clock().getTime() / 1000) + 1;
      const statements = [store.keycloak.voidTokensBefore(input.id, from)];
      return finish(rooms, context, { statements, event }, { ...reset, clientSecret });
    },
  };
}

interface Created {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  readonly clientSecret: string;
}

/** Makes there what was made here, under the same id and with the same secret; or undoes it on both sides. */
async function createThere<T extends Created>(
  rooms: Rooms,
  admin: KeycloakAdmin,
  created: T,
  context: Context,
): Promise<T> {
  const { store } = rooms;
  const { id, clientId, name, clientSecret: secret } = created;
  const createdAt = rooms.clock().getTime();
  const link = {
    clientId: id,
    uuid: null,
    serviceAccountId: null,
    tokensNotBefore: 0,
    vanishedAt: null,
    createdAt,
  };
  // Should this process end now: the outbox removes what is there, once the one here is gone.
  const undo = tell(rooms, 'delete', { id, clientId, uuid: null });
  await store.commit({ statements: [store.keycloak.link(link), undo.statement], events: [] });
  try {
    const uuid = await admin.create({ clientId, name, secret, mark: id });
    const serviceAccountId = await admin.serviceAccountId(uuid);
    const event = { type: 'keycloak.client-created', subject: { kind: 'client', id, name: clientId } };
    const statements = [
      store.keycloak.link({ ...link, uuid, serviceAccountId }),
      store.keycloak.told(undo.id),
    ];
    return await finish(rooms, context, { statements, event }, created);
  } catch (error) {
    const reason = error instanceof ChanceryError ? error.detail : 'unknown';
    const event = auditEvent(rooms, context, {
      type: 'client.deleted',
      subject: { kind: 'client', id, name: clientId },
      detail: { because: 'Keycloak did not take it', reason },
    });
    await store.commit({ statements: [store.clients.delete(id)], events: [event] });
    await deliver(rooms, undo.id).catch(() => undefined);
    throw error;
  }
}

/**
 * Removes clients whose creation on both sides was cut off by the end of this process: nobody has their secret. To
 * be called before anything else is done.
 */
export async function abandonHalfCreated(rooms: Rooms): Promise<void> {
  for (const { clientId: id, uuid, publicId } of await rooms.store.keycloak.mirrored()) {
    if (uuid !== null) continue;
    const subject = { kind: 'client', id, name: publicId };
    const event = auditEvent(rooms, systemContext, {
      type: 'client.deleted',
      subject,
      detail: { because: 'half created' },
    });
    await rooms.store.commit({ statements: [rooms.store.clients.delete(id)], events: [event] });
  }
}
