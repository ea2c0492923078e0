import type { KeyAlgorithm, PostQuantumAlgorithm } from '../../shared/model/algorithms.ts';
import { isPostQuantum, keyAlgorithmFacts } from '../../shared/model/algorithms.ts';
import { generateKeyPair, makePostQuantumKey, randomBytes } from '../crypto/index.ts';
import { encodePostQuantumKey } from '../x509/index.ts';
import { readPostQuantumPkcs8, writePostQuantumPkcs8 } from './post-quantum-pkcs8.ts';
import { isInLibrary } from './usable-algorithms.ts';

/** Both halves of a key in DER: SubjectPublicKeyInfo (RFC 5280) and PrivateKeyInfo (RFC 5958). */
export interface EncodedKeyPair {
  readonly spki: Buffer;
  readonly pkcs8: Buffer;
}

const encodings = {
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
} as const;

/** A new key, generated off the main thread. Throws UNSUPPORTED where the runtime does not know the algorithm. */
export async function newKeyPair(algorithm: KeyAlgorithm): Promise<EncodedKeyPair> {
  if (isInLibrary(algorithm)) return generateByLibrary(algorithm);
  const pair = await generateNatively(algorithm);
  return isPostQuantum(algorithm) ? inOneForm(pair) : pair;
}

function generateNatively(algorithm: KeyAlgorithm): Promise<EncodedKeyPair> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, spki: Buffer, pkcs8: Buffer): void => {
      if (error) reject(error);
      else resolve({ spki, pkcs8 });
    };
    switch (algorithm) {
      case 'ecdsa-p256':
      case 'ecdsa-p384':
      case 'ecdsa-p521': {
        const namedCurve = algorithm.replace('ecdsa-p', 'P-');
        return generateKeyPair('ec', { namedCurve, paramEncoding: 'named', ...encodings }, done);
      }
      case 'rsa-2048':
      case 'rsa-3072':
      case 'rsa-4096': {
        const modulusLength = Number(algorithm.slice(4));
        return generateKeyPair('rsa', { modulusLength, publicExponent: 0x10001, ...encodings }, done);
      }
      // What is left is called the same by the runtime; its types have an overload for each family.
      case 'ed25519':
        return generateKeyPair(algorithm, encodings, done);
      case 'ed448':
        return generateKeyPair(algorithm, encodings, done);
      case 'ml-dsa-44':
      case 'ml-dsa-65':
      case 'ml-dsa-87':
        return generateKeyPair(algorithm, encodings, done);
      default:
        return generateKeyPair(algorithm, encodings, done);
    }
  });
}

/** ML-DSA by its seed alone, as every runtime reads it; OpenSSL adds the expanded key, 80 times as long. */
function inOneForm({ spki, pkcs8 }: EncodedKeyPair): EncodedKeyPair {
  const secret = readPostQuantumPkcs8(pkcs8);
  if (!secret) throw new Error('the runtime made a key of another kind');
  const encoded = writePostQuantumPkcs8(secret);
  pkcs8.fill(0);
  return { spki, pkcs8: encoded };
}

async function generateByLibrary(algorithm: PostQuantumAlgorithm): Promise<EncodedKeyPair> {
  const { family, securityBits } = keyAlgorithmFacts[algorithm];
  // FIPS 204 section 5.1: 32 bytes; FIPS 205 section 9.1: three times n.
  const seed = randomBytes(family === 'ml-dsa' ? 32 : (3 * securityBits) / 8);
  const { publicKey, secretKey } = await makePostQuantumKey(algorithm, seed);
  const pkcs8 = writePostQuantumPkcs8({ algorithm, ...(family === 'ml-dsa' ? { seed } : { secretKey }) });
  seed.fill(0);
  secretKey.fill(0);
  return { spki: Buffer.from(encodePostQuantumKey(algorithm, publicKey)), pkcs8 };
}
