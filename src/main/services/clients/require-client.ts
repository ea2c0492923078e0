import { ChanceryError } from '../../../shared/errors.ts';
import type { ClientWithRealms } from '../../store/index.ts';
import { type Context, onlyOwn, type Principal, reaches } from '../context.ts';
import { hasAllOf, requireAsMuchAs } from '../roles/may-give.ts';
import type { Rooms } from '../rooms.ts';
import { clientGrants } from '../tokens/token-principal.ts';

/** An API client sees itself and no other. */
export function visibleClientId(principal: Principal): string | undefined {
  return onlyOwn(principal) ? (principal.id ?? '') : undefined;
}

/** The realms that a list of clients is limited to: none for who reaches all, since a client may have no realm. */
export function clientRealms(principal: Principal, scope: readonly string[]): readonly string[] | null {
  return principal.fullRealms === 'all' ? null : scope;
}

/** The client by either of its ids, if the caller may see it. Throws NOT_FOUND. */
export async function requireVisibleClient(
  rooms: Rooms,
  { principal }: Context,
  id: string,
): Promise<ClientWithRealms> {
  const row = await rooms.store.clients.findByEither(id);
  const caller = { ...principal, closedRealms: new Set<string>() };
  const isReached = row?.realmIds.some((realmId) => reaches(caller, realmId)) ?? false;
  const isSeen = row && (onlyOwn(principal) ? row.id === principal.id : caller.realms === 'all' || isReached);
  if (isSeen) return row;
  throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no API client '${id}'.` });
}

/**
 * The client, if the caller may change the whole of it: every one of its realms is the caller's, and it holds no
 * permission that the caller lacks, but for the default role of its realms. Throws NOT_FOUND, FORBIDDEN.
 */
export async function requireClient(rooms: Rooms, context: Context, id: string): Promise<ClientWithRealms> {
  const row = await requireVisibleClient(rooms, context, id);
  const { principal } = context;
  if (!row.realmIds.every((realmId) => reaches(principal, realmId))) {
    throw new ChanceryError({ code: 'FORBIDDEN', detail: 'This API client acts in other realms as well.' });
  }
  await requireNoMoreThan(rooms, principal, row);
  return row;
}

/** Throws FORBIDDEN where the client was given a role with permissions that the caller lacks. */
export async function requireNoMoreThan(
  rooms: Rooms,
  principal: Principal,
  row: Pick<ClientWithRealms, 'role' | 'realmIds' | 'clientId'>,
): Promise<void> {
  if (row.role === null) return;
  const grants = await clientGrants(rooms, row);
  const byDefault = await clientGrants(rooms, { ...row, role: null });
  const isDefault = grants.every(({ role }) => byDefault.every((grant) => grant.role === role));
  if (!isDefault && !hasAllOf(principal, grants)) requireAsMuchAs(principal, row.clientId, grants);
}
