/** A private key that is ready to sign: in the runtime's hands or, where that does not know it, in a library's. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ChanceryError } from '../../shared/errors.ts';
import { type KeyAlgorithm, type SignatureAlgorithm, signatureHash } from '../../shared/model/algorithms.ts';
import {
  capabilities,
  constants,
  createPrivateKey,
  createPublicKey,
  createSign,
  type KeyObject,
  makePostQuantumKey,
  makePostQuantumSignature,
  publicKeyOfPostQuantum,
  sign,
} from '../crypto/index.ts';
import { describePublicKey, encodePostQuantumKey } from '../x509/index.ts';
import { type PostQuantumSecret, readPostQuantumPkcs8, writePostQuantumPkcs8 } from './post-quantum-pkcs8.ts';
import { sameBytes } from './secret.ts';
import { unsupportedKey } from './usable-algorithms.ts';

export interface PrivateKey {
  readonly algorithm: KeyAlgorithm;
  readonly spki: Uint8Array;
  /** Signs by an algorithm of this key's kind, in line where that takes some 20 us only. */
  sign(algorithm: SignatureAlgorithm, data: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** The same over data in parts, of which no more than one is held at a time where the algorithm hashes them. */
  signParts(algorithm: SignatureAlgorithm, parts: Iterable<Uint8Array>): Promise<Uint8Array>;
  /** PKCS#8 in DER, for the caller to seal and to wipe. */
  export(): Buffer;
}

/** How many bytes are hashed at once: about 3 ms without an answer to anybody else. */
const hashedAtOnce = 4 * 1024 * 1024;

/**
 * The key in a PrivateKeyInfo in DER, from which nothing is kept. Throws INVALID_INPUT when it cannot be read,
 * UNSUPPORTED when it is of a kind that is not used here, or not known to this runtime.
 */
export async function readPrivateKey(pkcs8: Uint8Array): Promise<PrivateKey> {
  const secret = postQuantumSecret(pkcs8);
  if (secret && capabilities().algorithms[secret.algorithm] === 'library') return libraryKey(secret);
  return nativeKey(pkcs8);
}

function postQuantumSecret(pkcs8: Uint8Array): PostQuantumSecret | undefined {
  try {
    return readPostQuantumPkcs8(pkcs8);
  } catch {
    // The runtime, which knows more forms, says what it is.
    return undefined;
  }
}

function nativeKey(pkcs8: Uint8Array): PrivateKey {
  const key = importKey(pkcs8);
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const { algorithm, description } = describePublicKey(spki);
  if (algorithm === null || capabilities().algorithms[algorithm] !== 'native')
    throw unsupportedKey(description);
  return {
    algorithm,
    spki,
    sign: (signatureAlgorithm, data) => signNatively(key, signatureAlgorithm, data),
    signParts: async (signatureAlgorithm, parts) =>
      signatureHash(signatureAlgorithm) === null
        ? signNatively(key, signatureAlgorithm, Buffer.concat([...parts]))
        : signPartsNatively(key, signatureAlgorithm, parts),
    export: () => exportKey(key),
  };
}

function importKey(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({
      key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length),
      format: 'der',
      type: 'pkcs8',
    });
  } catch (cause) {
    throw invalid(cause);
  }
}

/** As the runtime writes it, but ML-DSA in one form, whatever it came in. */
function exportKey(key: KeyObject): Buffer {
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  const secret = postQuantumSecret(pkcs8);
  if (!secret) return pkcs8;
  const encoded = writePostQuantumPkcs8(secret);
  pkcs8.fill(0);
  return encoded;
}

/** What takes some 20 us is done here: the way to the thread pool and back would take longer. */
function signNatively(
  key: KeyObject,
  algorithm: SignatureAlgorithm,
  data: Uint8Array,
): Uint8Array | Promise<Uint8Array> {
  // The key itself and no object around it, which takes half the time of a signature to look through; DER is implied.
  if (algorithm === 'ecdsa-sha256') return sign('sha256', data, key);
  if (algorithm === 'ed25519') return sign(null, data, key);
  return new Promise((resolve, reject) => {
    sign(signatureHash(algorithm), data, signInput(key, algorithm), (error, signature) =>
      error ? reject(error) : resolve(signature),
    );
  });
}

function signInput(key: KeyObject, algorithm: SignatureAlgorithm) {
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return { key, dsaEncoding: 'der', ...(algorithm.startsWith('rsa-pss-') && pss) } as const;
}

/** Hashes part by part with a pause now and then; putting them together first would take longer than the hash. */
async function signPartsNatively(
  key: KeyObject,
  algorithm: SignatureAlgorithm,
  parts: Iterable<Uint8Array>,
): Promise<Uint8Array> {
  const signing = createSign(signatureHash(algorithm) ?? '');
  let hashed = 0;
  for (const part of parts) {
    signing.update(part);
    hashed += part.length;
    if (hashed < hashedAtOnce) continue;
    hashed = 0;
    await nextTurn();
  }
  return signing.sign(signInput(key, algorithm));
}

async function libraryKey(secret: PostQuantumSecret): Promise<PrivateKey> {
  const { algorithm } = secret;
  const { publicKey, secretKey } = await expand(secret);
  const seed = secret.seed && Uint8Array.from(secret.seed);
  return {
    algorithm,
    spki: encodePostQuantumKey(algorithm, publicKey),
    sign: (_, data) => makePostQuantumSignature(algorithm, secretKey, data),
    signParts: async (_, parts) => makePostQuantumSignature(algorithm, secretKey, Buffer.concat([...parts])),
    export: () => writePostQuantumPkcs8({ algorithm, ...(seed ? { seed } : { secretKey }) }),
  };
}

/** Both halves, in memory of their own; a seed and a key that do not belong together are refused (RFC 9881 section 8). */
async function expand({ algorithm, seed, secretKey }: PostQuantumSecret) {
  if (seed) {
    const pair = await makePostQuantumKey(algorithm, Uint8Array.from(seed));
    if (secretKey === undefined || sameBytes(secretKey, pair.secretKey)) return pair;
    throw invalid();
  }
  try {
    const own = Uint8Array.from(secretKey ?? []);
    return { publicKey: publicKeyOfPostQuantum(algorithm, own), secretKey: own };
  } catch (cause) {
    throw invalid(cause);
  }
}

function invalid(cause?: unknown): ChanceryError {
  return new ChanceryError({
    code: 'INVALID_INPUT',
    detail: 'The private key cannot be read.',
    hint: 'Give an unencrypted PKCS#8 key.',
    cause,
  });
}
