/** Bounds the work that a foreign file can ask for by its iteration counts. */
import type { DerReader } from '../der/der-reader.ts';

const maxIterations = 2_000_000;

export class IterationBudget {
  #left = maxIterations;

  /** Takes iterations from what is left for the file; throws the reader's error when there are not as many. */
  spend(iterations: number, reader: DerReader): void {
    if (iterations < 1 || iterations > this.#left) {
      reader.fail(
        `it asks for ${iterations} rounds of key derivation, where ${this.#left} are left of ${maxIterations}`,
      );
    }
    this.#left -= iterations;
  }
}
