import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildRooms } from '../../src/main/build-rooms.ts';
import { buildHandlers } from '../../src/main/services/build-handlers.ts';
import { systemContext } from '../../src/main/services/context.ts';
import type { Handlers } from '../../src/main/services/handlers.ts';
import type { Rooms } from '../../src/main/services/rooms.ts';
import { openStore } from '../../src/main/store/index.ts';

/** The services over a real data folder with the quick start's set, without the doors around them. */
export interface Office {
  readonly rooms: Rooms;
  readonly handlers: Handlers;
}

/** Gives the work an office of its own, and clears it away afterwards. */
export async function inOffice<T>(work: (office: Office) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'chancery-bench-'));
  const rooms = buildRooms({ home }, await openStore(home));
  try {
    const handlers = buildHandlers(rooms, async () => undefined);
    await handlers['vault.initialise']({ vault: 'file' }, systemContext);
    await handlers['system.quickstart']({}, systemContext);
    return await work({ rooms, handlers });
  } finally {
    await rooms.store.close();
    rmSync(home, { recursive: true, force: true });
  }
}
