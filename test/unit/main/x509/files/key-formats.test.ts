import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeModifiedUtf8, encodeModifiedUtf8 } from '../../../../../src/main/x509/files/modified-utf8.ts';
import {
  derivePkcs12,
  pkcs12Passwords,
  pkcs12Purposes,
} from '../../../../../src/main/x509/files/pkcs12-derivation.ts';
import { decryptRc2Cbc } from '../../../../../src/main/x509/files/rc2.ts';
import {
  decryptPkcs8,
  encodeName,
  encryptPkcs8,
  listJks,
  readJks,
  readJwks,
  readSshPublicKey,
  writeJks,
  writeJwk,
  writeSshPublicKey,
} from '../../../../../src/main/x509/index.ts';
import { createAuthority, generateKey, issue, selfSigned } from '../support/test-authority.ts';

const authority = createAuthority('ecdsa-p256');
const root = selfSigned(authority);
const key = generateKey('ecdsa-p256');
const leaf = issue(authority, {
  subjectDer: encodeName({ commonName: 'leaf' }),
  spki: key.spki,
  extensions: {},
});
const privateKeyPkcs8 = Uint8Array.from(key.privateKey.export({ type: 'pkcs8', format: 'der' }));
const plain = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');

const spkis = [
  ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  ['Ed25519', generateKeyPairSync('ed25519')],
  ['Ed448', generateKeyPairSync('ed448')],
] as const;

describe('JWK', () => {
  it.each(spkis)('of %s is what node writes, and reads back', (_, { publicKey }) => {
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const { kid, ...jwk } = writeJwk(spki);
    expect(jwk).toEqual(publicKey.export({ format: 'jwk' }));
    expect(createPublicKey({ key: { ...jwk }, format: 'jwk' }).equals(publicKey)).toBe(true);
    expect(plain(readJwks(JSON.stringify({ ...jwk, kid }))[0]?.spki)).toBe(plain(spki));
  });

  it('has the thumbprint of the example in RFC 7638', () => {
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
    const [read] = readJwks(JSON.stringify({ kty: 'RSA', n, e: 'AQAB' }));
    expect(writeJwk(read?.spki ?? new Uint8Array()).kid).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });

  it('carries its certificates, and a set gives all keys', () => {
    const jwk = writeJwk(key.spki, [leaf, root]);
    const read = readJwks(JSON.stringify({ keys: [jwk, { ...jwk, d: 'AA' }] }));
    expect(read.map(({ isPrivate }) => isPrivate)).toEqual([false, true]);
    expect(read[0]?.certificates.map(plain)).toEqual([plain(leaf), plain(root)]);
  });

  it.each(['[]', '{', '{"kty":"EC"}', '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}', '{"keys":[1]}'])(
    '%s is refused',
    (text) => {
      expect(() => readJwks(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    },
  );
});

describe('SSH public key', () => {
  it.each(spkis)('of %s reads back with its comment', (_, { publicKey }) => {
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const read = readSshPublicKey(writeSshPublicKey(spki, 'me@host other words'));
    expect(plain(read.spki)).toBe(plain(spki));
    expect(read.comment).toBe('me@host other words');
  });

  it('is refused where its parts do not agree', () => {
    const line = writeSshPublicKey(key.spki);
    expect(() => readSshPublicKey(line.replace('nistp256 ', 'nistp384 '))).toThrow('its type is not');
    expect(() => readSshPublicKey(`${line}A`)).toThrow();
    expect(() => writeSshPublicKey(key.spki, 'a\nssh-rsa AAAA')).toThrow('one line');
  });
});

describe('Java key store', () => {
  const createdAt = new Date('2026-01-02T03:04:05.678Z');
  const entries = [
    { alias: 'mein schlüssel', createdAt, privateKeyPkcs8, certificates: [leaf, root] },
    { alias: 'root', createdAt, certificates: [root] },
  ];

  it('gives back its entries', () => {
    const read = readJks(writeJks(entries, 'pässword'), 'pässword');
    expect(read.map(({ alias, createdAt: time }) => [alias, time])).toEqual([
      ['mein schlüssel', createdAt],
      ['root', createdAt],
    ]);
    expect(plain(read[0]?.privateKeyPkcs8)).toBe(plain(privateKeyPkcs8));
    expect(read[1]).not.toHaveProperty('privateKeyPkcs8');
    expect(read[0]?.certificates.map(plain)).toEqual([plain(leaf), plain(root)]);
  });

  it('is listed without a passphrase, and opened with no other', () => {
    const store = writeJks(entries, 'right');
    expect(listJks(store).map(({ alias }) => alias)).toEqual(['mein schlüssel', 'root']);
    const wrong = expect.objectContaining({
      violations: [expect.objectContaining({ rule: 'passphrase.wrong' })],
    });
    expect(() => readJks(store, 'wrong')).toThrow(wrong);
    expect(() => readJks(store, 'right', 'wrong')).toThrow(wrong);
    store[40] = (store[40] ?? 0) ^ 1;
    expect(() => readJks(store, 'right')).toThrow();
  });

  it('never holds the key in the clear, and each alias once', () => {
    expect(Buffer.from(writeJks(entries, 'p')).includes(Buffer.from(privateKeyPkcs8.subarray(36, 60)))).toBe(
      false,
    );
    expect(() => writeJks([...entries, { alias: 'ROOT', createdAt, certificates: [root] }], 'p')).toThrow(
      'alias',
    );
  });
});

it('modified UTF-8 gives back any text, and writes no byte 0', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bytes = encodeModifiedUtf8(text);
      expect(bytes.includes(0)).toBe(false);
      expect(decodeModifiedUtf8(bytes)).toBe(text);
    }),
    { seed: 11, numRuns: 500 },
  );
});

