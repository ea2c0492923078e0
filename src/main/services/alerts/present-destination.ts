import { ChanceryError } from '../../../shared/errors.ts';
import type { NoticeKind } from '../../../shared/model/alert.ts';
import type { AlertDestination } from '../../../shared/operations/alert-destinations.ts';
import type { AlertAddress } from '../../domain/index.ts';
import type { DestinationRow } from '../../store/index.ts';
import { type Context, type Principal, reaches } from '../context.ts';
import type { Rooms } from '../rooms.ts';

/** A destination with what is said in its settings. */
export interface KnownDestination {
  readonly row: DestinationRow;
  readonly address: AlertAddress;
  readonly kinds: readonly NoticeKind[];
  /** Null for all. */
  readonly realmIds: readonly string[] | null;
}

export function knownDestination(row: DestinationRow): KnownDestination {
  return {
    row,
    address: JSON.parse(row.settings) as AlertAddress,
    kinds: JSON.parse(row.kinds) as NoticeKind[],
    realmIds: row.realms === null ? null : (JSON.parse(row.realms) as string[]),
  };
}

/** Whoever sees a destination reaches all that it is told of. */
export function seesDestination(principal: Principal, { realmIds }: KnownDestination): boolean {
  return realmIds === null ? principal.realms === 'all' : realmIds.every((id) => reaches(principal, id));
}

/** Throws NOT_FOUND. */
export async function requireDestination(
  rooms: Rooms,
  { principal }: Context,
  id: string,
): Promise<KnownDestination> {
  const row = await rooms.store.alertDestinations.find(id);
  const known = row && knownDestination(row);
  if (known && seesDestination(principal, known)) return known;
  throw new ChanceryError(noSuchDestination(id));
}

export const noSuchDestination = (id: string) =>
  ({ code: 'NOT_FOUND', detail: `There is no destination of alerts '${id}'.` }) as const;

const isoOrNull = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

export async function destinationPresenter({
  realms,
  store,
}: Rooms): Promise<(known: KnownDestination) => AlertDestination> {
  const slugs = await realms.slugs();
  const waiting = await store.alertDestinations.countWaiting();
  return ({ row, address, kinds, realmIds }) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    notices: [...kinds],
    realms: realmIds?.flatMap((id) => slugs.get(id) ?? []) ?? null,
    enabled: row.enabled === 1,
    ...address,
    recipients: address.recipients && [...address.recipients],
    hasPassword: row.kind === 'smtp' && row.sealed !== null,
    waiting: waiting.get(row.id) ?? 0,
    lost: row.lost,
    failures: row.failures,
    lastError: row.lastError,
    nextAttemptAt: row.failures > 0 ? isoOrNull(row.nextAttemptAt) : null,
    lastDeliveredAt: isoOrNull(row.lastDeliveredAt),
    createdAt: new Date(row.createdAt).toISOString(),
  });
}
