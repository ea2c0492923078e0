/**
 * What this runtime's cryptography can do. Node links OpenSSL and has everything; Electron links BoringSSL,
 * which lacks some. Probed once at first use; tests put another table in its place.
 */
import { generateKeyPairSync, getCurves } from 'node:crypto';
import { type KeyAlgorithm, keyAlgorithmFacts, keyAlgorithms } from '../../shared/model/algorithms.ts';

/** Who does it: the runtime, the library @noble/post-quantum (slower, not constant in time), or nobody. */
export type Engine = 'native' | 'library' | 'none';

export interface Capabilities {
  /** For people, e.g. `Node 24.21.0 with OpenSSL 3.5.8`. */
  readonly runtime: string;
  readonly algorithms: Readonly<Record<KeyAlgorithm, Engine>>;
  /** Whether there are the curves of RFC 5639. */
  readonly brainpool: boolean;
}

let current: Capabilities | undefined;

/** The table of this process. */
export function capabilities(): Capabilities {
  current ??= probe();
  return current;
}

/** Puts another table in place of the probed one, or probes anew; for tests of other runtimes. */
export function setCapabilities(table: Capabilities | undefined): void {
  current = table;
}

/** What Electron 45 can do: BoringSSL without post-quantum signatures, Ed448, PBES2 and brainpool. */
export const electronCapabilities: Capabilities = {
  runtime: 'Electron 45 with BoringSSL',
  algorithms: engines({ hasEd448: false, hasMlDsa: false, hasSlhDsa: false }),
  brainpool: false,
};

function probe(): Capabilities {
  return {
    runtime: describeRuntime(),
    algorithms: engines({
      hasEd448: works(() => generateKeyPairSync('ed448')),
      hasMlDsa: works(() => generateKeyPairSync('ml-dsa-44')),
      hasSlhDsa: works(() => generateKeyPairSync('slh-dsa-sha2-128f')),
    }),
    brainpool: getCurves().includes('brainpoolP256r1'),
  };
}

interface Families {
  readonly hasEd448: boolean;
  readonly hasMlDsa: boolean;
  readonly hasSlhDsa: boolean;
}

function engines({ hasEd448, hasMlDsa, hasSlhDsa }: Families): Record<KeyAlgorithm, Engine> {
  const engineOf = (algorithm: KeyAlgorithm): Engine => {
    switch (keyAlgorithmFacts[algorithm].family) {
      case 'ml-dsa':
        return hasMlDsa ? 'native' : 'library';
      case 'slh-dsa':
        return hasSlhDsa ? 'native' : 'library';
      default:
        return algorithm !== 'ed448' || hasEd448 ? 'native' : 'none';
    }
  };
  return Object.fromEntries(keyAlgorithms.map((algorithm) => [algorithm, engineOf(algorithm)])) as Record<
    KeyAlgorithm,
    Engine
  >;
}

function works(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function describeRuntime(): string {
  const { electron, node, openssl = '' } = process.versions;
  const host = electron === undefined ? `Node ${node}` : `Electron ${electron}`;
  // BoringSSL gives itself the version of an OpenSSL that it is not, or none.
  const library = electron === undefined ? `OpenSSL ${openssl}` : 'BoringSSL';
  return `${host} with ${library}`;
}
