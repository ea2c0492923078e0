import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Keychain } from '../../../../src/main/keys/keychain.ts';
import { Vault } from '../../../../src/main/keys/vault.ts';
import type { VaultMethod, VaultWrapping } from '../../../../src/main/keys/vault-wrapping.ts';

let folder: string;
let stored: VaultWrapping[];
/** A keychain of another kind, not a stand-in for the operating system's, which has its own test. */
let entries: Map<string, string>;

const keychain: Keychain = {
  set: async (account, secret) => void entries.set(account, secret),
  get: async (account) => entries.get(account) ?? null,
  delete: async (account) => void entries.delete(account),
};

const keyFilePath = () => join(folder, 'vault.key');
const newVault = () =>
  new Vault({ records: { load: async () => stored }, keychain, keyFilePath: keyFilePath() });

async function initialise(
  vault: Vault,
  method: VaultMethod,
  passphrase?: string,
): Promise<string | undefined> {
  const prepared = await vault.prepare(method, passphrase);
  stored = [...prepared.wrappings];
  prepared.activate();
  return prepared.recoveryKey;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vault-'));
  stored = [];
  entries = new Map();
});
afterEach(() => rm(folder, { recursive: true }));

const passphrase = 'correct horse battery';
const secrets: Record<VaultMethod, string | undefined> = { passphrase, file: undefined, keychain: undefined };

