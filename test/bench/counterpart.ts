/** Programs of others that ours is measured against. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { output } from './issuing-server.ts';

/** Makes sure that the program runs: from Debian's package, where this is root; otherwise says what is missing. */
export function installed(program: string, probe: readonly string[], packageName: string): void {
  if (!spawnSync(program, probe).error) return;
  if (process.getuid?.() !== 0)
    throw new Error(`Debian's package ${packageName} is missing: apt-get install ${packageName}`);
  output('apt-get', ['install', '--yes', '--no-install-recommends', packageName]);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
