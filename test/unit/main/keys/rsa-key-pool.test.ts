import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EncodedKeyPair } from '../../../../src/main/keys/key-pair.ts';
import { RsaKeyPool } from '../../../../src/main/keys/rsa-key-pool.ts';
import { Vault } from '../../../../src/main/keys/vault.ts';
import type { VaultWrapping } from '../../../../src/main/keys/vault-wrapping.ts';
import type { KeyAlgorithm } from '../../../../src/shared/model/algorithms.ts';

const passphrase = 'a good passphrase';
let vault: Vault;
let pool: RsaKeyPool;
let made: EncodedKeyPair[];
let asked: KeyAlgorithm[];

beforeEach(async () => {
  const wrappings: VaultWrapping[] = [];
  const none = { set: async () => {}, get: async () => null, delete: async () => {} };
  vault = new Vault({ records: { load: async () => wrappings }, keychain: none, keyFilePath: '' });
  const prepared = await vault.prepare('passphrase', passphrase);
  wrappings.push(...prepared.wrappings);
  prepared.activate();
  [made, asked] = [[], []];
  pool = new RsaKeyPool(vault, async (algorithm) => {
    const pair = { spki: Buffer.of(made.length), pkcs8: Buffer.of(1, 2, 3) };
    made.push(pair);
    asked.push(algorithm);
    return pair;
  });
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const whenIdle = () => vi.advanceTimersByTimeAsync(60_000);

describe('the pool of RSA keys', () => {
  it('makes the first key when it is asked for, and has the next ones ready', async () => {
    expect(await pool.take('rsa-2048')).toBe(made[0]);
    expect(made).toHaveLength(1);
    await whenIdle();
    expect(pool.ready('rsa-2048')).toBe(8);
    const before = made.length;
    const ready = await pool.take('rsa-2048');
    expect(made.slice(1)).toContain(ready);
    expect(made).toHaveLength(before);
  });

  it('gives no key twice', async () => {
    await pool.take('rsa-3072');
    await whenIdle();
    const taken = await Promise.all(Array.from({ length: 10 }, () => pool.take('rsa-3072')));
    expect(new Set(taken).size).toBe(10);
  });

  it('makes none ahead of a kind that nobody asked for, nor of one that takes seconds', async () => {
    await pool.take('rsa-4096');
    await pool.take('ecdsa-p256');
    await whenIdle();
    expect(asked).toEqual(['rsa-4096', 'ecdsa-p256']);
  });

  it('waits while keys are being asked for', async () => {
    for (let i = 0; i < 5; i += 1) {
      await pool.take('rsa-2048');
      await vi.advanceTimersByTimeAsync(400);
    }
    expect(made).toHaveLength(5);
  });

  it('wipes what it has when the vault locks, and makes no more until it is asked again', async () => {
    await pool.take('rsa-2048');
    await whenIdle();
    vault.lock();
    expect(pool.ready('rsa-2048')).toBe(0);
    expect(made.slice(1).every(({ pkcs8 }) => pkcs8.equals(Buffer.alloc(3)))).toBe(true);
    const before = made.length;
    await whenIdle();
    expect(made).toHaveLength(before);
  });
});
