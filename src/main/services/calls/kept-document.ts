import { ChanceryError } from '../../../shared/errors.ts';
import type { Clock } from '../rooms.ts';

export interface KeptDocumentOptions<T> {
  readonly load: () => Promise<T>;
  readonly clock: Clock;
  /** Until when nobody asks again. */
  readonly freshMs: number;
  /** Until when it is believed while the other side does not answer. */
  readonly staleMs: number;
}

const firstWaitMs = 5_000;
const longestWaitMs = 300_000;
const leastBetweenRenewalsMs = 30_000;

/**
 * What another side publishes, kept: it is asked for once, however many want it, again when it has become old, and
 * ever more rarely while the other side is down. Meanwhile what was known goes on being used, for a while.
 */
export class KeptDocument<T> {
  readonly #options: KeptDocumentOptions<T>;
  #kept: { readonly value: T; readonly loadedAt: number } | undefined;
  #loading: Promise<T> | undefined;
  #failures = 0;
  #failure: unknown;
  #retryAt = 0;

  constructor(options: KeptDocumentOptions<T>) {
    this.#options = options;
  }

  /** Throws PROVIDER_UNAVAILABLE, at once while it is known to be down. */
  async get(): Promise<T> {
    const { clock, freshMs, staleMs } = this.#options;
    const now = clock().getTime();
    const ageMs = this.#kept ? now - this.#kept.loadedAt : Number.POSITIVE_INFINITY;
    if (this.#kept && ageMs < freshMs) return this.#kept.value;
    if (now < this.#retryAt) {
      if (this.#kept && ageMs < staleMs) return this.#kept.value;
      throw this.#failure;
    }
    try {
      return await this.#load();
    } catch (error) {
      if (this.#kept && ageMs < staleMs) return this.#kept.value;
      throw error;
    }
  }

  /** Asks again for something that the kept one lacks, though not more often than every half a minute. */
  async renew(): Promise<T> {
    const now = this.#options.clock().getTime();
    const isRecent = this.#kept !== undefined && now - this.#kept.loadedAt < leastBetweenRenewalsMs;
    if (isRecent || now < this.#retryAt) return this.get();
    return this.#load().catch((error: unknown) => {
      if (this.#kept) return this.#kept.value;
      throw error;
    });
  }

  #load(): Promise<T> {
    this.#loading ??= this.#options
      .load()
      .then(
        (value) => {
          this.#kept = { value, loadedAt: this.#options.clock().getTime() };
          this.#failures = 0;
          this.#retryAt = 0;
          return value;
        },
        (error: unknown) => {
          this.#failures += 1;
          const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (this.#failures - 1));
          this.#retryAt = this.#options.clock().getTime() + waitMs;
          this.#failure = asUnavailable(error);
          throw this.#failure;
        },
      )
      .finally(() => {
        this.#loading = undefined;
      });
    return this.#loading;
  }
}

function asUnavailable(error: unknown): ChanceryError {
  if (error instanceof ChanceryError) return error;
  return new ChanceryError({
    code: 'PROVIDER_UNAVAILABLE',
    detail: 'The other side answered something that cannot be used.',
    cause: error,
  });
}
