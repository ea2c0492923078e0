import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChanceryError } from '../../shared/errors.ts';
import { ownerSocketPaths } from '../console/owner-socket-path.ts';
import type { Door } from '../http/door.ts';

export interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Incoming {
  readonly status: number;
  readonly body: string;
}

/** How the command line reaches the services of a data folder. */
export interface Transport {
  send(outgoing: Outgoing): Promise<Incoming>;
  /** Opens the vault where that needs no person; the running instance has done so by itself. */
  unlockUnattended(): Promise<void>;
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly home: string;
  /** Whether the data folder may be made. */
  readonly makesHome: boolean;
  /** Whether the command means something where there is no data folder. */
  readonly doesWithoutHome?: boolean;
  readonly log: (line: string) => void;
}

const busyRetryMs = 100;
const busyTries = 50;

/**
 * Through the instance that runs on the data folder, else in this process. Another command line may hold the
 * folder for a moment, so it is tried for 5 s. Throws DATA_FOLDER_IN_USE, NOT_INITIALISED.
 */
export async function openTransport(options: TransportOptions): Promise<Transport> {
  for (let tries = 1; ; tries += 1) {
    const running = await socketTransport(options.home);
    if (running) return running;
    try {
      return await inProcessTransport(options);
    } catch (error) {
      const isBusy = error instanceof ChanceryError && error.code === 'DATA_FOLDER_IN_USE';
      if (!isBusy || tries === busyTries) throw error;
      await sleep(busyRetryMs);
    }
  }
}

async function socketTransport(home: string): Promise<Transport | null> {
  for (const socketPath of existsSync(home) ? ownerSocketPaths(home) : []) {
    const send = (outgoing: Outgoing) => sendOver(socketPath, outgoing);
    try {
      await send({ method: 'GET', path: '/healthz', headers: {}, body: null });
      return { send, unlockUnattended: async () => undefined, close: async () => undefined };
    } catch {
      // Nobody listens there any more.
    }
  }
  return null;
}

/** In an empty folder that is gone afterwards: for what looks at files and needs no data of ours. */
async function throwAwayTransport(options: TransportOptions): Promise<Transport> {
  const home = await mkdtemp(join(tmpdir(), 'chancery-'));
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    const transport = await inProcessTransport({ ...options, home, makesHome: true });
    return { ...transport, close: () => transport.close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

function sendOver(socketPath: string, { method, path, headers, body }: Outgoing): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = request(
      { socketPath, method, path, headers: { host: 'localhost', ...headers, ...length } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body ?? undefined);
  });
}

async function inProcessTransport(options: TransportOptions): Promise<Transport> {
  const { home, makesHome, log } = options;
  if (!makesHome && !existsSync(join(home, 'chancery.db'))) {
    if (options.doesWithoutHome) return throwAwayTransport(options);
    throw new ChanceryError({
      code: 'NOT_INITIALISED',
      detail: `There is nothing yet in the data folder ${home}.`,
      hint: 'Create it with "chancery init", or name another one with --home.',
    });
  }
  const { openChancery } = await import('../chancery.ts');
  const chancery = await openChancery({ home, log, scheduler: false, staticFolder: null });
  const door: Door = {
    kind: 'command-line',
    principal: 'owner',
    peer: { address: null, certificates: [] },
    signal: new AbortController().signal,
  };
  return {
    send: async ({ method, path, headers, body }) => {
      const answer = await chancery.handle(
        new Request(`https://localhost${path}`, { method, headers, body }),
        door,
      );
      return { status: answer.status, body: await answer.text() };
    },
    unlockUnattended: async () => {
      if (chancery.vaultState() === 'locked') await chancery.unlockUnattended();
    },
    close: () => chancery.close(),
  };
}
