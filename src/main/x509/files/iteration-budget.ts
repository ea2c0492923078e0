/** Bounds the work that a foreign file can ask for by its iteration counts. */
import type { DerReader } from '../der/der-reader.ts';

export class IterationBudget {
  readonly #allowed: number;
  #left: number;

  /** @param allowed rounds for one file; what is asked for beyond them is refused. */
  constructor(allowed = 2_000_000) {
    this.#allowed = allowed;
    this.#left = allowed;
  }

  /** Takes iterations from what is left for the file; throws the reader's error when there are not as many. */
  spend(iterations: number, reader: DerReader): void {
    if (iterations < 1 || iterations > this.#left) {
      reader.fail(
        `it asks for ${iterations} rounds of key derivation, where ${this.#left} are left of ${this.#allowed}`,
      );
    }
    this.#left -= iterations;
  }
}
