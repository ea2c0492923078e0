/** Creates and changes API clients. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import { newId, randomBytes } from '../../crypto/index.ts';
import { toSlug } from '../../domain/index.ts';
import type { RealmRow } from '../../store/index.ts';
import { type Context, reaches } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { clientEvent } from './client-event.ts';
import { makeSecret } from './client-secrets.ts';
import { clientPresenter } from './present-client.ts';
import { requireClient, requireNoMoreThan, requireVisibleClient } from './require-client.ts';

async function chosenRealms(
  rooms: Rooms,
  { principal }: Context,
  references: readonly string[],
): Promise<RealmRow[]> {
  const realms = await Promise.all(references.map((reference) => rooms.realms.require(principal, reference)));
  return [...new Map(realms.map((realm) => [realm.id, realm])).values()];
}

/** The profile of that slug or id in one of the client's realms. Throws NOT_FOUND with those that there are. */
async function profileIn(rooms: Rooms, reference: string, realmIds: readonly string[]): Promise<string> {
  const [found] = await rooms.profiles.find(reference, realmIds);
  if (found) return found.row.id;
  const usable = (await rooms.profiles.all(realmIds)).map(({ row }) => row.slug);
  throw new ChanceryError({
    code: 'NOT_FOUND',
    detail: `The profile '${reference}' is in none of the client's realms.`,
    hint: usable.length === 0 ? 'There is none in them.' : `There are: ${usable.join(', ')}.`,
  });
}

/** Creates a client; its secret is in the answer and nowhere else. Throws NOT_FOUND, FORBIDDEN. */
export async function createClient(
  rooms: Rooms,
  input: ParsedInput<'clients.create'>,
  context: Context,
): Promise<Output<'clients.create'>> {
  const realms = await chosenRealms(rooms, context, input.realms);
  const realmIds = realms.map(({ id }) => id);
  const role = input.role === undefined ? null : (await rooms.roles.require(input.role)).slug;
  const now = rooms.clock();
  const row = {
    id: newId(now),
    clientId: `${toSlug(input.name).slice(0, 40).replace(/-$/, '')}-${randomBytes(3).toString('hex')}`,
    name: input.name,
    defaultProfileId:
      input.defaultProfile === undefined ? null : await profileIn(rooms, input.defaultProfile, realmIds),
    enabled: 1,
    lastUsedAt: null,
    createdAt: now.getTime(),
    role,
    passwordGrant: input.passwordGrant ? 1 : 0,
  };
  const client = { ...row, realmIds };
  await requireNoMoreThan(rooms, context.principal, client);
  const secret = makeSecret(rooms, row.id, input.secretValidity, now);
  const shown = await (await clientPresenter(rooms, context))(client);
  const expiresAt = secret.expiresAt === null ? null : new Date(secret.expiresAt).toISOString();
  const output = {
    ...shown,
    secrets: [{ createdAt: now.toISOString(), expiresAt, lastUsedAt: null }],
    clientSecret: secret.clientSecret,
  };
  const { name, defaultProfile } = shown;
  const change = {
    statements: [...rooms.store.clients.insert(row, realmIds), secret.statement],
    event: clientEvent('client.created', client, { name, realms: shown.realms, defaultProfile, role }),
  };
  return finish(rooms, context, change, output);
}

/**
 * Changes a client. Realms that the caller does not see stay; a default profile whose realm goes, goes with it, and
 * so do the tokens for that realm. Throws NOT_FOUND, FORBIDDEN.
 */
export async function updateClient(
  rooms: Rooms,
  input: ParsedInput<'clients.update'>,
  context: Context,
): Promise<Output<'clients.update'>> {
  const { principal } = context;
  const onlyRealms =
    input.name === undefined &&
    input.role === undefined &&
    input.defaultProfile === undefined &&
    input.passwordGrant === undefined;
  // To take a client into one's realms or out of them is each realm's own affair; all else is that of all of them.
  const row = onlyRealms
    ? await requireVisibleClient(rooms, context, input.id)
    : await requireClient(rooms, context, input.id);
  if (onlyRealms)
    await requireNoMoreThan(rooms, principal, {
      ...row,
      realmIds: row.realmIds.filter((id) => reaches(principal, id)),
    });
  const chosen = input.realms && (await chosenRealms(rooms, context, input.realms)).map(({ id }) => id);
  const hidden = row.realmIds.filter((id) => !reaches(principal, id));
  const realmIds = chosen ? [...hidden, ...chosen] : row.realmIds;
  const role =
    input.role === undefined ? row.role : input.role && (await rooms.roles.require(input.role)).slug;
  const kept = row.defaultProfileId === null ? undefined : await rooms.profiles.byId(row.defaultProfileId);
  const keptId = kept && realmIds.includes(kept.row.realmId) ? kept.row.id : null;
  const changes = {
    name: input.name ?? row.name,
    role,
    passwordGrant: input.passwordGrant === undefined ? row.passwordGrant : input.passwordGrant ? 1 : 0,
    defaultProfileId: input.defaultProfile ? await profileIn(rooms, input.defaultProfile, realmIds) : keptId,
  };
  if (input.defaultProfile === null) changes.defaultProfileId = null;
  const client = { ...row, ...changes, realmIds };
  await requireNoMoreThan(rooms, principal, {
    ...client,
    realmIds: realmIds.filter((id) => !hidden.includes(id)),
  });
  const { clients } = rooms.store;
  const output = await (await clientPresenter(rooms, context))(client);
  const statements = [
    clients.update(row.id, changes),
    ...realmIds.filter((id) => !row.realmIds.includes(id)).map((id) => clients.addRealm(row.id, id)),
    ...row.realmIds.filter((id) => !realmIds.includes(id)).map((id) => clients.removeRealm(row.id, id)),
  ];
  const { name, realms, defaultProfile, passwordGrant } = output;
  const detail = { name, realms, defaultProfile, role, passwordGrant };
  return finish(rooms, context, { statements, event: clientEvent('client.updated', client, detail) }, output);
}

/** Lets a client act or not; what it has of tokens dies with the latter. */
export async function setClientEnabled(
  rooms: Rooms,
  id: string,
  enabled: boolean,
  context: Context,
): Promise<Output<'clients.enable'>> {
  const row = await requireClient(rooms, context, id);
  const change = { enabled: enabled ? 1 : 0 };
  const statements = [
    rooms.store.clients.update(row.id, change),
    ...(enabled ? [] : [rooms.store.tokens.endAllOfClient(row.id)]),
  ];
  const output = await (await clientPresenter(rooms, context))({ ...row, ...change });
  const event = clientEvent(enabled ? 'client.enabled' : 'client.disabled', row);
  return finish(rooms, context, { statements, event }, output);
}
