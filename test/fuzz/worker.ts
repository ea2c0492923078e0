/** Reads its share of the inputs, one after the other; the campaign watches from outside. */
import { setTimeout as sleep } from 'node:timers/promises';
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

const looks = 5;
const betweenLooksMs = 20;

/**
 * The least that some collections leave behind. Buffers and native objects are let go of by threads and callbacks
 * after the collection that finds them, later on a busy machine; what one look finds may be gone at the next, and
 * what is held is there at all of them.
 */
async function bytesInUse(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < looks; look += 1) {
    collectGarbage();
    await sleep(betweenLooksMs);
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
  }
  return least;
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
