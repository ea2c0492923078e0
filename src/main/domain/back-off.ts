import { shareOf } from './renewal-window.ts';

const shortestMs = 60_000;
const longestMs = 24 * 60 * 60_000;

/**
 * How long to wait after so many failures, in milliseconds: a minute, then twice as long each time, a day at most, and
 * never more than a quarter of what is left. Up to half of it is taken off by a share that the seed and the number
 * alone give, so that what failed together is not tried together again.
 */
export function backOffMs(failures: number, seed: string, leftMs: number): number {
  const doubled = Math.min(longestMs, shortestMs * 2 ** Math.min(failures - 1, 20));
  const jittered = doubled * (1 - shareOf(`${seed} ${failures}`) / 2);
  return Math.round(Math.max(shortestMs / 2, Math.min(jittered, leftMs / 4)));
}
