import { ChanceryError } from '../../../shared/errors.ts';
import type { RequestRow } from '../../store/index.ts';
import { type Context, mayIn, type Principal, reaches } from '../context.ts';
import type { Rooms } from '../rooms.ts';

/** Whether the caller is who asked. */
export function isRequester(
  row: Pick<RequestRow, 'requestedByKind' | 'requestedById'>,
  { kind, id }: Principal,
): boolean {
  return row.requestedByKind === kind && row.requestedById === id;
}

/** The request, if the caller may see it. Throws NOT_FOUND. */
export async function requireRequest(rooms: Rooms, { principal }: Context, id: string): Promise<RequestRow> {
  const row = await rooms.store.requests.find(id);
  const isSeen =
    row &&
    reaches(principal, row.realmId) &&
    (mayIn(principal, 'requests.read', row.realmId, true) || isRequester(row, principal));
  if (isSeen) return row;
  throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no request '${id}'.` });
}

/** Throws CONFLICT unless the request is still open at that moment. */
export function requireOpen(row: RequestRow, now: Date): void {
  const isOpen = row.status === 'pending_approval' || row.status === 'approved';
  if (isOpen && row.expiresAt > now.getTime()) return;
  const end = isOpen ? 'expired' : row.status;
  throw new ChanceryError({
    code: 'CONFLICT',
    detail: `The request is ${end} already.`,
    ...(row.error !== null && { hint: row.error }),
    data: { requestStatus: end },
  });
}

/** What it means that a request has another revision than it was read with. */
export const changedMeanwhile = {
  code: 'CONFLICT',
  detail: 'The request was changed at the same moment.',
  hint: 'Look at it again.',
  data: { isRace: true },
} as const;
