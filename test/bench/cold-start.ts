import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fromRoot } from '../../scripts/launch/root.mjs';
import { largeStoreFolder } from './large-store.ts';
import { type BenchCase, lessIsBetter, median } from './result.ts';

const cli = fromRoot('out', 'main', 'cli.js');

/** Many times as long as `node -e 0` may the console take. */
const limit = 15;

/** From the start of the console on a large data folder to its first answer, against `node -e 0`. */
export const coldStart: BenchCase = {
  name: 'cold-start',
  measure: async ({ isQuick }) => {
    const home = await largeStoreFolder(isQuick ? 100_000 : 1_000_000);
    initialise(home);
    const runs = isQuick ? 3 : 15;
    const starts: number[] = [];
    const bare: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      bare.push(startBareNode());
      starts.push(await startConsole(home));
    }
    return lessIsBetter('ms', median(starts), median(bare) * limit, 1);
  },
};

/** Once for a folder that is kept. */
function initialise(home: string): void {
  if (existsSync(join(home, 'vault.key'))) return;
  for (const args of [['init', '--vault', 'file'], ['quickstart']]) {
    const run = spawnSync(process.execPath, [cli, ...args, '--home', home, '--json'], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`chancery ${args[0]} ended with ${run.status}: ${run.stderr}`);
  }
}

function startBareNode(): number {
  const begun = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - begun;
}

async function startConsole(home: string): Promise<number> {
  const begun = performance.now();
  const args = [cli, 'serve', '--home', home, '--port', '0'];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await once(createInterface(server.stdout), 'line');
    await answer(
      `${String(line).replace('listening on ', '')}/healthz`,
      readFileSync(join(home, 'tls', 'ca.pem')),
    );
    return performance.now() - begun;
  } finally {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  }
}

function answer(url: string, ca: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { ca, agent: false }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}.`));
      });
    }).once('error', reject);
  });
}
