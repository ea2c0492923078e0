import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const script = join(import.meta.dirname, '../support/with-keyring.sh');
const steps = join(import.meta.dirname, '../support/keychain-steps.ts');

const missing = ['gnome-keyring-daemon', 'dbus-run-session'].filter(
  (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0,
);
if (missing.length > 0)
  process.stdout.write(`skipped: the keychain tests need ${missing.join(' and ')} (gnome-keyring, dbus)\n`);

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'keyring-'));
});
afterEach(() => rm(home, { recursive: true }));

/** One step in a session of its own; the keyring's files last from one to the next. */
async function inSession(state: 'unlocked' | 'locked', ...step: string[]): Promise<unknown> {
  const env = { ...process.env, KEYRING_HOME: home };
  const { stdout } = await run('sh', [script, state, process.execPath, steps, ...step], {
    env,
    timeout: 50_000,
  });
  return JSON.parse(stdout);
}

describe.skipIf(missing.length > 0)('the keychain of the operating system', () => {
  it('keeps, replaces and forgets a secret', async () => {
    expect(await inSession('unlocked', 'get', 'account')).toEqual({ value: null });
    await inSession('unlocked', 'set', 'account', 'first');
    await inSession('unlocked', 'set', 'account', 'sécond');
    expect(await inSession('unlocked', 'get', 'account')).toEqual({ value: 'sécond' });
    expect(await inSession('unlocked', 'get', 'other')).toEqual({ value: null });
    await inSession('unlocked', 'delete', 'account');
    await inSession('unlocked', 'delete', 'account');
    expect(await inSession('unlocked', 'get', 'account')).toEqual({ value: null });
  });

  it('opens a vault again after the end of the session', async () => {
    const file = join(home, 'vault.json');
    expect(await inSession('unlocked', 'make', file)).toEqual({ value: { hasRecoveryKey: true } });
    expect(await inSession('unlocked', 'open', file)).toEqual({ value: 'kept' });
  });

  it('says when it has no unlocked collection, for a new vault and for an old one', async () => {
    const locked = {
      code: 'KEYCHAIN_UNAVAILABLE',
      detail: expect.stringMatching(/no unlocked collection/),
      hint: expect.stringMatching(/recovery key/),
    };
    const file = join(home, 'vault.json');
    expect(await inSession('locked', 'make', file)).toEqual(locked);
    await inSession('unlocked', 'make', file);
    expect(await inSession('locked', 'open', file)).toEqual(locked);
  });
});

describe.runIf(process.platform === 'linux')('without a D-Bus session', () => {
  it.each(['get', 'set', 'delete', 'make'])(
    'says so on %s instead of keeping secrets in memory',
    async (step) => {
      const env = { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home };
      const { stdout } = await run(process.execPath, [steps, step, join(home, 'x'), 'y'], { env });
      expect(JSON.parse(stdout)).toEqual({
        code: 'KEYCHAIN_UNAVAILABLE',
        detail: expect.stringMatching(/no D-Bus session/),
        hint: expect.stringMatching(/recovery key/),
      });
    },
  );
});
