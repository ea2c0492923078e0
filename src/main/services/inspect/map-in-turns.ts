import { setImmediate } from 'node:timers/promises';

/** Work between two turns of the event loop. */
const turnMs = 10;

/** The results in order. A file may hold thousands of things, and others are to be answered meanwhile. */
export async function mapInTurns<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => R,
): Promise<R[]> {
  const results: R[] = [];
  let begun = performance.now();
  for (const [index, item] of items.entries()) {
    results.push(work(item, index));
    if (performance.now() - begun < turnMs) continue;
    await setImmediate();
    begun = performance.now();
  }
  return results;
}
