import { createPrivateKey, type KeyObject, sign } from '../crypto/index.ts';
import { newKeyPair } from './key-pair.ts';
import type { Signer, StoredKey } from './signer.ts';

/** A P-256 key that lives in memory only: for the listener's certificate where the vault is not there or locked. */
export class DraftKey {
  readonly algorithm = 'ecdsa-p256' as const;
  readonly spki: Uint8Array;
  readonly #key: KeyObject;

  private constructor(spki: Uint8Array, key: KeyObject) {
    this.spki = spki;
    this.#key = key;
  }

  static async generate(): Promise<DraftKey> {
    const { spki, pkcs8 } = await newKeyPair('ecdsa-p256');
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    pkcs8.fill(0);
    return new DraftKey(spki, key);
  }

  /** ECDSA in DER with SHA-256. */
  sign(data: Uint8Array): Uint8Array {
    return sign('sha256', data, { key: this.#key, dsaEncoding: 'der' });
  }

  /** PKCS#8 in PEM, for the TLS listener of this process. */
  toPem(): string {
    return this.#key.export({ type: 'pkcs8', format: 'pem' }) as string;
  }

  /** The key sealed by the vault, which must be open, for the caller to store. Throws LOCKED. */
  async sealWith(signer: Signer, keyId: string): Promise<StoredKey> {
    const pkcs8 = this.#key.export({ type: 'pkcs8', format: 'der' });
    try {
      return await signer.adopt(keyId, pkcs8);
    } finally {
      pkcs8.fill(0);
    }
  }
}
