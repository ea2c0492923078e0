import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  verify,
} from '../../../../src/main/crypto/index.ts';
import { Signer, type StoredKey } from '../../../../src/main/keys/signer.ts';
import { Vault } from '../../../../src/main/keys/vault.ts';
import type { VaultWrapping } from '../../../../src/main/keys/vault-wrapping.ts';
import { schemeOf } from '../../../../src/main/x509/index.ts';
import {
  type KeyAlgorithm,
  keyAlgorithmFacts,
  type SignatureAlgorithm,
} from '../../../../src/shared/model/algorithms.ts';
import { quickAlgorithms } from '../../../support/key-algorithms.ts';

let folder: string;
let vault: Vault;
let signer: Signer;
let loads: number;
const keys = new Map<string, StoredKey>();
const data = Buffer.from('to be signed');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signer-'));
  let wrappings: readonly VaultWrapping[] = [];
  const none = { set: async () => {}, get: async () => null, delete: async () => {} };
  vault = new Vault({
    records: { load: async () => wrappings },
    keychain: none,
    keyFilePath: join(folder, 'vault.key'),
  });
  const prepared = await vault.prepare('file');
  wrappings = prepared.wrappings;
  prepared.activate();
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  loads = 0;
  await vault.unlock();
  signer = new Signer({
    vault,
    source: {
      load: async (keyId) => {
        loads += 1;
        return keys.get(keyId);
      },
    },
  });
});

async function generated(keyId: string, algorithm: KeyAlgorithm = 'ecdsa-p256'): Promise<StoredKey> {
  const key = await signer.generate(keyId, algorithm);
  keys.set(keyId, key);
  return key;
}

/** Node's crypto, whoever signed, and whatever the table of capabilities says. */
function nodeVerifies(
  algorithm: SignatureAlgorithm,
  signed: Uint8Array,
  signature: Uint8Array,
  spki: Uint8Array,
): boolean {
  const { hash, saltLength } = schemeOf(algorithm);
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const pss = saltLength === undefined ? {} : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
  return verify(hash, signed, { key, dsaEncoding: 'der', ...pss }, signature);
}

const publicKeyOf = ({ spki }: StoredKey) =>
  createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });

/** A key in PKCS#8 DER that was not made by the signer. */
function foreignKey(type: 'ec' | 'rsa', option: string | number): Promise<Buffer> {
  const encodings = {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  } as const;
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, _: Buffer, key: Buffer) => (error ? reject(error) : resolve(key));
    if (type === 'ec') generateKeyPair('ec', { namedCurve: String(option), ...encodings }, done);
    else generateKeyPair('rsa', { modulusLength: Number(option), ...encodings }, done);
  });
}

describe.each(quickAlgorithms)('a key of %s', (algorithm) => {
  it('signs in all its ways so that its public half verifies, and only that', async () => {
    const key = await generated(`k-${algorithm}`, algorithm);
    for (const signatureAlgorithm of keyAlgorithmFacts[algorithm].signatureAlgorithms) {
      const signature = await signer.sign(key.keyId, data, signatureAlgorithm);
      expect(nodeVerifies(signatureAlgorithm, data, signature, key.spki)).toBe(true);
      expect(nodeVerifies(signatureAlgorithm, Buffer.from('other'), signature, key.spki)).toBe(false);
    }
  });

  it('can leave and be adopted again', async () => {
    const key = keys.get(`k-${algorithm}`) ?? expect.unreachable();
    const adopted = await signer.adopt('adopted', signer.exportPrivateKey(key, 'pkcs8-der'));
    expect(adopted).toMatchObject({ keyId: 'adopted', algorithm });
    expect(Buffer.from(adopted.spki).equals(key.spki)).toBe(true);
  });
});

describe('signing', () => {
  it('opens each key once and keeps it', async () => {
    await generated('once');
    await signer.sign('once', data);
    await signer.sign('once', data);
    expect(loads).toBe(1);
  });

  it('keeps 256 keys, and lets go of the one that was used longest ago', async () => {
    const { pkcs8 } = { pkcs8: signer.exportPrivateKey(await generated('any', 'ed25519'), 'pkcs8-der') };
    for (let i = 0; i <= 256; i += 1) keys.set(`many-${i}`, await signer.adopt(`many-${i}`, pkcs8));
    for (let i = 0; i < 256; i += 1) await signer.sign(`many-${i}`, data);
    await signer.sign('many-0', data);
    await signer.sign('many-256', data);
    expect(loads).toBe(257);
    await signer.sign('many-0', data);
    expect(loads).toBe(257);
    await signer.sign('many-1', data);
    expect(loads).toBe(258);
  });

  it('ends with the lock and begins again with the next unlock', async () => {
    await generated('locked');
    await signer.sign('locked', data);
    vault.lock();
    await expect(signer.sign('locked', data)).rejects.toMatchObject({ code: 'LOCKED' });
    await expect(signer.generate('new', 'rsa-4096')).rejects.toMatchObject({ code: 'LOCKED' });
    expect(() => signer.exportPrivateKey(keys.get('locked') ?? expect.unreachable(), 'pkcs8-pem')).toThrow(
      expect.objectContaining({ code: 'LOCKED' }),
    );
    await vault.unlock();
    await signer.sign('locked', data);
  });

  it('refuses a key that does not exist', async () => {
    await expect(signer.sign('nowhere', data)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses a key that was put in another’s place', async () => {
    const key = await generated('mine');
    keys.set('yours', { ...key, keyId: 'yours' });
    await expect(signer.sign('yours', data)).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('adopting', () => {
  it.each([
    ['ec', 'secp256k1'],
    ['rsa', 1024],
    ['rsa', 2056],
  ] as const)('refuses %s %s', async (type, option) => {
    await expect(signer.adopt('x', await foreignKey(type, option))).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['noise', randomBytes(200)],
    ['text', Buffer.from('-----BEGIN PRIVATE KEY-----\n')],
  ])('refuses %s', async (_, bytes) => {
    await expect(signer.adopt('x', bytes)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('refuses a private key with the public half of another', async () => {
    const [a, b] = [await foreignKey('ec', 'P-256'), await foreignKey('ec', 'P-256')];
    // The uncompressed point is the last 65 bytes of such a key, RFC 5915 section 3.
    const mixed = Buffer.concat([a.subarray(0, -65), b.subarray(-65)]);
    await expect(signer.adopt('x', mixed)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('exporting', () => {
  it('gives PEM in the clear', async () => {
    const key = await generated('pem');
    const text = signer.exportPrivateKey(key, 'pkcs8-pem');
    expect(text).toMatch(
      /^-----BEGIN PRIVATE KEY-----\n(?:[A-Za-z0-9+/=]{1,64}\n)+-----END PRIVATE KEY-----\n$/,
    );
    expect(createPublicKey(createPrivateKey(text)).equals(publicKeyOf(key))).toBe(true);
  });
});
