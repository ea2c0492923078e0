import type { Tally } from './run-input.ts';
import type { Kind, Sample } from './sample.ts';

/** What a worker is given. */
export interface Order {
  readonly corpus: readonly Sample[];
  readonly seed: number;
  /** Numbers of the inputs: from `first` on, in steps, below `end`. */
  readonly first: number;
  readonly step: number;
  readonly end: number;
  /** One word: the number of the input that is being read. Whoever watches sees it stand still in a hang. */
  readonly place: SharedArrayBuffer;
}

export interface Crash {
  readonly index: number;
  readonly error: string;
}

/** What a worker says at its end. */
export interface WorkerReport {
  readonly crashes: readonly Crash[];
  readonly tallies: Readonly<Partial<Record<Kind, Tally>>>;
  /** Bytes that are in use after a garbage collection, once warm and at the end. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** The inputs that took longest. */
  readonly slowest: readonly { readonly index: number; readonly ms: number }[];
}