describe.each(['passphrase', 'file', 'keychain'] as const)('a vault by %s', (method) => {
  it('opens what it sealed after being locked and in another process', async () => {
    const first = newVault();
    expect(await first.status()).toEqual({ state: 'uninitialised', method: null });
    await initialise(first, method, secrets[method]);
    expect(await first.status()).toEqual({ state: 'open', method });
    const sealed = first.seal('p', Buffer.from('x'));

    const second = newVault();
    expect(await second.status()).toEqual({ state: 'locked', method });
    await second.unlock({ passphrase: secrets[method] });
    expect(Buffer.from(second.open('p', sealed)).toString()).toBe('x');

    first.lock();
    expect(() => first.open('p', sealed)).toThrow(expect.objectContaining({ code: 'LOCKED' }));
    expect(() => first.seal('p', sealed)).toThrow(expect.objectContaining({ code: 'LOCKED' }));
  });

  it('keeps no secret in its parameters and nothing outside when discarded', async () => {
    const prepared = await newVault().prepare(method, secrets[method]);
    for (const { parameters } of prepared.wrappings) {
      for (const secret of [passphrase, ...entries.values()]) expect(parameters).not.toContain(secret);
    }
    await prepared.discard();
    expect(entries.size).toBe(0);
    await expect(stat(keyFilePath())).rejects.toMatchObject({ code: 'ENOENT' });
    expect(() => prepared.activate()).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
    expect(await newVault().status()).toEqual({ state: 'uninitialised', method: null });
  });

  it('is made only once', async () => {
    await initialise(newVault(), method, secrets[method]);
    await expect(newVault().prepare(method, secrets[method])).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('does not open when its parameters were changed', async () => {
    await initialise(newVault(), method, secrets[method]);
    stored = stored.map((wrapping) => ({ ...wrapping, parameters: wrapping.parameters.replace('{', '{ ') }));
    await expect(newVault().unlock({ passphrase: secrets[method] })).rejects.toMatchObject({
      code: { passphrase: 'WRONG_CREDENTIALS', file: 'LOCKED', keychain: 'KEYCHAIN_UNAVAILABLE' }[method],
    });
  });

  it('is as if it had never been when it is discarded after it was activated', async () => {
    const vault = newVault();
    const prepared = await vault.prepare(method, secrets[method]);
    prepared.activate();
    await prepared.discard();
    expect(vault.isOpen).toBe(false);
    const again = await vault.prepare(method, secrets[method]);
    await again.discard();
  });
});

describe('the passphrase', () => {
  it.each([undefined, '', 'seven77', 'x'.repeat(1025), '\u0041\u030a'.repeat(4)])(
    'of a new vault may not be %j',
    async (text) => {
      await expect(newVault().prepare('passphrase', text)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    },
  );

  it.each(['correct horse batter', 'short', '', 'x'.repeat(100_000)])(
    'is refused when wrong (%#)',
    async (wrong) => {
      await initialise(newVault(), 'passphrase', passphrase);
      await expect(newVault().unlock({ passphrase: wrong })).rejects.toMatchObject({
        code: 'WRONG_CREDENTIALS',
      });
    },
  );

  it('is asked for when it is missing', async () => {
    await initialise(newVault(), 'passphrase', passphrase);
    await expect(newVault().unlock()).rejects.toMatchObject({ code: 'LOCKED', hint: 'Give the passphrase.' });
  });

  it('is the same however a keyboard composes it', async () => {
    await initialise(newVault(), 'passphrase', 'Stra\u00dfe M\u00fcller');
    await newVault().unlock({ passphrase: 'Stra\u00dfe Mu\u0308ller' });
  });

  it('is checked even when the vault is open, and leaves it open', async () => {
    const vault = newVault();
    await initialise(vault, 'passphrase', passphrase);
    await expect(vault.unlock({ passphrase: 'wrong wrong wrong' })).rejects.toMatchObject({
      code: 'WRONG_CREDENTIALS',
    });
    await vault.unlock({ passphrase });
    expect(vault.isOpen).toBe(true);
  });

  it('cannot be made to cost all memory by altered records', async () => {
    await initialise(newVault(), 'passphrase', passphrase);
    stored = stored.map((wrapping) => ({
      ...wrapping,
      parameters: wrapping.parameters.replace('131072', '1073741824'),
    }));
    await expect(newVault().unlock({ passphrase })).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('the key file', () => {
  it('is readable by its owner alone', async () => {
    await initialise(newVault(), 'file');
    expect((await stat(keyFilePath())).mode & 0o777).toBe(0o600);
  });

  it('is never overwritten', async () => {
    await writeFile(keyFilePath(), 'precious');
    await expect(newVault().prepare('file')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await readFile(keyFilePath(), 'utf8')).toBe('precious');
  });

  it('needs its folder', async () => {
    const vault = new Vault({
      records: { load: async () => [] },
      keychain,
      keyFilePath: join(folder, 'no', 'vault.key'),
    });
    await expect(vault.prepare('file')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['missing', () => rm(keyFilePath()), /missing/],
    ['open to others', () => chmod(keyFilePath(), 0o644), /others/],
    ['cut', () => writeFile(keyFilePath(), 'abc'), /damaged/],
    ['far too long', () => writeFile(keyFilePath(), 'A'.repeat(1_000_000)), /damaged/],
    ['that of another vault', () => writeFile(keyFilePath(), `${'A'.repeat(43)}\n`), /not the one/],
  ])('locks the vault when it is %s', async (_, spoil, detail) => {
    await initialise(newVault(), 'file');
    await spoil();
    await expect(newVault().unlock()).rejects.toMatchObject({
      code: 'LOCKED',
      detail: expect.stringMatching(detail),
    });
  });
});

describe('the recovery key', () => {
  it('opens the vault of a keychain that was reset', async () => {
    const vault = newVault();
    const recoveryKey = await initialise(vault, 'keychain');
    const sealed = vault.seal('p', Buffer.from('x'));
    entries.clear();
    const later = newVault();
    await expect(later.unlock()).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
      hint: expect.stringMatching(/recovery key/),
    });
    await later.unlock({ recoveryKey: recoveryKey?.toLowerCase().replaceAll('-', ' ') });
    expect(Buffer.from(later.open('p', sealed)).toString()).toBe('x');
  });

  it.each<[string, (key: string) => string, RegExp]>([
    ['mistyped', (key) => (key.startsWith('0') ? `1${key.slice(1)}` : `0${key.slice(1)}`), /check character/],
    ['empty', () => '', /check character/],
    ['that of another vault', () => '0'.repeat(33), /not the one/],
  ])('is refused when it is %s', async (_, change, detail) => {
    const recoveryKey = (await initialise(newVault(), 'keychain')) ?? expect.unreachable();
    await expect(newVault().unlock({ recoveryKey: change(recoveryKey) })).rejects.toMatchObject({
      code: 'WRONG_CREDENTIALS',
      detail: expect.stringMatching(detail),
    });
  });

  it('exists for the keychain alone', async () => {
    expect(await initialise(newVault(), 'file')).toBeUndefined();
    await expect(newVault().unlock({ recoveryKey: '0'.repeat(33) })).rejects.toMatchObject({
      code: 'WRONG_CREDENTIALS',
    });
  });
});

describe('a vault', () => {
  it('cannot be unlocked before it was made', async () => {
    await expect(newVault().unlock({ passphrase })).rejects.toMatchObject({ code: 'NOT_INITIALISED' });
  });

  it('tells its listeners of each lock, once, until they leave', async () => {
    const vault = newVault();
    await initialise(vault, 'file');
    let calls = 0;
    const leave = vault.onLock(() => {
      expect(vault.isOpen).toBe(false);
      calls += 1;
    });
    vault.lock();
    vault.lock();
    expect(calls).toBe(1);
    await vault.unlock();
    leave();
    vault.lock();
    expect(calls).toBe(1);
  });

  it('says what is wrong with altered data, and nothing of its content', async () => {
    const vault = newVault();
    await initialise(vault, 'file');
    const sealed = vault.seal('key:1', Buffer.from('confidential'));
    sealed[20] = (sealed[20] ?? 0) ^ 1;
    expect(() => vault.open('key:1', sealed)).toThrow(
      expect.objectContaining({ code: 'INTERNAL', detail: expect.stringMatching(/'key:1' was altered/) }),
    );
  });

  it('may be unlocked twice at the same time', async () => {
    await initialise(newVault(), 'file');
    const vault = newVault();
    await Promise.all([vault.unlock(), vault.unlock()]);
    expect(vault.isOpen).toBe(true);
  });
});
