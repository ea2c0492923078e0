import { capabilities } from './capabilities.ts';
import { loadPostQuantum } from './post-quantum.ts';
import { setPostQuantumWorker } from './post-quantum-thread.ts';

/**
 * Makes ready what must be loaded before it can be used without waiting: the library for post-quantum
 * signatures, where the runtime lacks them. To be awaited once at start, and after setCapabilities; `worker` is
 * where post-quantum-worker lies.
 */
export async function prepareCrypto({ worker }: { readonly worker?: URL | undefined } = {}): Promise<void> {
  setPostQuantumWorker(worker);
  if (Object.values(capabilities().algorithms).includes('library')) await loadPostQuantum();
}
