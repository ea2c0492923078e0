import { ChanceryError } from '../../../shared/errors.ts';
import type { RequestSummary } from '../../../shared/model/request.ts';
import { type Context, reachesOthers } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { ended, endRequest } from './end-request.ts';
import { requestPresenter } from './present-request.ts';
import { isRequester, requireOpen, requireRequest } from './require-request.ts';

/** Takes a request back: one's own, or any for a role that may. Throws FORBIDDEN, CONFLICT where it has ended. */
export async function cancelRequest(
  rooms: Rooms,
  { id, reason }: { readonly id: string; readonly reason?: string | undefined },
  context: Context,
): Promise<RequestSummary> {
  const { principal } = context;
  const row = await requireRequest(rooms, context, id);
  if (!reachesOthers(principal, row.realmId) && !isRequester(row, principal)) {
    throw new ChanceryError({
      code: 'FORBIDDEN',
      detail: 'You may cancel your own requests only.',
      hint: 'An approver can reject it.',
    });
  }
  const now = rooms.clock();
  requireOpen(row, now);
  const ending = { status: 'cancelled', error: reason ?? null, now } as const;
  const decisions = (await rooms.store.requests.decisions([id])).get(id) ?? [];
  const output = (await requestPresenter(rooms, principal))(ended(row, ending), decisions);
  const event = {
    type: 'request.cancelled',
    realm: row.realmId,
    subject: { kind: 'request', id, name: row.commonName },
    detail: { reason },
  };
  return finish(rooms, context, { statements: endRequest(rooms, row, ending), event }, output);
}
