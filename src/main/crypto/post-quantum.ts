/**
 * ML-DSA (FIPS 204) and SLH-DSA (FIPS 205) by @noble/post-quantum, for runtimes that lack them. Keys are raw
 * bytes here: the public key as it stands in a SubjectPublicKeyInfo; the secret one of ML-DSA expanded, that of
 * SLH-DSA as in its PrivateKeyInfo.
 */
import { ChanceryError } from '../../shared/errors.ts';
import type { PostQuantumAlgorithm } from '../../shared/model/algorithms.ts';

export interface RawKeyPair {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

/** Of the library's many functions those that are used. */
interface Primitive {
  readonly lengths: { readonly publicKey?: number; readonly secretKey?: number };
  keygen(seed?: Uint8Array): RawKeyPair;
  getPublicKey(secretKey: Uint8Array): Uint8Array;
  sign(data: Uint8Array, secretKey: Uint8Array): Uint8Array;
  verify(signature: Uint8Array, data: Uint8Array, publicKey: Uint8Array): boolean;
}

let loaded: Readonly<Record<PostQuantumAlgorithm, Primitive>> | undefined;

/** Loads the library, a matter of some 50 ms; does nothing when it is there already. */
export async function loadPostQuantum(): Promise<void> {
  if (loaded) return;
  const [ml, slh] = await Promise.all([
    import('@noble/post-quantum/ml-dsa.js'),
    import('@noble/post-quantum/slh-dsa.js'),
  ]);
  loaded = {
    'ml-dsa-44': ml.ml_dsa44,
    'ml-dsa-65': ml.ml_dsa65,
    'ml-dsa-87': ml.ml_dsa87,
    'slh-dsa-sha2-128s': slh.slh_dsa_sha2_128s,
    'slh-dsa-sha2-128f': slh.slh_dsa_sha2_128f,
    'slh-dsa-sha2-192s': slh.slh_dsa_sha2_192s,
    'slh-dsa-sha2-192f': slh.slh_dsa_sha2_192f,
    'slh-dsa-sha2-256s': slh.slh_dsa_sha2_256s,
    'slh-dsa-sha2-256f': slh.slh_dsa_sha2_256f,
    'slh-dsa-shake-128s': slh.slh_dsa_shake_128s,
    'slh-dsa-shake-128f': slh.slh_dsa_shake_128f,
    'slh-dsa-shake-192s': slh.slh_dsa_shake_192s,
    'slh-dsa-shake-192f': slh.slh_dsa_shake_192f,
    'slh-dsa-shake-256s': slh.slh_dsa_shake_256s,
    'slh-dsa-shake-256f': slh.slh_dsa_shake_256f,
  };
}

/** Throws INTERNAL before loadPostQuantum: an application that forgot it must not take every signature for bad. */
function primitive(algorithm: PostQuantumAlgorithm): Primitive {
  if (loaded) return loaded[algorithm];
  throw new ChanceryError({
    code: 'INTERNAL',
    detail: 'The library for post-quantum algorithms is not loaded.',
  });
}

/** Both halves from the seed (ML-DSA: 32 bytes; SLH-DSA: 3n, which is not kept), or from a random one. */
export function generatePostQuantum(algorithm: PostQuantumAlgorithm, seed?: Uint8Array): RawKeyPair {
  return primitive(algorithm).keygen(seed);
}

/** The public half of a secret key; throws when its length is wrong. */
export function publicKeyOfPostQuantum(algorithm: PostQuantumAlgorithm, secretKey: Uint8Array): Uint8Array {
  return primitive(algorithm).getPublicKey(secretKey);
}

/** A pure, hedged signature with an empty context, as RFC 9881 and RFC 9909 want it. */
export function signPostQuantum(
  algorithm: PostQuantumAlgorithm,
  secretKey: Uint8Array,
  data: Uint8Array,
): Uint8Array {
  return primitive(algorithm).sign(data, secretKey);
}

/** Whether the signature is good; false also for a key or signature of the wrong length. */
export function verifyPostQuantum(
  algorithm: PostQuantumAlgorithm,
  publicKey: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { verify } = primitive(algorithm);
  try {
    return verify(signature, data, publicKey);
  } catch {
    return false;
  }
}
