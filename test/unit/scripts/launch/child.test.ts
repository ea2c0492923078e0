import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { isAlive, runChild } from '../../../../scripts/launch/child.mjs';
import { fromRoot } from '../../../../scripts/launch/root.mjs';

const childFile = pathToFileURL(fromRoot('scripts', 'launch', 'child.mjs')).href;
const waiting = 'process.stdout.write(process.pid + "\\n"); setInterval(() => {}, 1000);';
const launching = `import { runChild } from ${JSON.stringify(childFile)};
process.exitCode = await runChild(process.execPath, ['-e', ${JSON.stringify(waiting)}]);`;

/** A process that runs `waiting` as its child by runChild, under a shell when told so. */
async function launch(command: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const launcher = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const [line] = await once(createInterface(launcher.stdout), 'line');
  return { launcher, child: Number(line) };
}

describe('runChild', () => {
  it('answers the exit code of the program', async () => {
    expect(await runChild(process.execPath, ['-e', 'process.exit(7)'])).toBe(7);
  });

  it('answers 128 and the number of the signal that ended it, as shells do', async () => {
    expect(await runChild(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")'])).toBe(137);
  });

  it('fails where there is no such program', async () => {
    await expect(runChild('/no/such/program', [])).rejects.toThrow('ENOENT');
  });

  it('passes SIGTERM on and ends with the child', async () => {
    const { launcher, child } = await launch(process.execPath, ['--input-type=module', '-e', launching]);
    launcher.kill('SIGTERM');
    const [code] = await once(launcher, 'exit');
    expect(code).toBe(143);
    expect(isAlive(child)).toBe(false);
  });

  it.skipIf(process.platform !== 'linux')(
    'stops the child when npm is killed and only its shell is left',
    async () => {
      // The inner shell stays, as Debian's does under npm; the outer one plays npm.
      const script = `sh -c '"$NODE" --input-type=module -e "$LAUNCHING"; true' & wait`;
      const env = { NODE: process.execPath, LAUNCHING: launching, npm_lifecycle_event: 'start' };
      const { launcher, child } = await launch('sh', ['-c', script], env);
      launcher.kill('SIGKILL');
      await vi.waitFor(() => expect(isAlive(child)).toBe(false), { timeout: 20_000, interval: 50 });
    },
  );
});
