import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type DerWriter, writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import {
  describePublicKey,
  keyAlgorithmOf,
  subjectKeyIdentifier,
} from '../../../../../src/main/x509/index.ts';
import { keyAlgorithms } from '../../../../../src/shared/model/algorithms.ts';
import { thrownBy } from '../support/errors.ts';
import { generateKey } from '../support/test-authority.ts';

function rsaKey(
  modulus: Uint8Array,
  exponent: number | bigint,
  writeParameters = (writer: DerWriter) => void writer.null(),
) {
  const key = writeDer((writer) => writer.sequence(() => writer.unsigned(modulus).integer(exponent)));
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.sequence(() => writeParameters(writer.objectIdentifier('1.2.840.113549.1.1.1')));
      writer.bitString(key);
    });
  });
}

const modulus = new Uint8Array(256).fill(0xff);

describe('public keys', () => {
  it.each(keyAlgorithms)('are known as %s', (algorithm) => {
    expect(keyAlgorithmOf(generateKey(algorithm).spki)).toBe(algorithm);
  });

  it.each([
    ['ECDSA secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' })],
    ['X25519', generateKeyPairSync('x25519')],
    ['RSA 1024', generateKeyPairSync('rsa', { modulusLength: 1024 })],
    ['RSA-PSS 2048', generateKeyPairSync('rsa-pss', { modulusLength: 2048 })],
    [
      'ECDSA with explicit parameters',
      generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }),
    ],
  ])('of another kind are described as %s and not issued for', (description, { publicKey }) => {
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    expect(describePublicKey(spki)).toMatchObject({ algorithm: null, description });
  });

  it.each([
    ['an even modulus', rsaKey(new Uint8Array(256).fill(0xfe), 65_537)],
    ['an even exponent', rsaKey(modulus, 65_536)],
    ['an exponent of 1', rsaKey(modulus, 1)],
    ['an exponent of nine bytes', rsaKey(modulus, 2n ** 64n + 1n)],
    ['no parameters', rsaKey(modulus, 65_537, () => {})],
    ['2047 bits', rsaKey(Uint8Array.of(0x7f, ...modulus.subarray(1)), 65_537)],
  ])('of RSA with %s are not issued for', (_, spki) => {
    expect(keyAlgorithmOf(spki)).toBeNull();
  });

  it('of RSA with the right size and exponent are', () => {
    expect(keyAlgorithmOf(rsaKey(modulus, 65_537))).toBe('rsa-2048');
  });

  it('that are costly or self-made are not used', () => {
    const explicit = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }).publicKey;
    expect(describePublicKey(explicit.export({ type: 'spki', format: 'der' })).isUsable).toBe(false);
    expect(describePublicKey(rsaKey(new Uint8Array(1025).fill(0xff), 65_537)).isUsable).toBe(false);
    expect(describePublicKey(rsaKey(modulus, 65_537)).isUsable).toBe(true);
  });

  it('are refused when they are not SubjectPublicKeyInfo', () => {
    expect(thrownBy(() => keyAlgorithmOf(Uint8Array.of(0x30, 0))).code).toBe('INVALID_INPUT');
    expect(thrownBy(() => keyAlgorithmOf(Uint8Array.of(...rsaKey(modulus, 3), 0))).code).toBe(
      'INVALID_INPUT',
    );
  });

  it('have the identifier of RFC 7093, method 1', () => {
    const { spki } = generateKey('ed25519');
    const expected = createHash('sha256').update(spki.subarray(-32)).digest().subarray(0, 20);
    expect(Buffer.from(subjectKeyIdentifier(spki))).toEqual(expected);
  });
});
