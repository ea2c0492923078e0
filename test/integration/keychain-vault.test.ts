/** A vault in the keychain, through the command line: what opens it, and what does where the keychain is gone. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askChancery, runChancery, startConsole } from '../support/chancery-process.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('keychain-vault');
const withKeyring = join(import.meta.dirname, '../support/with-keyring.sh');
const program = join(import.meta.dirname, '../../out/main/cli.js');
const missing = ['gnome-keyring-daemon', 'dbus-run-session'].filter(
  (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0,
);
if (missing.length > 0) process.stdout.write(`skipped: a keychain vault needs ${missing.join(' and ')}\n`);

describe.skipIf(missing.length > 0)('a vault in the keychain', () => {
  it('opens by the keychain, says what else opens it without, and opens by the recovery key', async () => {
    const home = join(folder, 'home');
    const env = { KEYRING_HOME: join(folder, 'keyring') };
    const inSession = (...args: string[]) =>
      runProgram(
        'sh',
        [withKeyring, 'unlocked', process.execPath, program, ...args, '--home', home, '--json'],
        { env },
      );

    const created = await inSession('init', '--vault', 'keychain');
    expect(created.code, created.stderr).toBe(0);
    const { recoveryKey } = JSON.parse(created.stdout) as { recoveryKey: string };
    expect((await inSession('quickstart')).code).toBe(0);
    expect((await inSession('authorities', 'list')).stdout).toContain('issuing');

    const outside = await runChancery(home, ['certificates', 'list']);
    expect(outside.code).toBe(3);
    expect(outside.stderr).toMatch(/recovery-key-file/);

    const running = await startConsole(home);
    try {
      const keyFile = join(folder, 'recovery');
      writeFileSync(keyFile, `${recoveryKey}\n`, { mode: 0o600 });
      const wrong = join(folder, 'wrong');
      writeFileSync(wrong, '0000-0000-0000-0000-0000-0000-0000-0000-0\n', { mode: 0o600 });
      expect((await runChancery(home, ['vault', 'unlock', '--recovery-key-file', wrong])).code).toBe(4);
      expect((await runChancery(home, ['vault', 'unlock', '--recovery-key-file', keyFile])).code).toBe(0);
      const { items } = await askChancery<{ items: object[] }>(home, ['authorities', 'list']);
      expect(items).toHaveLength(2);
    } finally {
      expect(await running.stop()).toBe(0);
    }
  });
});
