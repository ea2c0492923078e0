/** Which algorithms keys may have in this runtime, and what is said of the others. */
import { ChanceryError } from '../../shared/errors.ts';
import {
  isPostQuantum,
  type KeyAlgorithm,
  keyAlgorithmFacts,
  keyAlgorithms,
  type PostQuantumAlgorithm,
} from '../../shared/model/algorithms.ts';
import { capabilities } from '../crypto/index.ts';

/** For a key of a kind that is not used here, by its description. */
export function unsupportedKey(description: string): ChanceryError {
  return new ChanceryError({
    code: 'UNSUPPORTED',
    detail: `A key of this kind (${description}) is not supported.`,
    hint: `Supported are ${usableLabels().join(', ')}.`,
  });
}

/** The algorithms that work in this runtime, for people; the sets of SLH-DSA as one. */
function usableLabels(): string[] {
  const { algorithms } = capabilities();
  const usable = keyAlgorithms.filter((algorithm) => algorithms[algorithm] !== 'none');
  const label = (algorithm: KeyAlgorithm) =>
    algorithm.startsWith('slh-dsa-') ? 'SLH-DSA' : keyAlgorithmFacts[algorithm].label;
  return [...new Set(usable.map(label))];
}

/** Throws UNSUPPORTED where neither the runtime nor a library can make or use such keys. */
function requireEngine(algorithm: KeyAlgorithm): 'native' | 'library' {
  const engine = capabilities().algorithms[algorithm];
  if (engine !== 'none') return engine;
  throw new ChanceryError({
    code: 'UNSUPPORTED',
    detail: `${keyAlgorithmFacts[algorithm].label} is not known to ${capabilities().runtime}.`,
    hint: `Choose one of ${usableLabels().join(', ')}.`,
  });
}

/** Whether the algorithm is left to the library in this runtime. */
export function isInLibrary(algorithm: KeyAlgorithm): algorithm is PostQuantumAlgorithm {
  return requireEngine(algorithm) === 'library' && isPostQuantum(algorithm);
}
