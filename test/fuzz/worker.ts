/** Reads its share of the inputs, one after the other; the campaign watches from outside. */
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { makeInput } from './input.ts';
import type { Crash, Order, WorkerReport } from './messages.ts';
import { runInput, type Tally } from './run-input.ts';
import type { Kind } from './sample.ts';

const maxCrashes = 20;
const keptSlowest = 5;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Twice, with a turn between: what holds memory outside of the heap lets go of it after the first. */
async function bytesInUse(): Promise<number> {
  collectGarbage();
  await setImmediate();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function work({ corpus, seed, first, step, end, place }: Order): Promise<WorkerReport> {
  const current = new Int32Array(place);
  const crashes: Crash[] = [];
  const tallies: Partial<Record<Kind, Tally>> = {};
  let slowest: { index: number; ms: number }[] = [];
  // What is loaded or compiled once is in by the first tenth.
  const warmAt = first + Math.floor((end - first) / step / 10) * step;
  let bytesBefore = 0;
  for (let index = first; index < end && crashes.length < maxCrashes; index += step) {
    if (index === warmAt) bytesBefore = await bytesInUse();
    Atomics.store(current, 0, index);
    const { sample, bytes, reader } = makeInput(corpus, seed, index);
    const begun = performance.now();
    try {
      const isTaken = await runInput(sample.kind, bytes, reader);
      tallies[sample.kind] ??= { read: 0, refused: 0 };
      const tally = tallies[sample.kind] as Tally;
      if (isTaken) tally.read++;
      else tally.refused++;
    } catch (error) {
      crashes.push({ index, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    const ms = performance.now() - begun;
    if (slowest.length < keptSlowest || ms > (slowest.at(-1)?.ms ?? 0)) {
      slowest = [...slowest, { index, ms }].toSorted((a, b) => b.ms - a.ms).slice(0, keptSlowest);
    }
  }
  return { crashes, tallies, bytesBefore, bytesAfter: await bytesInUse(), slowest };
}

parentPort?.postMessage(await work(workerData as Order));
