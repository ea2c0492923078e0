import { ChanceryError } from '../../../shared/errors.ts';
import type { ApiClient } from '../../../shared/operations/clients.ts';
import { newId, randomBytes } from '../../crypto/index.ts';
import { toSlug } from '../../domain/index.ts';
import { hashToken, newSecret } from '../../keys/index.ts';
import { type ClientWithRealms, decodeOffset, type RealmRow } from '../../store/index.ts';
import { type Context, type Principal, reaches } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import { requireProfile } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';

async function clientPresenter(rooms: Rooms, { principal }: Context, search?: string) {
  const slugs = await rooms.realms.slugs();
  const profiles = new Map((await rooms.store.policies.profiles(null)).map((row) => [row.id, row.slug]));
  return (row: ClientWithRealms): ApiClient => {
    // Realms that the caller does not reach stay hidden, even of a client that it may see.
    const realms = row.realmIds.filter((id) => reaches(principal, id)).flatMap((id) => slugs.get(id) ?? []);
    const matchedField = search === undefined ? undefined : matched(row, search);
    return {
      id: row.id,
      clientId: row.clientId,
      name: row.name,
      realms,
      defaultProfile: row.defaultProfileId === null ? null : (profiles.get(row.defaultProfileId) ?? null),
      enabled: row.enabled === 1,
      active: row.enabled === 1 && row.realmIds.length > 0,
      createdAt: new Date(row.createdAt).toISOString(),
      lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt).toISOString(),
      ...(matchedField && { matchedField }),
    };
  };
}

function matched(row: ClientWithRealms, search: string): 'clientId' | 'name' {
  return row.clientId.toLowerCase().includes(search.toLowerCase()) ? 'clientId' : 'name';
}

/** The client, if every one of its realms is the caller's: who changes it changes it in all of them. */
async function requireClient(rooms: Rooms, { principal }: Context, id: string): Promise<ClientWithRealms> {
  const row = await rooms.store.clients.find(id);
  const visible =
    row && (principal.realms === 'all' || row.realmIds.some((realmId) => reaches(principal, realmId)));
  if (!row || !visible)
    throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no API client '${id}'.` });
  if (row.realmIds.every((realmId) => reaches(principal, realmId))) return row;
  throw new ChanceryError({ code: 'FORBIDDEN', detail: 'This API client acts in other realms as well.' });
}

/** An API client sees itself and no other (ownOnly in the table of permissions). */
export function visibleClientId({ kind, id }: Principal): string | undefined {
  return kind === 'client' ? (id ?? '') : undefined;
}

async function chosenRealms(
  rooms: Rooms,
  { principal }: Context,
  references: readonly string[],
): Promise<RealmRow[]> {
  const realms = await Promise.all(references.map((reference) => rooms.realms.require(principal, reference)));
  return [...new Map(realms.map((realm) => [realm.id, realm])).values()];
}

/** The realms that a list of clients is limited to: none for who reaches all, since a client may have no realm. */
export function clientRealms(principal: Principal, scope: readonly string[]): readonly string[] | null {
  return principal.realms === 'all' ? null : scope;
}

export const clientHandlers = (rooms: Rooms) =>
  handlersFor('clients')({
    'clients.list': async (input, context) => {
      const { principal } = context;
      const scope = await rooms.realms.scope(principal, input.realm);
      const realmIds = input.realm === undefined ? clientRealms(principal, scope) : scope;
      const search = input.search?.trim() || undefined;
      const offset = input.cursor === undefined ? 0 : decodeOffset(input.cursor);
      const id = visibleClientId(principal);
      const page = await rooms.store.clients.list({ realmIds, id, search, limit: input.limit, offset });
      return { ...page, items: page.items.map(await clientPresenter(rooms, context, search)) };
    },

    'clients.create': async (input, context) => {
      const realms = await chosenRealms(rooms, context, input.realms);
      const profile =
        input.defaultProfile === undefined
          ? null
          : await requireProfile(rooms, context, input.defaultProfile, onlySlug(realms));
      if (profile && !realms.some((realm) => realm.id === profile.realm.id)) {
        throw new ChanceryError({
          code: 'NOT_FOUND',
          detail: `The profile '${input.defaultProfile}' is in none of the client's realms.`,
        });
      }
      const now = rooms.clock();
      const clientSecret = newSecret('chc_');
      const row = {
        id: newId(now),
        clientId: `${toSlug(input.name).slice(0, 40).replace(/-$/, '')}-${randomBytes(3).toString('hex')}`,
        name: input.name,
        secretHash: hashToken(clientSecret),
        defaultProfileId: profile?.row.id ?? null,
        enabled: 1,
        tokensNotBefore: 0,
        lastUsedAt: null,
        createdAt: now.getTime(),
      };
      const realmIds = realms.map((realm) => realm.id);
      const client = (await clientPresenter(rooms, context))({ ...row, realmIds });
      const change = {
        statements: rooms.store.clients.insert(row, realmIds),
        event: {
          type: 'client.created',
          realm: realmIds[0] ?? null,
          subject: { kind: 'client', id: row.id, name: row.clientId },
          detail: { name: row.name, realms: client.realms, defaultProfile: client.defaultProfile },
        },
      };
      return finish(rooms, context, change, { ...client, clientSecret });
    },

    'clients.reset-secret': async ({ id }, context) => {
      const row = await requireClient(rooms, context, id);
      const clientSecret = newSecret('chc_');
      // Tokens carry whole seconds; those of this very second were issued for the old secret too.
      const tokensNotBefore = Math.floor(rooms.clock().getTime() / 1000) + 1;
      const change = {
        statements: [rooms.store.clients.setSecret(id, hashToken(clientSecret), tokensNotBefore)],
        event: {
          type: 'client.secret-reset',
          realm: row.realmIds[0] ?? null,
          subject: { kind: 'client', id, name: row.clientId },
        },
      };
      return finish(rooms, context, change, { clientId: row.clientId, clientSecret });
    },

    'clients.delete': async ({ id }, context) => {
      const row = await requireClient(rooms, context, id);
      const change = {
        statements: [rooms.store.clients.delete(id)],
        event: {
          type: 'client.deleted',
          realm: row.realmIds[0] ?? null,
          subject: { kind: 'client', id, name: row.clientId },
        },
      };
      return finish(rooms, context, change, {});
    },
  });

function onlySlug(realms: readonly RealmRow[]): string | undefined {
  return realms.length === 1 ? realms[0]?.slug : undefined;
}
