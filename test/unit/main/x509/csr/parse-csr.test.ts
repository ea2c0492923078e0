import { describe, expect, it } from 'vitest';
import { contextGroup, contextValue, tags } from '../../../../../src/main/x509/der/der-tags.ts';
import { type DerWriter, writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { encodeName, parseCsr, readCsr, verifyCsr, writePem } from '../../../../../src/main/x509/index.ts';
import { thrownBy } from '../support/errors.ts';
import { generateKey } from '../support/test-authority.ts';
import { extensionRequest, makeCsr, testKey } from '../support/test-csr.ts';

const subjectAltName = '2.5.29.17';
const names = (write: (writer: DerWriter) => void) => (writer: DerWriter) =>
  void writer.sequence(() => write(writer));

function commonNameDer(tag: number, content: Uint8Array): Uint8Array {
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.group(tags.set, () => {
        writer.sequence(() => writer.objectIdentifier('2.5.4.3').value(tag, content));
      });
    });
  });
}

describe('parseCsr', () => {
  it('reads a request without attributes', () => {
    const csr = parseCsr(makeCsr());
    expect(csr).toMatchObject({
      subject: { commonName: 'a.example' },
      subjectAltNames: [],
      keyAlgorithm: 'ecdsa-p256',
      keyDescription: 'ECDSA P-256',
      signatureAlgorithm: 'ecdsa-sha256',
      signatureAlgorithmOid: '1.2.840.10045.4.3.2',
      requestedKeyUsages: [],
      requestedExtendedKeyUsages: [],
      isCa: undefined,
      unknownExtensionOids: [],
      unknownSubjectAttributeOids: [],
    });
    expect(csr.spki).toEqual(testKey.spki);
    expect(csr.subjectDer).toEqual(encodeName({ commonName: 'a.example' }));
    expect(verifyCsr(csr)).toBe(true);
  });

  it('reads what is asked for, and lists what it does not know', () => {
    const attributes = extensionRequest(
      [
        subjectAltName,
        names(
          (writer) =>
            void writer
              .text(contextValue(2), 'a.example')
              .value(contextValue(7), Uint8Array.of(192, 0, 2, 1)),
        ),
      ],
      ['2.5.29.15', (writer) => void writer.bitString(Uint8Array.of(0x05, 0x80), 7)],
      [
        '2.5.29.37',
        names((writer) => void writer.objectIdentifier('1.3.6.1.5.5.7.3.1').objectIdentifier('1.2.3.4')),
      ],
      ['2.5.29.19', names((writer) => void writer.boolean(true).integer(0))],
      ['1.2.3.4.5', (writer) => void writer.null()],
    );
    expect(parseCsr(makeCsr({ attributes }))).toMatchObject({
      subjectAltNames: [
        { type: 'dns', value: 'a.example' },
        { type: 'ip', value: '192.0.2.1' },
      ],
      requestedKeyUsages: ['keyCertSign', 'encipherOnly', 'decipherOnly'],
      requestedExtendedKeyUsages: ['serverAuth', '1.2.3.4'],
      isCa: true,
      unknownExtensionOids: ['1.2.3.4.5'],
    });
  });

  it('passes over attributes that do not ask for extensions', () => {
    const attributes = (writer: DerWriter) =>
      void writer.sequence(() => {
        writer
          .objectIdentifier('1.2.840.113549.1.9.7')
          .group(tags.set, () => void writer.text(tags.utf8String, 'secret'));
      });
    expect(verifyCsr(parseCsr(makeCsr({ attributes })))).toBe(true);
  });

  const dns = (name: string) =>
    extensionRequest([subjectAltName, names((writer) => void writer.text(contextValue(2), name))]);

  it.each<[string, () => Uint8Array, string]>([
    ['another version', () => makeCsr({ version: 1 }), 'version is not 1'],
    ['bytes behind it', () => Uint8Array.of(...makeCsr(), 0), 'followed by 1 bytes'],
    ['a truncated end', () => makeCsr().slice(0, -1), 'cut off'],
    [
      'two requests for extensions',
      () =>
        makeCsr({
          attributes: (writer) => {
            dns('a')(writer);
            dns('b')(writer);
          },
        }),
      'extensions twice',
    ],
    [
      'the same extension twice',
      () =>
        makeCsr({
          attributes: extensionRequest(
            [subjectAltName, names((w) => void w.text(contextValue(2), 'a'))],
            [subjectAltName, names((w) => void w.text(contextValue(2), 'b'))],
          ),
        }),
      '2.5.29.17 is there twice',
    ],
    [
      'an empty list of names',
      () => makeCsr({ attributes: extensionRequest([subjectAltName, names(() => {})]) }),
      'subjectAltName is missing',
    ],
    ['an empty DNS name', () => makeCsr({ attributes: dns('') }), 'empty name'],
    ['a NUL in a DNS name', () => makeCsr({ attributes: dns('a.example\0.evil') }), 'printable ASCII'],
    ['a DNS name that is not ASCII', () => makeCsr({ attributes: dns('bücher.example') }), 'printable ASCII'],
    [
      'an IP address of five bytes',
      () =>
        makeCsr({
          attributes: extensionRequest([
            subjectAltName,
            names((w) => void w.value(contextValue(7), new Uint8Array(5))),
          ]),
        }),
      'IP address of 5 bytes',
    ],
    [
      'a kind of name that is not issued',
      () =>
        makeCsr({
          attributes: extensionRequest([
            subjectAltName,
            names((w) => void w.group(contextGroup(4), () => void w.raw(encodeName({ commonName: 'x' })))),
          ]),
        }),
      'directory name: CN=x',
    ],
    [
      'a NUL in the subject',
      () => makeCsr({ subjectDer: commonNameDer(tags.utf8String, Buffer.from('a\0b')) }),
      'NUL',
    ],
    [
      'a line break in the subject',
      () => makeCsr({ subjectDer: commonNameDer(tags.utf8String, Buffer.from('a\nb')) }),
      'control characters',
    ],
    [
      'an empty common name',
      () => makeCsr({ subjectDer: commonNameDer(tags.utf8String, Buffer.alloc(0)) }),
      'commonName is empty',
    ],
    [
      'a common name of 65 characters',
      () => makeCsr({ subjectDer: commonNameDer(tags.utf8String, Buffer.alloc(65, 97)) }),
      'longer than 64',
    ],
    [
      'a subject that is not UTF-8',
      () => makeCsr({ subjectDer: commonNameDer(tags.utf8String, Buffer.from([0xff])) }),
      'does not allow',
    ],
    [
      'more than 64 KiB',
      () => makeCsr({ attributes: (w) => void w.octetString(new Uint8Array(65_536)) }),
      'more than the allowed 65536',
    ],
  ])('refuses %s and says so', (_, make, problem) => {
    const error = thrownBy(() => parseCsr(make()));
    expect(error.code).toBe('INVALID_CSR');
    expect(error.detail).toContain(problem);
  });

  it('knows no key algorithm for keys that are not issued for', () => {
    expect(parseCsr(makeCsr({ key: { ...testKey, spki: otherKey } }))).toMatchObject({
      keyAlgorithm: null,
      keyDescription: 'ECDSA secp256k1',
    });
  });

  const otherKey = writeDer((writer) => {
    writer.sequence(() => {
      writer.sequence(() => writer.objectIdentifier('1.2.840.10045.2.1').objectIdentifier('1.3.132.0.10'));
      writer.bitString(Uint8Array.of(4, ...new Uint8Array(64)));
    });
  });

  it('does not verify what was changed or signed by another key', () => {
    const other = generateKey('ecdsa-p256');
    expect(verifyCsr(parseCsr(makeCsr({ key: { privateKey: other.privateKey, spki: testKey.spki } })))).toBe(
      false,
    );
    const changed = makeCsr();
    changed.set(Buffer.from('b.example'), Buffer.from(changed).indexOf('a.example'));
    expect(parseCsr(changed).subject.commonName).toBe('b.example');
    expect(verifyCsr(parseCsr(changed))).toBe(false);
  });

  it('does not verify a point that is not on its curve', () => {
    expect(verifyCsr(parseCsr(makeCsr({ key: { ...testKey, spki: otherKey } })))).toBe(false);
  });
});

describe('readCsr', () => {
  const der = makeCsr();
  const pem = writePem('CERTIFICATE REQUEST', der);

  it.each<[string, string | Uint8Array]>([
    ['DER', der],
    ['PEM', pem],
    ['PEM in bytes', Buffer.from(pem)],
    ['PEM with the older label', writePem('NEW CERTIFICATE REQUEST', der)],
    ['PEM with text around', `Certificate Request:\n  Data:\n${pem}\nthanks`],
    ['PEM with Windows line ends', pem.replaceAll('\n', '\r\n')],
    ['bare base64', Buffer.from(der).toString('base64')],
  ])('takes %s', (_, input) => {
    expect(readCsr(input).subject).toEqual({ commonName: 'a.example' });
  });

  it.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['no bytes', new Uint8Array()],
    ['other text', 'please issue a certificate'],
    ['PEM of another kind', writePem('CERTIFICATE', der)],
    ['two requests', pem + pem],
    ['a block without an end', pem.slice(0, -10)],
    ['a text that is too large', 'A'.repeat(10_000_000)],
  ])('refuses %s', (_, input) => {
    expect(thrownBy(() => readCsr(input)).code).toBe('INVALID_CSR');
  });
});
