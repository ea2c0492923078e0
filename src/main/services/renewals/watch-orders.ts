/**
 * Looks at each order when something is due: renews what Chancery renews by itself, and tells people of the rest. Its
 * invariant: each look reads the certificates as they are, so a round that was missed, by sleep, a crash or a clock
 * that was wrong, is made good by the next one; and what renews a certificate is guarded in the unit of work.
 */
import type { RenewalRow, Statement } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';
import { lookAt } from './look-at.ts';

const watchedMeta = 'renewals.watched';
const lastRoundMeta = 'renewals.lastRound';
const profilesMeta = 'renewals.profiles';
/** Rows that start being watched in one unit of work: about 10 ms. */
const followedAtOnce = 1_000;
/** Looked at together: renewals among them share a transaction. */
const lookedAtOnce = 250;
/** After this many the other tasks have their turn. */
const mostInRound = 100_000;
/** Clocks are set back by so much without anything having happened. */
const clockToleranceMs = 60_000;

/** One round: follows what is new, and looks at all that is due. */
export async function watchOrders(rooms: Rooms): Promise<void> {
  await noticeChanges(rooms);
  await followNew(rooms);
  for (let looked = 0; looked < mostInRound; ) {
    const due = rooms.store.renewals.due(rooms.clock().getTime(), lookedAtOnce);
    if (due.length === 0) return;
    await lookAtAll(rooms, due);
    await followNew(rooms);
    looked += due.length;
  }
}

/** Has orders looked at again whose profile says something else now; all of them after the clock has gone back. */
async function noticeChanges({ store, clock, profiles }: Rooms): Promise<void> {
  const now = clock().getTime();
  const statements: Statement[] = [];
  const last = Number((await store.installation.meta(lastRoundMeta)) ?? 0);
  if (now < last - clockToleranceMs) statements.push(store.renewals.lookAgainAtAll());
  const before = JSON.parse((await store.installation.meta(profilesMeta)) ?? '{}') as Record<string, string>;
  const settings = (await profiles.all(null)).map(
    (one) => [one.row.id, JSON.stringify([one.renewal, one.keyRetention])] as const,
  );
  const changed = settings.filter(([id, text]) => text !== before[id]).map(([id]) => id);
  if (changed.length > 0) {
    statements.push(store.renewals.lookAgainUnder(changed));
    statements.push(store.installation.setMeta(profilesMeta, JSON.stringify(Object.fromEntries(settings))));
  }
  statements.push(store.installation.setMeta(lastRoundMeta, String(now)));
  await store.commit({ statements, events: [] });
}

async function followNew({ store }: Rooms): Promise<void> {
  let after = Number((await store.installation.meta(watchedMeta)) ?? 0);
  for (const newest = store.renewals.newestRow(); after < newest; ) {
    const upTo = Math.min(newest, after + followedAtOnce);
    const statements = [
      store.renewals.follow(after, upTo),
      store.installation.setMeta(watchedMeta, String(upTo)),
    ];
    await store.commit({ statements, events: [] });
    after = upTo;
  }
}

async function lookAtAll(rooms: Rooms, due: readonly RenewalRow[]): Promise<void> {
  const found = await Promise.all(due.map((row) => lookAt(rooms, row)));
  await rooms.store.commit({ statements: found.flat(), events: [] });
}
