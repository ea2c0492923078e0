/** The thread that does what would hold up the main one: a signature by SLH-DSA takes the library seconds. */
import { parentPort } from 'node:worker_threads';
import type { PostQuantumAlgorithm } from '../../shared/model/algorithms.ts';
import { generatePostQuantum, loadPostQuantum, type RawKeyPair, signPostQuantum } from './post-quantum.ts';

export type PostQuantumTask =
  | { readonly kind: 'generate'; readonly algorithm: PostQuantumAlgorithm; readonly seed: Uint8Array }
  | {
      readonly kind: 'sign';
      readonly algorithm: PostQuantumAlgorithm;
      readonly secretKey: Uint8Array;
      readonly data: Uint8Array;
    };

export interface TaskMessage {
  readonly id: number;
  readonly task: PostQuantumTask;
}

export interface ResultMessage {
  readonly id: number;
  readonly keyPair?: RawKeyPair;
  readonly signature?: Uint8Array;
  readonly problem?: string;
}

parentPort?.on('message', async ({ id, task }: TaskMessage) => {
  parentPort?.postMessage({ id, ...(await perform(task)) } satisfies ResultMessage);
});

async function perform(task: PostQuantumTask): Promise<Omit<ResultMessage, 'id'>> {
  try {
    await loadPostQuantum();
    if (task.kind === 'generate') return { keyPair: generatePostQuantum(task.algorithm, task.seed) };
    return { signature: signPostQuantum(task.algorithm, task.secretKey, task.data) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'unknown' };
  } finally {
    (task.kind === 'generate' ? task.seed : task.secretKey).fill(0);
  }
}
