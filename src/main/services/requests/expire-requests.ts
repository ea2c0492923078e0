import { ChanceryError } from '../../../shared/errors.ts';
import { systemContext } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { endRequest } from './end-request.ts';

/** How many end in one go; the rest follows a minute later. */
const batch = 200;

/** Ends the requests whose time is over. */
export async function expireRequests(rooms: Rooms): Promise<void> {
  const now = rooms.clock();
  for (const row of await rooms.store.requests.overdue(now.getTime(), batch)) {
    const ending = { status: 'expired', error: null, now } as const;
    const event = {
      type: 'request.expired',
      realm: row.realmId,
      subject: { kind: 'request', id: row.id, name: row.commonName },
      detail: { waitedSince: new Date(row.createdAt).toISOString() },
    };
    // Somebody may decide on it at this very moment; then there is nothing to end.
    await finish(
      rooms,
      systemContext,
      { statements: endRequest(rooms, row, ending), event },
      undefined,
    ).catch((error: unknown) => {
      if (!(error instanceof ChanceryError && error.data?.isRace === true)) throw error;
    });
  }
}
