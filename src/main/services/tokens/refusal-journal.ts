import type { Clock } from '../rooms.ts';

const windowMs = 60_000;
/** How many refusals a minute are written down, of all callers together and of one address. */
const mostInAll = 60;
const mostOfAddress = 10;

/**
 * Decides which refused attempts are written into the audit record. Nobody may make it grow without bound by
 * guessing, so that of many in a minute some are only counted; the next that is written tells of how many.
 */
export class RefusalJournal {
  readonly #clock: Clock;
  #windowEndsAt = 0;
  #written = 0;
  #unwritten = 0;
  readonly #byAddress = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Null: only counted. Else it is to be written, with how many were not written since the last that was. */
  admit(address: string | null): { readonly unwritten: number } | null {
    const now = this.#clock().getTime();
    if (now >= this.#windowEndsAt) {
      this.#windowEndsAt = now + windowMs;
      this.#written = 0;
      this.#byAddress.clear();
    }
    const key = address ?? '';
    const ofAddress = this.#byAddress.get(key) ?? 0;
    if (this.#written >= mostInAll || ofAddress >= mostOfAddress) {
      this.#unwritten += 1;
      return null;
    }
    this.#written += 1;
    this.#byAddress.set(key, ofAddress + 1);
    const unwritten = this.#unwritten;
    this.#unwritten = 0;
    return { unwritten };
  }
}
