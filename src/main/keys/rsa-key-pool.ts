/**
 * RSA keys made ahead, since making one takes from a tenth of a second to some. It fills when nothing was asked
 * of it for a while, and only with sizes that were asked for; what it has is wiped when the vault locks. It never
 * keeps the process alive but for the key that is being made.
 */
import type { KeyAlgorithm } from '../../shared/model/algorithms.ts';
import { type EncodedKeyPair, newKeyPair } from './key-pair.ts';
import type { Vault } from './vault.ts';

/** How many are kept. Those of 4096 bits are too slow to make for a process that is about to end. */
const sizes: ReadonlyMap<KeyAlgorithm, number> = new Map([
  ['rsa-2048', 8],
  ['rsa-3072', 4],
]);

const idleMs = 500;

export class RsaKeyPool {
  readonly #vault: Vault;
  readonly #make: typeof newKeyPair;
  readonly #pools = new Map<KeyAlgorithm, EncodedKeyPair[]>();
  #timer: NodeJS.Timeout | undefined;
  #isMaking = false;

  constructor(vault: Vault, make: typeof newKeyPair = newKeyPair) {
    this.#vault = vault;
    this.#make = make;
    vault.onLock(() => this.#wipe());
  }

  /** A new key: one made ahead where there is one. */
  async take(algorithm: KeyAlgorithm): Promise<EncodedKeyPair> {
    if (!sizes.has(algorithm)) return this.#make(algorithm);
    const pool = this.#pools.get(algorithm) ?? [];
    this.#pools.set(algorithm, pool);
    this.#fillLater();
    return pool.pop() ?? this.#make(algorithm);
  }

  /** How many keys of this kind lie ready. */
  ready(algorithm: KeyAlgorithm): number {
    return this.#pools.get(algorithm)?.length ?? 0;
  }

  #fillLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#fill(), idleMs);
    this.#timer.unref();
  }

  /** Makes one key of the first kind that lacks one, and comes again. */
  async #fill(): Promise<void> {
    const lacking = [...this.#pools].find(([one, pool]) => pool.length < (sizes.get(one) ?? 0));
    if (!lacking || this.#isMaking || !this.#vault.isOpen) return;
    const [algorithm, pool] = lacking;
    this.#isMaking = true;
    try {
      const pair = await this.#make(algorithm);
      // The vault may have been locked, and even opened again, in between: then this pool is no longer the one.
      if (this.#vault.isOpen && this.#pools.get(algorithm) === pool) pool.push(pair);
      else pair.pkcs8.fill(0);
    } catch {
      // Whoever needs the key will make it, and hear what is wrong.
      return;
    } finally {
      this.#isMaking = false;
    }
    if (this.#pools.size > 0) this.#fillLater();
  }

  #wipe(): void {
    clearTimeout(this.#timer);
    for (const { pkcs8 } of [...this.#pools.values()].flat()) pkcs8.fill(0);
    this.#pools.clear();
  }
}
