import type { Rooms } from '../rooms.ts';

/** How often the tables are tidied; what has expired is void whether its row is there or not. */
const pauseMs = 10 * 60_000;
const lastRun = new WeakMap<Rooms['store'], number>();

/** Forgets tokens and assertions that have expired. */
export async function forgetExpired({ store, clock }: Pick<Rooms, 'store' | 'clock'>): Promise<void> {
  const now = clock().getTime();
  if (now - (lastRun.get(store) ?? 0) < pauseMs) return;
  lastRun.set(store, now);
  const statements = [
    store.tokens.forgetExpiredBefore(now),
    store.clientCredentials.forgetAssertionsBefore(now),
  ];
  await store.commit({ statements, events: [] });
}
