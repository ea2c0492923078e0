/** Verifies signatures of certificates and requests with public keys that may be hostile. */
import { constants, createPublicKey, type KeyObject, verify } from '../../crypto/index.ts';
import type { SignatureScheme } from './signature-algorithm.ts';
import { describePublicKey } from './subject-public-key.ts';

/** True when the signature is good; false when it is not or the key cannot have made it. Never throws. */
export function verifySignature(
  scheme: SignatureScheme,
  data: Uint8Array,
  signature: Uint8Array,
  spki: Uint8Array,
): boolean {
  const key = usableKey(spki);
  if (key === undefined || !scheme.keyTypes.includes(key.asymmetricKeyType ?? '')) return false;
  try {
    if (scheme.saltLength === undefined) return verify(scheme.hash, data, key, signature);
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return verify(scheme.hash, data, { key, padding, saltLength: scheme.saltLength }, signature);
  } catch {
    return false;
  }
}

/** The key for node:crypto, or undefined when it is malformed, not fit for use, or not a point of its curve. */
function usableKey(spki: Uint8Array): KeyObject | undefined {
  try {
    if (!describePublicKey(spki).isUsable) return undefined;
    return createPublicKey({
      key: Buffer.from(spki.buffer, spki.byteOffset, spki.length),
      format: 'der',
      type: 'spki',
    });
  } catch {
    return undefined;
  }
}
