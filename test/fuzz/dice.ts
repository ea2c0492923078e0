/** Chance that can be thrown again: the same seed and number give the same throws on every machine. */
export class Dice {
  #state: number;

  /** @param index of the input within the run, so that each input can be made without those before it. */
  constructor(seed: number, index: number) {
    this.#state = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(index + 1, 0xc2b2_ae35);
    for (let round = 0; round < 4; round++) this.#next();
  }

  /** Mulberry32: 32 bits, good enough to spread mutations. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b_79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return (bits ^ (bits >>> 14)) >>> 0;
  }

  /** A whole number from 0 on, below the limit. */
  below(limit: number): number {
    return this.#next() % limit;
  }

  /** True once in so many throws. */
  onceIn(count: number): boolean {
    return this.below(count) === 0;
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('There is nothing to pick from.');
    return list[this.below(list.length)] as T;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.below(256));
  }
}
