import { describe, expect, it } from 'vitest';
import { encodeName, readCertificates, writePem, writePkcs7 } from '../../../../../src/main/x509/index.ts';
import { thrownBy } from '../support/errors.ts';
import { createAuthority, generateKey, issue, selfSigned } from '../support/test-authority.ts';

const authority = createAuthority('ed25519');
const root = selfSigned(authority);
const leaf = issue(authority, {
  subjectDer: encodeName({ commonName: 'leaf' }),
  spki: generateKey('ed25519').spki,
  extensions: {},
});
const both = [leaf, root];
const pem = both.map((der) => writePem('CERTIFICATE', der)).join('subject=\n');

describe('readCertificates', () => {
  it.each<[string, string | Uint8Array, Uint8Array[]]>([
    ['DER', leaf, [leaf]],
    ['bare base64', Buffer.from(leaf).toString('base64'), [leaf]],
    ['several PEM blocks', pem, both],
    ['several PEM blocks in bytes', Buffer.from(pem), both],
    ['PEM beside a key', `${writePem('PRIVATE KEY', Uint8Array.of(1))}${pem}`, both],
    ['PKCS#7 in DER', writePkcs7(both), both],
    ['PKCS#7 in PEM', writePem('PKCS7', writePkcs7(both)), both],
    ['PKCS#7 and certificates in PEM', `${pem}${writePem('PKCS7', writePkcs7(both))}`, [...both, ...both]],
  ])('takes %s', (_, input, expected) => {
    expect(readCertificates(input).map((der) => Buffer.from(der))).toEqual(
      expected.map((der) => Buffer.from(der)),
    );
  });

  it.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['other text', 'a certificate'],
    ['PEM without a certificate', writePem('PRIVATE KEY', Uint8Array.of(1))],
    ['PKCS#7 without a certificate', writePkcs7([])],
    ['a PKCS#7 file of another kind', Uint8Array.of(0x30, 0x05, 0x06, 0x01, 0x2a, 0xa0, 0x00)],
    ['truncated DER', leaf.slice(0, 100)],
  ])('refuses %s', (_, input) => {
    expect(thrownBy(() => readCertificates(input)).code).toBe('INVALID_CERTIFICATE');
  });

  it('keeps the order in PKCS#7, the leaf first', () => {
    expect(readCertificates(writePkcs7([root, leaf]))[0]).toEqual(root);
    expect(readCertificates(writePkcs7([leaf, root]))[0]).toEqual(leaf);
  });
});
