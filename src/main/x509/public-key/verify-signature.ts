/** Verifies signatures of certificates, requests and lists with public keys that may be hostile. */
import { isPostQuantum } from '../../../shared/model/algorithms.ts';
import {
  capabilities,
  constants,
  createPublicKey,
  type KeyObject,
  verify,
  verifyPostQuantum,
} from '../../crypto/index.ts';
import { writePem } from '../files/pem.ts';
import type { SignatureScheme } from './signature-algorithm.ts';
import { describePublicKey, type PublicKeyDescription, publicKeyBytes } from './subject-public-key.ts';

/**
 * True when the signature is good; false when it is not, the key cannot have made it, or neither the runtime
 * nor a library knows the algorithm. Throws INTERNAL before prepareCrypto where the library is needed, only.
 */
export function verifySignature(
  scheme: SignatureScheme,
  data: Uint8Array,
  signature: Uint8Array,
  spki: Uint8Array,
): boolean {
  const description = describe(spki);
  if (description === undefined) return false;
  const { algorithm } = description;
  const engine = algorithm === null ? 'native' : capabilities().algorithms[algorithm];
  if (engine === 'native') return verifyNatively(scheme, data, signature, spki);
  if (engine === 'none' || algorithm === null || !isPostQuantum(algorithm)) return false;
  return scheme.name === algorithm && verifyPostQuantum(algorithm, publicKeyBytes(spki), data, signature);
}

function verifyNatively(
  scheme: SignatureScheme,
  data: Uint8Array,
  signature: Uint8Array,
  spki: Uint8Array,
): boolean {
  try {
    const key = importKey(spki);
    if (!scheme.keyTypes.includes(key.asymmetricKeyType ?? '')) return false;
    if (scheme.saltLength === undefined) return verify(scheme.hash, data, key, signature);
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return verify(scheme.hash, data, { key, padding, saltLength: scheme.saltLength }, signature);
  } catch {
    return false;
  }
}

/** What the key is, or undefined when it is malformed or not fit for use. */
function describe(spki: Uint8Array): PublicKeyDescription | undefined {
  try {
    const description = describePublicKey(spki);
    return description.isUsable ? description : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Throws when the key is not one that the runtime knows, or not a point of its curve. It is given as text, since
 * Node looks through an object by exceptions, which take as long as half the verification.
 */
function importKey(spki: Uint8Array): KeyObject {
  return createPublicKey(writePem('PUBLIC KEY', spki));
}
