import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromRoot } from '../../scripts/launch/root.mjs';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** All that the README tells to type in its tour, on another port, as one script that stops at the first failure. */
async function tour(): Promise<string> {
  const readme = readFileSync(fromRoot('README.md'), 'utf8');
  const typed = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands]) => commands).join('\n');
  const stopAtTheEnd = "set -eu -o pipefail; trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT";
  return `${stopAtTheEnd}\n${typed.replaceAll('8443', String(await freePort()))}`;
}

describe.skipIf(process.platform === 'win32')("the README's tour", () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chancery-tour-'));
    symlinkSync(fromRoot('bin'), join(folder, 'bin'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('issues a certificate that openssl accepts, and refuses once it is revoked', async () => {
    const run = spawnSync('bash', ['-c', await tour()], { cwd: folder, encoding: 'utf8' });
    expect(run.status, run.stderr + run.stdout).toBe(0);
    const accepted = run.stdout.indexOf('tour/certificate.pem: OK');
    expect(accepted).toBeGreaterThan(run.stdout.indexOf('www.example.test'));
    expect(run.stdout.lastIndexOf('tour/certificate.pem: OK')).toBe(accepted);
    expect(run.stderr).toContain('certificate revoked');
  });
});
