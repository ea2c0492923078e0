import { setImmediate } from 'node:timers/promises';

/** Units that are awaited together, so that they share transactions and their way to the disk. */
const groupSize = 200;
/** Begun between two turns of the event loop: some milliseconds of signing, then others are answered. */
const turnSize = 8;

/**
 * Does the work for all items, a group at a time, until the signal is aborted: whatever has begun is finished.
 * Work that throws ends everything after its group.
 */
export async function inGroups<T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < items.length && !signal.aborted; at += groupSize) {
    const group: Promise<void>[] = [];
    for (const item of items.slice(at, at + groupSize)) {
      group.push(work(item));
      if (group.length % turnSize === 0) await setImmediate();
    }
    const failed = (await Promise.allSettled(group)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }
}
