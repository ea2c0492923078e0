import { describe, expect, it } from 'vitest';
import { contextGroup, contextValue } from '../../../../../src/main/x509/der/der-tags.ts';
import { type DerWriter, writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { encodeName, readPkcs12, writePkcs12 } from '../../../../../src/main/x509/index.ts';
import { passwordOfP, sealPkcs12 } from '../support/seal-pkcs12.ts';
import { caExtensions, createAuthority, generateKey, issue, selfSigned } from '../support/test-authority.ts';

const authority = createAuthority('ecdsa-p256');
const root = selfSigned(authority, caExtensions);
const leafKey = generateKey('ecdsa-p256');
const leaf = issue(authority, {
  subjectDer: encodeName({ commonName: 'leaf' }),
  spki: leafKey.spki,
  extensions: {},
});
const privateKeyPkcs8 = Uint8Array.from(leafKey.privateKey.export({ type: 'pkcs8', format: 'der' }));
const data = '1.2.840.113549.1.7.1';

/** A file around parts that the callback writes, with a true MAC of few rounds. */
function fileOf(
  writeParts: (writer: DerWriter) => void,
  iterations = 2,
  password = passwordOfP,
): Promise<Uint8Array> {
  const safe = writeDer((writer) => writer.sequence(() => writeParts(writer)));
  return sealPkcs12(safe, password, iterations);
}

/** An encrypted part under the given algorithm. */
function encryptedPart(writer: DerWriter, writeAlgorithm: () => void): void {
  writer.sequence(() => {
    writer.objectIdentifier('1.2.840.113549.1.7.6').group(contextGroup(0), () => {
      writer.sequence(() => {
        writer.integer(0).sequence(() => {
          writer.objectIdentifier(data);
          writeAlgorithm();
          writer.value(contextValue(0), new Uint8Array(32));
        });
      });
    });
  });
}

function pbkdf2(writer: DerWriter, iterations: number): void {
  writer.sequence(() => {
    writer.objectIdentifier('1.2.840.113549.1.5.13').sequence(() => {
      writer.sequence(() => {
        writer.objectIdentifier('1.2.840.113549.1.5.12').sequence(() => {
          writer.octetString(new Uint8Array(8)).integer(iterations);
        });
      });
      writer.sequence(() =>
        writer.objectIdentifier('2.16.840.1.101.3.4.1.42').octetString(new Uint8Array(16)),
      );
    });
  });
}

describe('PKCS#12', () => {
  it('gives back the key and the certificates, that of the key first', async () => {
    const der = await writePkcs12({
      privateKeyPkcs8,
      certificates: [leaf, root],
      passphrase: 'pässword 🔑',
      friendlyName: 'Ä',
    });
    const { privateKeyPkcs8: key, certificates } = await readPkcs12(der, 'pässword 🔑');
    expect(Buffer.from(key ?? [])).toEqual(Buffer.from(privateKeyPkcs8));
    expect(certificates.map((certificate) => Buffer.from(certificate))).toEqual([
      Buffer.from(leaf),
      Buffer.from(root),
    ]);
  });

  it('can hold certificates alone', async () => {
    const read = await readPkcs12(await writePkcs12({ certificates: [root], passphrase: '' }), '');
    expect(read).not.toHaveProperty('privateKeyPkcs8');
    expect(read.certificates).toHaveLength(1);
  });

  it('never holds the key in the clear', async () => {
    const der = await writePkcs12({ privateKeyPkcs8, certificates: [leaf], passphrase: 'p' });
    expect(Buffer.from(der).includes(Buffer.from(privateKeyPkcs8.subarray(-16)))).toBe(false);
  });

  it('is refused with another passphrase, and after any change', async () => {
    const der = await writePkcs12({ privateKeyPkcs8, certificates: [leaf], passphrase: 'right' });
    const wrong = { code: 'INVALID_INPUT', violations: [{ path: ['passphrase'], rule: 'passphrase.wrong' }] };
    await expect(readPkcs12(der, 'wrong')).rejects.toMatchObject(wrong);
    const changed = Uint8Array.from(der);
    changed[300] = (changed[300] ?? 0) ^ 1;
    await expect(readPkcs12(changed, 'right')).rejects.toMatchObject(wrong);
  });

  it('names an encryption that is not read and says how to convert it', async () => {
    const der = await fileOf((writer) =>
      encryptedPart(writer, () => {
        writer.sequence(() => {
          writer
            .objectIdentifier('1.2.840.113549.1.12.1.2')
            .sequence(() => writer.octetString(new Uint8Array(8)).integer(2048));
        });
      }),
    );
    await expect(readPkcs12(der, 'p')).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      detail: expect.stringContaining('40-bit RC4'),
      hint: expect.stringContaining('openssl pkcs12 -legacy'),
    });
  });

  it.each([
    ['of the MAC', () => fileOf(() => {}, 2_000_000_000)],
    [
      'of the encryption',
      () => fileOf((writer) => encryptedPart(writer, () => pbkdf2(writer, 2_000_000_000))),
    ],
    ['of none at all', () => fileOf((writer) => encryptedPart(writer, () => pbkdf2(writer, 0)))],
  ])('is refused for the count of rounds %s, before it is spent', async (_, make) => {
    await expect(readPkcs12(await make(), 'p')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      detail: expect.stringContaining('rounds of key derivation'),
    });
  });

  it.each([
    ['the terminator alone', Uint8Array.of(0, 0)],
    ['no bytes at all', new Uint8Array()],
  ])('without a passphrase is opened where that was written as %s', async (_, password) => {
    const der = await fileOf(() => {}, 2, password);
    expect(await readPkcs12(der, '')).toEqual({ certificates: [] });
    await expect(readPkcs12(der, 'p')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is refused without a MAC', async () => {
    const der = writeDer((writer) => {
      writer.sequence(() => {
        writer.integer(3).sequence(() => {
          writer
            .objectIdentifier(data)
            .group(contextGroup(0), () => writer.octetString(Uint8Array.of(0x30, 0)));
        });
      });
    });
    await expect(readPkcs12(der, '')).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      detail: expect.stringContaining('no MAC'),
    });
  });
});
