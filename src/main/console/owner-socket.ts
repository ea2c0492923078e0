import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { userInfo } from 'node:os';
import { ChanceryError } from '../../shared/errors.ts';
import type { Chancery } from '../chancery.ts';
import { nodeListener } from './node-listener.ts';
import { isOwnFolder, ownerSocketFolder, ownerSocketPath } from './owner-socket-path.ts';
import { listen, serverLimits, stop } from './server-limits.ts';

/**
 * Answers the owner's command line. Who can open the socket is the owner: its folder has mode 0700. A socket
 * that is already there is stale, since whoever holds the data folder is alone. Answers how to stop.
 */
export async function openOwnerSocket(chancery: Chancery): Promise<() => Promise<void>> {
  const path = ownerSocketPath(chancery.home);
  const isPipe = process.platform === 'win32';
  if (!isPipe) {
    requireOwnFolder(ownerSocketFolder());
    rmSync(path, { force: true });
  }
  const isServed = (authority: string | undefined) => authority === 'localhost';
  const server = createServer(
    serverLimits,
    nodeListener((request, door) => chancery.handle(request, door), 'command-line', isServed),
  );
  await listen(server, { path });
  if (!isPipe) chmodSync(path, 0o600);
  return () => stop(server);
}

/** Makes the folder, or refuses one that somebody else has put there. */
function requireOwnFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (found.isDirectory() && found.uid === userInfo().uid) chmodSync(folder, 0o700);
  if (isOwnFolder(folder)) return;
  throw new ChanceryError({
    code: 'CONFLICT',
    detail: `The folder ${folder} belongs to somebody else, so the command line's socket cannot be put there.`,
    hint: 'Set XDG_RUNTIME_DIR to a folder of your own.',
  });
}
