import { median } from './result.ts';

/** How often something is done in a second, by ours and by the yardstick. */
export interface Rates {
  readonly value: number;
  readonly yardstick: number;
}

export interface Contest {
  /** Both do it as often as they are told; what they return is waited for. */
  readonly ours: (times: number) => unknown;
  readonly yardstick: (times: number) => unknown;
  readonly rounds: number;
  readonly timesPerRound: number;
}

const warmRounds = 4;

/**
 * The medians of rounds that ours and the yardstick take by turns, so that whatever else the machine does falls
 * on both. Nothing is measured in the first rounds, in which the code becomes warm.
 */
export async function interleaved({ ours, yardstick, rounds, timesPerRound }: Contest): Promise<Rates> {
  const seconds: { ours: number[]; yardstick: number[] } = { ours: [], yardstick: [] };
  for (let round = -warmRounds; round < rounds; round += 1) {
    const own = await secondsOf(() => ours(timesPerRound));
    const other = await secondsOf(() => yardstick(timesPerRound));
    if (round < 0) continue;
    seconds.ours.push(own);
    seconds.yardstick.push(other);
  }
  return {
    value: timesPerRound / median(seconds.ours),
    yardstick: timesPerRound / median(seconds.yardstick),
  };
}

async function secondsOf(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
