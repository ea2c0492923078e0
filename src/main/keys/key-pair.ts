import { ChanceryError } from '../../shared/errors.ts';
import type { KeyAlgorithm } from '../../shared/model/algorithms.ts';
import { createPrivateKey, generateKeyPair, type KeyObject } from '../crypto/index.ts';

/** Both halves of a key in DER: SubjectPublicKeyInfo (RFC 5280) and PrivateKeyInfo (RFC 5958). */
export interface EncodedKeyPair {
  readonly spki: Buffer;
  readonly pkcs8: Buffer;
}

const encodings = {
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
} as const;

/** A new key, generated on the thread pool. */
export function newKeyPair(algorithm: KeyAlgorithm): Promise<EncodedKeyPair> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, spki: Buffer, pkcs8: Buffer): void => {
      if (error) reject(error);
      else resolve({ spki, pkcs8 });
    };
    const rsa = (modulusLength: number) =>
      generateKeyPair('rsa', { modulusLength, publicExponent: 0x10001, ...encodings }, done);
    switch (algorithm) {
      case 'ecdsa-p256':
        return generateKeyPair('ec', { namedCurve: 'P-256', paramEncoding: 'named', ...encodings }, done);
      case 'ecdsa-p384':
        return generateKeyPair('ec', { namedCurve: 'P-384', paramEncoding: 'named', ...encodings }, done);
      case 'ed25519':
        return generateKeyPair('ed25519', encodings, done);
      case 'rsa-2048':
        return rsa(2048);
      case 'rsa-3072':
        return rsa(3072);
      case 'rsa-4096':
        return rsa(4096);
    }
  });
}

/** The key in a PrivateKeyInfo in DER; throws INVALID_INPUT when it cannot be read. */
export function readPrivateKey(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({
      key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length),
      format: 'der',
      type: 'pkcs8',
    });
  } catch (cause) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'The private key cannot be read.',
      hint: 'Give an unencrypted PKCS#8 key.',
      cause,
    });
  }
}

/** The algorithm of a key; throws UNSUPPORTED when it is none of those that are used here. */
export function algorithmOf(key: KeyObject): KeyAlgorithm {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  switch (`${key.asymmetricKeyType}:${modulusLength ?? namedCurve ?? ''}`) {
    case 'ec:prime256v1':
      return 'ecdsa-p256';
    case 'ec:secp384r1':
      return 'ecdsa-p384';
    case 'ed25519:':
      return 'ed25519';
    case 'rsa:2048':
      return 'rsa-2048';
    case 'rsa:3072':
      return 'rsa-3072';
    case 'rsa:4096':
      return 'rsa-4096';
    default:
      throw new ChanceryError({
        code: 'UNSUPPORTED',
        detail: `A key of this kind (${key.asymmetricKeyType} ${modulusLength ?? namedCurve ?? ''}) is not supported.`,
        hint: 'Supported are ECDSA P-256 and P-384, Ed25519, and RSA with 2048, 3072 or 4096 bits.',
      });
  }
}
