import { ChanceryError } from '../../../shared/errors.ts';
import type { KeycloakConnection, KeycloakDifference } from '../../../shared/operations/keycloak.ts';
import { type Context, reaches } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { compareWithKeycloak } from './compare.ts';
import { KeycloakAdmin } from './keycloak-admin.ts';
import { keycloakPurpose, tokenEndpointOf } from './keycloak-office.ts';
import { syncWithKeycloak } from './sync.ts';

async function show(rooms: Rooms): Promise<KeycloakConnection> {
  const { keycloak } = rooms.store;
  const row = await keycloak.connection();
  const waiting = await keycloak.outbox();
  return {
    connected: row !== undefined,
    url: row?.url ?? null,
    realm: row?.realm ?? null,
    clientId: row?.clientId ?? null,
    tokenEndpoint: row === undefined ? null : tokenEndpointOf(row),
    syncEveryMinutes: row?.syncEveryMinutes ?? null,
    syncedAt: row?.syncedAt ? new Date(row.syncedAt).toISOString() : null,
    error: row?.error ?? null,
    clients: (await keycloak.mirrored()).length,
    waiting: waiting.map(({ kind, publicId, attempts, nextAt, error }) => ({
      kind: kind === 'delete' ? 'delete' : 'change',
      clientId: publicId,
      attempts,
      nextAt: new Date(nextAt).toISOString(),
      error,
    })),
  };
}

/** As much of it as the caller may see: what comes in belongs to no realm yet. */
async function visibleTo(
  rooms: Rooms,
  { principal }: Context,
  difference: KeycloakDifference,
): Promise<KeycloakDifference> {
  if (principal.realms === 'all') return difference;
  const seen = async <T extends { readonly id: string }>(items: readonly T[]): Promise<T[]> => {
    const found = await Promise.all(
      items.map(async (item) => ({ item, row: await rooms.store.clients.find(item.id) })),
    );
    return found
      .filter(({ row }) => row?.realmIds.some((realm) => reaches(principal, realm)))
      .map(({ item }) => item);
  };
  return {
    added: difference.added,
    conflicting: [],
    renamed: await seen(difference.renamed),
    disabled: await seen(difference.disabled),
    enabled: await seen(difference.enabled),
    vanished: await seen(difference.vanished),
  };
}

export const keycloakHandlers = (rooms: Rooms) =>
  handlersFor('keycloak')({
    'keycloak.show': async (_input, { principal }) => {
      const shown = await show(rooms);
      // Which clients wait is for who sees all of them.
      return principal.realms === 'all' ? shown : { ...shown, waiting: [], clients: 0 };
    },

    'keycloak.connect': async (
      { url, realm, clientId, clientSecret: secret, ca, syncEveryMinutes },
      context,
    ) => {
      const before = await rooms.store.keycloak.connection();
      const isElsewhere = before && (before.url !== url || before.realm !== realm);
      if (isElsewhere && (await rooms.store.keycloak.mirrored()).length > 0) {
        throw new ChanceryError({
          code: 'CONFLICT',
          detail: 'Clients here are in the Keycloak that is connected, and would not be found in another.',
          hint: 'Delete them first, or connect the same realm.',
        });
      }
      if (secret === undefined && (!before || isElsewhere)) {
        const detail = 'The secret of the service account is needed.';
        throw new ChanceryError({
          code: 'INVALID_INPUT',
          detail,
          violations: [{ path: ['clientSecret'], rule: 'required', message: detail }],
        });
      }
      const sealed =
        secret === undefined
          ? (before?.sealed ?? new Uint8Array())
          : rooms.vault.seal(keycloakPurpose, Buffer.from(secret));
      const opened = Buffer.from(rooms.vault.open(keycloakPurpose, sealed)).toString();
      await new KeycloakAdmin(
        { url, realm, clientId, secret: opened, ca: ca ?? null },
        rooms.clock,
      ).clients();
      const row = {
        url,
        realm,
        clientId,
        sealed,
        ca: ca ?? null,
        syncEveryMinutes,
        syncedAt: before?.syncedAt ?? null,
        error: null,
        createdAt: rooms.clock().getTime(),
      };
      const event = { type: 'keycloak.connected', detail: { url, realm, clientId, syncEveryMinutes } };
      await finish(rooms, context, { statements: [rooms.store.keycloak.connect(row)], event }, {});
      rooms.keycloak.refresh();
      return show(rooms);
    },

    'keycloak.disconnect': async (_input, context) => {
      const gone = { code: 'NOT_FOUND', detail: 'There is no connection to Keycloak.' } as const;
      const change = {
        statements: [rooms.store.keycloak.disconnect(gone)],
        event: { type: 'keycloak.disconnected' },
      };
      await finish(rooms, context, change, {});
      rooms.keycloak.refresh();
      return {};
    },

    'keycloak.compare': async (_input, context) => {
      const { admin } = await rooms.keycloak.require();
      return visibleTo(rooms, context, (await compareWithKeycloak(rooms, admin)).difference);
    },

    'keycloak.sync': async (_input, context) =>
      visibleTo(rooms, context, await syncWithKeycloak(rooms, context)),
  });
