/** What one validation may cost. Paths can be built so that a search never ends; this ends it. */
export class WorkBudget {
  #steps: number;
  #signatures: number;
  #isSpent = false;

  /** @param signatures verifications at some 0.1 ms each; the steps of the search are cheap beside them. */
  constructor(signatures = 1000, steps = 20_000) {
    this.#signatures = signatures;
    this.#steps = steps;
  }

  /** Whether something was refused because of the budget. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  takeStep(): boolean {
    this.#steps--;
    return this.#check(this.#steps);
  }

  takeSignature(): boolean {
    this.#signatures--;
    return this.#check(this.#signatures);
  }

  #check(left: number): boolean {
    if (left < 0) this.#isSpent = true;
    return left >= 0;
  }
}
