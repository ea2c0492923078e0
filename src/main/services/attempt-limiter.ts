import { ChanceryError } from '../../shared/errors.ts';
import type { Clock } from './rooms.ts';

interface Attempts {
  failures: number;
  blockedUntil: number;
}

const freeFailures = 5;
const longestWaitMs = 60_000;
const maxTracked = 10_000;

/**
 * Slows guessing down: after five failures each further one doubles the wait, from a second to a minute. It
 * counts per name and address together, so that one who guesses does not lock out the one who knows.
 */
export class AttemptLimiter {
  readonly #clock: Clock;
  readonly #attempts = new Map<string, Attempts>();
  /** The last check that runs or waits, by key: checks follow one another, or many guesses at once would count late. */
  readonly #last = new Map<string, Promise<void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs the check; its failure counts, its success forgets. Throws RATE_LIMITED while one must wait. */
  attempt<T>(name: string, address: string | null, check: () => Promise<T>): Promise<T> {
    const key = `${name}\n${address ?? ''}`;
    const result = (this.#last.get(key) ?? Promise.resolve()).then(() => this.#check(key, check));
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(key, settled);
    void settled.then(() => {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    });
    return result;
  }

  async #check<T>(key: string, check: () => Promise<T>): Promise<T> {
    const now = this.#clock().getTime();
    const known = this.#attempts.get(key);
    if (known && known.blockedUntil > now) {
      const retryAfterSeconds = Math.ceil((known.blockedUntil - now) / 1000);
      throw new ChanceryError({
        code: 'RATE_LIMITED',
        detail: `Too many failed attempts; the next one is possible in ${retryAfterSeconds} s.`,
        data: { retryAfterSeconds },
      });
    }
    try {
      const result = await check();
      this.#attempts.delete(key);
      return result;
    } catch (error) {
      if (error instanceof ChanceryError && error.code === 'WRONG_CREDENTIALS') this.#count(key, now);
      throw error;
    }
  }

  #count(key: string, now: number): void {
    const attempts = this.#attempts.get(key) ?? { failures: 0, blockedUntil: 0 };
    attempts.failures += 1;
    const excess = attempts.failures - freeFailures;
    if (excess >= 0) attempts.blockedUntil = now + Math.min(1000 * 2 ** excess, longestWaitMs);
    this.#attempts.delete(key);
    this.#attempts.set(key, attempts);
    const [oldest] = this.#attempts.keys();
    if (this.#attempts.size > maxTracked && oldest !== undefined) this.#attempts.delete(oldest);
  }
}
