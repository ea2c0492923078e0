import { createPrivateKey, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodePrivateKey } from '../../../../src/main/keys/decode-private-key.ts';
import { type DerWriter, writeDer } from '../../../../src/main/x509/der/der-writer.ts';
import { writePem } from '../../../../src/main/x509/index.ts';
import { classicAlgorithms, nodeKeyPair, quickAlgorithms } from '../../../support/key-algorithms.ts';

const salt = new Uint8Array(16);

const isSame = (pkcs8: Uint8Array, key: KeyObject) =>
  createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }).equals(key);

const encrypt = (key: KeyObject, type: 'pkcs8' | 'sec1', passphrase: string) =>
  key.export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase }) as string;

describe('a private key in PEM', () => {
  it.each(quickAlgorithms)('of %s is read', async (algorithm) => {
    const { privateKey } = nodeKeyPair(algorithm);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    expect(isSame(await decodePrivateKey(`some text\n${pem}`, undefined), privateKey)).toBe(true);
  });

  it.each(['ed25519', 'rsa-2048', 'ml-dsa-65'] as const)(
    'of %s is read with its passphrase',
    async (algorithm) => {
      const { privateKey } = nodeKeyPair(algorithm);
      const pem = encrypt(privateKey, 'pkcs8', 'pässphrase');
      expect(isSame(await decodePrivateKey(pem, 'pässphrase'), privateKey)).toBe(true);
      await expect(decodePrivateKey(pem, 'passphrase')).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
      await expect(decodePrivateKey(pem, undefined)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    },
  );

  it.each<[string, (writer: DerWriter) => void]>([
    [
      'PBKDF2',
      (w) => w.objectIdentifier('1.2.840.113549.1.5.12').sequence(() => w.octetString(salt).integer(3e7)),
    ],
    [
      'scrypt',
      (w) =>
        w.objectIdentifier('1.3.6.1.4.1.11591.4.11').sequence(() =>
          w
            .octetString(salt)
            .integer(2 ** 20)
            .integer(8)
            .integer(1),
        ),
    ],
  ])('that asks for seconds of %s is refused before they are spent', async (_, writeDerivation) => {
    const der = writeDer((writer) =>
      writer.sequence(() => {
        writer.sequence(() => {
          writer.objectIdentifier('1.2.840.113549.1.5.13').sequence(() => {
            writer.sequence(() => writeDerivation(writer));
            writer.sequence(() => writer.objectIdentifier('2.16.840.1.101.3.4.1.42').octetString(salt));
          });
        });
        writer.octetString(new Uint8Array(48));
      }),
    );
    await expect(decodePrivateKey(writePem('ENCRYPTED PRIVATE KEY', der), 'p')).rejects.toMatchObject({
      code: 'WRONG_CREDENTIALS',
      cause: { detail: expect.stringContaining('rounds of key derivation') },
    });
  });

  it('in the traditional form of OpenSSL is read, plain and encrypted', async () => {
    const { privateKey } = nodeKeyPair(classicAlgorithms[0] ?? 'ecdsa-p256');
    const plain = privateKey.export({ type: 'sec1', format: 'pem' }) as string;
    expect(isSame(await decodePrivateKey(plain, undefined), privateKey)).toBe(true);
    const encrypted = encrypt(privateKey, 'sec1', 'passphrase');
    expect(isSame(await decodePrivateKey(encrypted, 'passphrase'), privateKey)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n'],
    ['a broken key', '-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n'],
    ['a block without end', '-----BEGIN PRIVATE KEY-----\nMAA=\n'],
  ])('is not %s', async (_, text) => {
    await expect(decodePrivateKey(text, undefined)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
