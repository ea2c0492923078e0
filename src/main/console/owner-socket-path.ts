import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../crypto/index.ts';

/**
 * Where the owner's command line finds the instance of a data folder: in the runtime directory under a hash of
 * the folder's real path, since long paths do not fit a socket's address (about 100 bytes).
 */
export function ownerSocketPath(home: string): string {
  return isWindows ? pipePath(home) : join(ownerSocketFolder(), socketName(home));
}

/** The folder of the sockets, which only the owner may enter. */
export function ownerSocketFolder(): string {
  const runtime = process.env.XDG_RUNTIME_DIR;
  return runtime && existsSync(runtime) ? join(runtime, 'chancery') : temporaryFolder();
}

/**
 * The places where an instance may listen, which was perhaps started with another environment (by a service
 * manager, by sudo). Folders of somebody else are left out: who listens there would learn our tokens.
 */
export function ownerSocketPaths(home: string): string[] {
  if (isWindows) return [pipePath(home)];
  const folders = new Set([
    ownerSocketFolder(),
    temporaryFolder(),
    join('/run/user', String(userInfo().uid), 'chancery'),
  ]);
  const paths = [...folders].filter(isOwnFolder).map((folder) => join(folder, socketName(home)));
  return paths.filter((path) => existsSync(path));
}

/** Whether it is a folder of ours that nobody else can enter. */
export function isOwnFolder(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === userInfo().uid && (found.mode & 0o077) === 0;
}

const isWindows = process.platform === 'win32';

function temporaryFolder(): string {
  return join(tmpdir(), `chancery-${userInfo().uid}`);
}

function socketName(home: string): string {
  return `${hashOf(home)}.sock`;
}

function pipePath(home: string): string {
  return `\\\\.\\pipe\\chancery-${hashOf(home)}`;
}

function hashOf(home: string): string {
  return sha256(realpathSync(home)).toString('hex').slice(0, 32);
}
