import { ChanceryError } from '../../shared/errors.ts';
import {
  type KeyAlgorithm,
  keyAlgorithmFacts,
  type SignatureAlgorithm,
} from '../../shared/model/algorithms.ts';
import { schemeOf, verifySignature } from '../x509/index.ts';
import { type PrivateKey, readPrivateKey } from './private-key.ts';
import { RsaKeyPool } from './rsa-key-pool.ts';
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

const maxCachedKeys = 256;

const purposeOf = (keyId: string) => `key:${keyId}`;

/** Makes keys, signs with them, and is the only one to open them; what it has open is dropped when the vault locks. */
export class Signer {
  readonly #vault: Vault;
  readonly #source: SealedKeySource;
  readonly #pool: RsaKeyPool;
  readonly #cache = new Map<string, PrivateKey>();

  constructor({ vault, source }: { readonly vault: Vault; readonly source: SealedKeySource }) {
    this.#vault = vault;
    this.#source = source;
    this.#pool = new RsaKeyPool(vault);
    vault.onLock(() => this.#cache.clear());
  }

  /**
   * A new key for the caller to store, made off the main thread; RSA may take seconds. Throws LOCKED, and
   * UNSUPPORTED where this runtime does not know the algorithm.
   */
  async generate(keyId: string, algorithm: KeyAlgorithm): Promise<StoredKey> {
    this.#vault.requireOpen();
    const { spki, pkcs8 } = await this.#pool.take(algorithm);
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
    const key = await readPrivateKey(pkcs8);
    const { algorithm, spki } = key;
    const [signatureAlgorithm] = keyAlgorithmFacts[algorithm].signatureAlgorithms;
    const probe = Buffer.from(purposeOf(keyId));
    const signature = await key.sign(signatureAlgorithm, probe);
    if (!verifySignature(schemeOf(signatureAlgorithm), probe, signature, spki))
      throw new ChanceryError({
        code: 'INVALID_INPUT',
        detail: 'The halves of the key do not belong together.',
      });
    const encoded = key.export();
    try {
      return { keyId, algorithm, spki, sealed: this.#vault.seal(purposeOf(keyId), encoded) };
    } finally {
      encoded.fill(0);
    }
  }

  /**
   * The signature over the data, by the key's usual algorithm or the one given: ECDSA in DER (RFC 3279), PSS with
   * MGF1 of the same hash and a salt as long as it, Ed and post-quantum algorithms pure. Throws LOCKED, NOT_FOUND,
   * UNSUPPORTED for an algorithm that is not one of the key's.
   */
  async sign(keyId: string, data: Uint8Array, algorithm?: SignatureAlgorithm): Promise<Uint8Array> {
    const key = this.#cached(keyId) ?? (await this.#open(keyId));
    return key.sign(chosenAlgorithm(key, algorithm), data);
  }

  /** The same with a key that is not kept yet, or never will be, and is opened for this alone. */
  async signOnce(
    { keyId, sealed }: SealedKey,
    data: Uint8Array,
    algorithm?: SignatureAlgorithm,
  ): Promise<Uint8Array> {
    const pkcs8 = this.#vault.open(purposeOf(keyId), sealed);
    const key = await readPrivateKey(pkcs8).finally(() => pkcs8.fill(0));
    return key.sign(chosenAlgorithm(key, algorithm), data);
  }

  /** The same over data that is too large to be put together, in its parts. */
  async signParts(
    keyId: string,
    parts: Iterable<Uint8Array>,
    algorithm?: SignatureAlgorithm,
  ): Promise<Uint8Array> {
    const key = this.#cached(keyId) ?? (await this.#open(keyId));
    return key.signParts(chosenAlgorithm(key, algorithm), parts);
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

  #cached(keyId: string): PrivateKey | undefined {
    const key = this.#cache.get(keyId);
    if (!key) return undefined;
    // Last in the map is used last; the first one goes when it is full.
    this.#cache.delete(keyId);
    this.#cache.set(keyId, key);
    return key;
  }

  async #open(keyId: string): Promise<PrivateKey> {
    const stored = await this.#source.load(keyId);
    if (!stored) throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no key '${keyId}'.` });
    const pkcs8 = this.#vault.open(purposeOf(keyId), stored.sealed);
    const key = await readPrivateKey(pkcs8).finally(() => pkcs8.fill(0));
    // The vault may have been locked meanwhile.
    this.#vault.requireOpen();
    this.#cache.set(keyId, key);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > maxCachedKeys && oldest !== undefined) this.#cache.delete(oldest);
    return key;
  }
}

function chosenAlgorithm(key: PrivateKey, algorithm: SignatureAlgorithm | undefined): SignatureAlgorithm {
  const { label, signatureAlgorithms } = keyAlgorithmFacts[key.algorithm];
  if (algorithm !== undefined && !signatureAlgorithms.includes(algorithm))
    throw new ChanceryError({
      code: 'UNSUPPORTED',
      detail: `A key of ${label} does not sign with ${algorithm}.`,
      hint: `It signs with ${signatureAlgorithms.join(', ')}.`,
    });
  return algorithm ?? signatureAlgorithms[0];
}

/** Textual encoding of RFC 7468 section 2, lines of 64 characters. */
function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
