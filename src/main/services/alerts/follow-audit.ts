import type { Rooms } from '../rooms.ts';

const followedMeta = 'alerts.followed';
/** Events looked at in one unit of work: about 10 ms. */
const followedAtOnce = 2_000;

/**
 * Has destinations told of what has happened since the last time, as the audit has it: an event is there as soon as
 * what it tells of, so that none is lost by a crash, and issuing pays nothing for it.
 */
export async function followAudit({ store, clock }: Rooms): Promise<void> {
  let after = Number((await store.installation.meta(followedMeta)) ?? -1);
  const hasDestinations = (await store.alertDestinations.list()).some(({ enabled }) => enabled === 1);
  for (const newest = store.alertDestinations.newestEvent(); after < newest; ) {
    const upTo = hasDestinations ? Math.min(newest, after + followedAtOnce) : newest;
    const statements = [
      ...(hasDestinations ? [store.alertDestinations.follow(after, upTo, clock().getTime())] : []),
      store.installation.setMeta(followedMeta, String(upTo)),
    ];
    await store.commit({ statements, events: [] });
    after = upTo;
  }
}