describe('encrypted PKCS#8', () => {
  it('gives back the key for its passphrase only', async () => {
    const encrypted = await encryptPkcs8(privateKeyPkcs8, 'pässword');
    expect(plain(await decryptPkcs8(encrypted, 'pässword'))).toBe(plain(privateKeyPkcs8));
    await expect(decryptPkcs8(encrypted, 'password')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('the ciphers of old PKCS#12 files', () => {
  // RFC 2268 section 5: key, effective bits, plaintext, ciphertext.
  it.each([
    ['0000000000000000', 63, '0000000000000000', 'ebb773f993278eff'],
    ['ffffffffffffffff', 64, 'ffffffffffffffff', '278b27e42e2f0d49'],
    ['3000000000000000', 64, '1000000000000001', '30649edf9be7d2c2'],
    ['88', 64, '0000000000000000', '61a8a244adacccf0'],
    ['88bca90e90875a', 64, '0000000000000000', '6ccf4308974c267f'],
    ['88bca90e90875a7f0f79c384627bafb2', 64, '0000000000000000', '1a807d272bbe5db1'],
    ['88bca90e90875a7f0f79c384627bafb2', 128, '0000000000000000', '2269552ab0f85ca6'],
  ])('RC2 with the key %s of %i bits gives the block of RFC 2268', (rc2Key, bits, plaintext, ciphertext) => {
    // The block is made the padding by the initialisation vector: what is left of it is nothing.
    const iv = Buffer.from(plaintext, 'hex').map((byte) => byte ^ 8);
    const opened = decryptRc2Cbc(Buffer.from(ciphertext, 'hex'), Buffer.from(rc2Key, 'hex'), iv, bits);
    expect(opened).toEqual(new Uint8Array(0));
  });

  it('derive keys longer than one hash, of which each byte is looked at', async () => {
    const [smeg = new Uint8Array()] = pkcs12Passwords('smeg');
    const how = { salt: Buffer.from('0a58cf64530d823f', 'hex'), iterations: 1 };
    const derived = await derivePkcs12('sha1', pkcs12Purposes.key, smeg, how, 24);
    expect(derived.toString('hex')).toBe('8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3');
  });
});
