/**
 * Runs the library's slow functions on a thread of their own, which is started when it is first needed and keeps
 * the process alive only while it works. Without a place of the worker's file they run where they are called.
 */
import { Worker } from 'node:worker_threads';
import type { PostQuantumAlgorithm } from '../../shared/model/algorithms.ts';
import { generatePostQuantum, type RawKeyPair, signPostQuantum } from './post-quantum.ts';
import type { PostQuantumTask, ResultMessage, TaskMessage } from './post-quantum-worker.ts';

interface Waiting {
  resolve(result: ResultMessage): void;
  reject(error: Error): void;
}

let file: URL | undefined;
let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/** Where the build, or the source, has post-quantum-worker; undefined to work without it. */
export function setPostQuantumWorker(place: URL | undefined): void {
  file = place;
}

/** A key pair from its seed (ML-DSA: 32 bytes; SLH-DSA: 3n bytes). */
export async function makePostQuantumKey(
  algorithm: PostQuantumAlgorithm,
  seed: Uint8Array,
): Promise<RawKeyPair> {
  if (!belongsOnThread(algorithm)) return generatePostQuantum(algorithm, seed);
  const { keyPair, problem } = await run({ kind: 'generate', algorithm, seed });
  if (keyPair) return keyPair;
  throw new Error(`the post-quantum worker failed: ${problem}`);
}

/** A pure, hedged signature with an empty context. */
export async function makePostQuantumSignature(
  algorithm: PostQuantumAlgorithm,
  secretKey: Uint8Array,
  data: Uint8Array,
): Promise<Uint8Array> {
  if (!belongsOnThread(algorithm)) return signPostQuantum(algorithm, secretKey, data);
  const { signature, problem } = await run({ kind: 'sign', algorithm, secretKey, data });
  if (signature) return signature;
  throw new Error(`the post-quantum worker failed: ${problem}`);
}

/** ML-DSA takes some milliseconds, SLH-DSA from a tenth of a second to half a minute. */
function belongsOnThread(algorithm: PostQuantumAlgorithm): boolean {
  return file !== undefined && algorithm.startsWith('slh-dsa-');
}

function run(task: PostQuantumTask): Promise<ResultMessage> {
  const thread = running();
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    thread.ref();
    thread.postMessage({ id, task } satisfies TaskMessage);
  });
}

function running(): Worker {
  if (worker) return worker;
  if (!file) throw new Error('the place of the post-quantum worker is not known');
  const started = new Worker(file);
  started.on('message', (result: ResultMessage) => {
    const one = waiting.get(result.id);
    waiting.delete(result.id);
    if (waiting.size === 0) started.unref();
    one?.resolve(result);
  });
  const fail = (error: Error) => {
    if (worker === started) worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  started.on('error', fail);
  started.on('exit', (code) => fail(new Error(`the post-quantum worker ended with ${code}`)));
  worker = started;
  return started;
}
