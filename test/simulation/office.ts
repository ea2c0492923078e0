/** A data folder that lives through years: its clock is the simulation's, and it can be shut and opened again. */
import { buildRooms } from '../../src/main/build-rooms.ts';
import { watchAuthorities } from '../../src/main/services/alerts/watch-authorities.ts';
import { buildHandlers } from '../../src/main/services/build-handlers.ts';
import { systemContext } from '../../src/main/services/context.ts';
import type { Handlers } from '../../src/main/services/handlers.ts';
import { watchOrders } from '../../src/main/services/renewals/watch-orders.ts';
import type { Rooms } from '../../src/main/services/rooms.ts';
import { openStore } from '../../src/main/store/index.ts';

/** What a process that dies in the middle of a round looks like from within. */
class Crash extends Error {}

export class Office {
  readonly #home: string;
  #rooms: Rooms | undefined;
  #handlers: Handlers | undefined;
  /** Milliseconds since 1970. */
  now: number;
  #clockCallsLeft = Number.POSITIVE_INFINITY;

  constructor(home: string, now: number) {
    this.#home = home;
    this.now = now;
  }

  get rooms(): Rooms {
    if (!this.#rooms) throw new Error('The office is shut.');
    return this.#rooms;
  }

  get handlers(): Handlers {
    if (!this.#handlers) throw new Error('The office is shut.');
    return this.#handlers;
  }

  async open(): Promise<void> {
    const clock = () => {
      this.#clockCallsLeft -= 1;
      if (this.#clockCallsLeft < 0) throw new Crash();
      return new Date(this.now);
    };
    this.#rooms = buildRooms({ home: this.#home, clock }, await openStore(this.#home));
    this.#handlers = buildHandlers(this.#rooms, async () => undefined);
    const { state } = await this.#rooms.vault.status();
    if (state === 'locked') await this.#rooms.vault.unlock();
  }

  async shut(): Promise<void> {
    await this.rooms.store.close();
    this.#rooms = undefined;
  }

  /** What the scheduler does each minute. */
  async round(): Promise<void> {
    await watchOrders(this.rooms);
    await watchAuthorities(this.rooms);
  }

  /** A round that ends wherever it is after so many looks at the clock, and a new start. */
  async crash(clockCalls: number): Promise<void> {
    this.#clockCallsLeft = clockCalls;
    await this.round().catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
    });
    this.#clockCallsLeft = Number.POSITIVE_INFINITY;
    // What was on its way to the disk gets there; what was not is lost.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await this.shut();
    await this.open();
  }

  /** Whether the authority issues. */
  async setAuthority(status: 'active' | 'disabled'): Promise<void> {
    const sql = "update authorities set status = ? where slug = 'issuing'";
    await this.rooms.store.commit({ statements: [{ sql, parameters: [status], rows: 1 }], events: [] });
    this.rooms.authorities.refresh();
  }

  async begin(): Promise<void> {
    await this.open();
    await this.handlers['vault.initialise']({ vault: 'file' }, systemContext);
    await this.handlers['system.quickstart']({}, systemContext);
  }
}
