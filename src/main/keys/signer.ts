import { ChanceryError } from '../../shared/errors.ts';
import type { KeyAlgorithm } from '../../shared/model/algorithms.ts';
import { createPublicKey, type KeyObject, sign, verify } from '../crypto/index.ts';
import { encryptPkcs8 } from './encrypted-pkcs8.ts';
import { algorithmOf, newKeyPair, readPrivateKey } from './key-pair.ts';
import { requirePassphrase } from './passphrase.ts';
import type { Vault } from './vault.ts';

/** Where sealed keys are kept. */
export interface SealedKeySource {
  load(keyId: string): Promise<{ readonly algorithm: KeyAlgorithm; readonly sealed: Uint8Array } | undefined>;
}

/** A key to be stored: its public half as SubjectPublicKeyInfo in DER, its private half sealed. */
export interface StoredKey {
  readonly keyId: string;
  readonly algorithm: KeyAlgorithm;
  readonly spki: Uint8Array;
  readonly sealed: Uint8Array;
}

export interface SealedKey {
  readonly keyId: string;
  readonly sealed: Uint8Array;
}

interface UsableKey {
  readonly algorithm: KeyAlgorithm;
  readonly key: KeyObject;
}

const maxCachedKeys = 256;

/** Ed25519 hashes by itself (RFC 8032). */
const hashes: Readonly<Record<KeyAlgorithm, 'sha256' | 'sha384' | null>> = {
  'ecdsa-p256': 'sha256',
  'ecdsa-p384': 'sha384',
  ed25519: null,
  'rsa-2048': 'sha256',
  'rsa-3072': 'sha256',
  'rsa-4096': 'sha256',
};

const purposeOf = (keyId: string) => `key:${keyId}`;

/** Makes keys, signs with them, and is the only one to open them; what it has open is dropped when the vault locks. */
export class Signer {
  readonly #vault: Vault;
  readonly #source: SealedKeySource;
  readonly #cache = new Map<string, UsableKey>();

  constructor({ vault, source }: { readonly vault: Vault; readonly source: SealedKeySource }) {
    this.#vault = vault;
    this.#source = source;
    vault.onLock(() => this.#cache.clear());
  }

  /** A new key for the caller to store; throws LOCKED. RSA may take seconds, on the thread pool. */
  async generate(keyId: string, algorithm: KeyAlgorithm): Promise<StoredKey> {
    this.#vault.requireOpen();
    const { spki, pkcs8 } = await newKeyPair(algorithm);
    try {
      return { keyId, algorithm, spki, sealed: this.#vault.seal(purposeOf(keyId), pkcs8) };
    } finally {
      pkcs8.fill(0);
    }
  }

  /**
   * An imported key (PKCS#8 in DER) for the caller to store, after it has proved that its halves belong together.
   * Throws LOCKED, UNSUPPORTED for an algorithm that is not used here, INVALID_INPUT when it cannot be used.
   */
  async adopt(keyId: string, pkcs8: Uint8Array): Promise<StoredKey> {
    const key = readPrivateKey(pkcs8);
    const algorithm = algorithmOf(key);
    const publicKey = createPublicKey(key);
    const probe = Buffer.from(purposeOf(keyId));
    if (!verify(hashes[algorithm], probe, publicKey, await signWith({ algorithm, key }, probe)))
      throw new ChanceryError({
        code: 'INVALID_INPUT',
        detail: 'The halves of the key do not belong together.',
      });
    const encoded = key.export({ type: 'pkcs8', format: 'der' });
    try {
      return {
        keyId,
        algorithm,
        spki: publicKey.export({ type: 'spki', format: 'der' }),
        sealed: this.#vault.seal(purposeOf(keyId), encoded),
      };
    } finally {
      encoded.fill(0);
    }
  }

  /**
   * The signature over the data: ECDSA in DER (RFC 3279) with SHA-256 for P-256 and SHA-384 for P-384, RSA with
   * PKCS#1 v1.5 and SHA-256, Ed25519 pure. Throws LOCKED, NOT_FOUND.
   */
  async sign(keyId: string, data: Uint8Array): Promise<Uint8Array> {
    return signWith(await this.#usable(keyId), data);
  }

  /** A private key as PKCS#8 in the clear: the one exit for keys, for the caller to answer for. Throws LOCKED. */
  exportPrivateKey(sealedKey: SealedKey, format: 'pkcs8-pem'): string;
  exportPrivateKey(sealedKey: SealedKey, format: 'pkcs8-der'): Uint8Array;
  exportPrivateKey(sealedKey: SealedKey, format: 'pkcs8-pem' | 'pkcs8-der'): string | Uint8Array {
    const pkcs8 = this.#vault.open(purposeOf(sealedKey.keyId), sealedKey.sealed);
    if (format === 'pkcs8-der') return pkcs8;
    const text = pem('PRIVATE KEY', pkcs8);
    pkcs8.fill(0);
    return text;
  }

  /**
   * A private key as PKCS#8 encrypted by PBES2 with AES-256-CBC; throws LOCKED, and INVALID_INPUT unless the
   * passphrase has 8 to 1024 characters. It is used as it is given, in UTF-8, as other programs do.
   */
  exportEncryptedPrivateKey(sealedKey: SealedKey, format: 'pkcs8-pem', passphrase: string): Promise<string>;
  exportEncryptedPrivateKey(
    sealedKey: SealedKey,
    format: 'pkcs8-der',
    passphrase: string,
  ): Promise<Uint8Array>;
  async exportEncryptedPrivateKey(
    sealedKey: SealedKey,
    format: 'pkcs8-pem' | 'pkcs8-der',
    passphrase: string,
  ): Promise<string | Uint8Array> {
    requirePassphrase(passphrase);
    const pkcs8 = this.#vault.open(purposeOf(sealedKey.keyId), sealedKey.sealed);
    const encrypted = await encryptPkcs8(pkcs8, passphrase).finally(() => pkcs8.fill(0));
    return format === 'pkcs8-der' ? encrypted : pem('ENCRYPTED PRIVATE KEY', encrypted);
  }

  async #usable(keyId: string): Promise<UsableKey> {
    const cached = this.#cache.get(keyId);
    if (cached) {
      // Last in the map is used last; the first one goes when it is full.
      this.#cache.delete(keyId);
      this.#cache.set(keyId, cached);
      return cached;
    }
    const stored = await this.#source.load(keyId);
    if (!stored) throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no key '${keyId}'.` });
    const pkcs8 = this.#vault.open(purposeOf(keyId), stored.sealed);
    const usable = { algorithm: stored.algorithm, key: readPrivateKey(pkcs8) };
    pkcs8.fill(0);
    this.#cache.set(keyId, usable);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > maxCachedKeys && oldest !== undefined) this.#cache.delete(oldest);
    return usable;
  }
}

/** P-256 and Ed25519 take some 20 us, less than a way to the thread pool and back; the others take milliseconds. */
async function signWith({ algorithm, key }: UsableKey, data: Uint8Array): Promise<Uint8Array> {
  const hash = hashes[algorithm];
  const input = { key, dsaEncoding: 'der' } as const;
  if (algorithm === 'ecdsa-p256' || algorithm === 'ed25519') return sign(hash, data, input);
  return new Promise((resolve, reject) => {
    sign(hash, data, input, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

/** Textual encoding of RFC 7468 section 2, lines of 64 characters. */
function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
