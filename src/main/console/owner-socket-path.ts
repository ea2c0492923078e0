import { realpathSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../crypto/index.ts';

/**
 * Where the owner's command line finds the instance of a data folder: in the runtime directory under a hash of
 * the folder's real path, since long paths do not fit a socket's address (about 100 bytes).
 */
export function ownerSocketPath(home: string): string {
  const name = sha256(realpathSync(home)).toString('hex').slice(0, 32);
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\chancery-${name}`
    : join(ownerSocketFolder(), `${name}.sock`);
}

/** The folder of the sockets, which only the owner may enter. */
export function ownerSocketFolder(): string {
  const runtime = process.env.XDG_RUNTIME_DIR;
  return runtime ? join(runtime, 'chancery') : join(tmpdir(), `chancery-${userInfo().uid}`);
}
