export interface BenchResult {
  readonly case: string;
  readonly value: number;
  /** Of value and yardstick. */
  readonly unit: 'ms' | 'MiB' | '1/s';
  /** The same machine's answer to the plainest thing of the kind. */
  readonly yardstick: number;
  /** How we compare to the yardstick; higher is better. */
  readonly ratio: number;
  /** The ratio to reach. */
  readonly goal: number;
}

export interface BenchOptions {
  /** Fewer runs: enough to see that it works, not to compare by. */
  readonly isQuick: boolean;
}

export interface BenchCase {
  readonly name: string;
  readonly measure: (options: BenchOptions) => Promise<Omit<BenchResult, 'case'>>;
}

/** The result of a case where less is better, such as a time or a size. */
export function lessIsBetter(
  unit: BenchResult['unit'],
  value: number,
  yardstick: number,
  goal: number,
): Omit<BenchResult, 'case'> {
  return { value, unit, yardstick, ratio: yardstick / value, goal };
}

/** The middle of the values; of an even number, the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
  if (middle === undefined) throw new Error('There is no median of nothing.');
  return middle;
}
