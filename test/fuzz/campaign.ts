/**
 * A run of mutated files through everything that reads files. Its invariants: whatever the bytes, a reader answers
 * or refuses with a ChanceryError; it comes to an end; and nothing stays behind in memory. An input that breaks
 * one of these is named by its number and can be made again from it.
 */
import { Worker } from 'node:worker_threads';
import { makeInput } from './input.ts';
import type { Order, WorkerReport } from './messages.ts';
import type { Sample } from './sample.ts';

export interface CampaignOptions {
  readonly corpus: readonly Sample[];
  readonly seed: number;
  readonly count: number;
  readonly workers?: number;
  readonly onProgress?: (done: number) => void;
}

export interface Failure {
  readonly index: number;
  readonly kind: Sample['kind'];
  /** The file that was changed, and how. */
  readonly sample: string;
  readonly trail: readonly string[];
  readonly reader: number;
  readonly bytes: Uint8Array;
  readonly error: string;
}

export interface CampaignReport {
  readonly failures: readonly Failure[];
  readonly reports: readonly WorkerReport[];
}

/** An input that keeps its reader busy for so long is taken for one that never ends; the slowest take milliseconds. */
const hangMs = 60_000;
const lookMs = 500;

/** Runs the inputs 0 to count - 1, shared among workers. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const workers = options.workers ?? 1;
  const places = Array.from({ length: workers }, () => new SharedArrayBuffer(4));
  const look = setInterval(() => {
    options.onProgress?.(Math.min(...places.map((place) => Atomics.load(new Int32Array(place), 0))));
  }, 10_000);
  try {
    const ended = await Promise.all(
      places.map((place, first) =>
        runWorker({ ...options, first, step: workers, end: options.count, place }),
      ),
    );
    return {
      failures: ended.flatMap(({ crashes }) =>
        crashes.map(({ index, error }) => failureAt(options, index, error)),
      ),
      reports: ended,
    };
  } finally {
    clearInterval(look);
  }
}

function failureAt({ corpus, seed }: CampaignOptions, index: number, error: string): Failure {
  const { sample, trail, reader, bytes } = makeInput(corpus, seed, index);
  return { index, kind: sample.kind, sample: sample.name, trail, reader, bytes, error };
}

/** The worker's report; of one that hung or died, that the input it was at did it. */
function runWorker({ corpus, seed, first, step, end, place }: Order): Promise<WorkerReport> {
  const order: Order = { corpus, seed, first, step, end, place };
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
    const at = () => Atomics.load(new Int32Array(place), 0);
    const watch = watchFor(at, () => {
      giveUp(`The reader was still busy after ${hangMs / 1000} seconds.`);
      void worker.terminate();
    });
    const giveUp = (error: string) => {
      clearInterval(watch);
      const crashes = [{ index: at(), error }];
      resolve({ crashes, tallies: {}, bytesBefore: 0, bytesAfter: 0, slowest: [] });
    };
    worker.once('message', (report: WorkerReport) => {
      clearInterval(watch);
      resolve(report);
    });
    worker.once('error', (error) => giveUp(String(error)));
    worker.once('exit', (code) => giveUp(`The worker ended with ${code}.`));
  });
}

/** Calls once the number has stood still for too long. */
function watchFor(at: () => number, onHang: () => void): NodeJS.Timeout {
  let [seen, since] = [-1, performance.now()];
  return setInterval(() => {
    const now = at();
    if (now !== seen) [seen, since] = [now, performance.now()];
    else if (performance.now() - since > hangMs) onHang();
  }, lookMs);
}
