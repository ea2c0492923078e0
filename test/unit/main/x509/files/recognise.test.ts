import { describe, expect, it } from 'vitest';
import {
  buildOcspError,
  encodeName,
  encryptPkcs8,
  recognise,
  writeJks,
  writeJwk,
  writePem,
  writePkcs7,
  writePkcs12,
  writeSshPublicKey,
} from '../../../../../src/main/x509/index.ts';
import { createAuthority, generateKey, issue, issueCrl, selfSigned } from '../support/test-authority.ts';
import { makeCsr } from '../support/test-csr.ts';

const authority = createAuthority('ecdsa-p256');
const root = selfSigned(authority);
const key = generateKey('rsa-2048');
const leaf = issue(authority, {
  subjectDer: encodeName({ commonName: 'leaf' }),
  spki: key.spki,
  extensions: {},
});
const pkcs8 = Uint8Array.from(key.privateKey.export({ type: 'pkcs8', format: 'der' }));
const pkcs1 = Uint8Array.from(key.privateKey.export({ type: 'pkcs1', format: 'der' }));
const sec1 = Uint8Array.from(authority.privateKey.export({ type: 'sec1', format: 'der' }));
const crl = issueCrl(authority, []);
const csr = makeCsr();
const text = (value: string) => Uint8Array.from(Buffer.from(value));
const pem = writePem('CERTIFICATE', leaf);
const jwk = JSON.stringify(writeJwk(key.spki, [leaf]));

const made: readonly (readonly [string, () => Uint8Array | Promise<Uint8Array>, string, string])[] = [
  ['a certificate in DER', () => leaf, 'certificate', 'der'],
  ['a request in DER', () => csr, 'csr', 'der'],
  ['a CRL in DER', () => crl, 'crl', 'der'],
  ['a PKCS#8 key', () => pkcs8, 'private-key', 'der'],
  ['a PKCS#1 key', () => pkcs1, 'private-key', 'der'],
  ['a SEC 1 key', () => sec1, 'private-key', 'der'],
  ['an encrypted key', () => encryptPkcs8(pkcs8, 'p'), 'encrypted-private-key', 'der'],
  ['a public key', () => key.spki, 'public-key', 'der'],
  ['PKCS#7', () => writePkcs7([leaf, root]), 'pkcs7', 'der'],
  ['PKCS#12', () => writePkcs12({ certificates: [leaf], passphrase: 'p' }), 'pkcs12', 'der'],
  [
    'a Java key store',
    () => writeJks([{ alias: 'a', createdAt: new Date(0), certificates: [root] }], 'p'),
    'jks',
    'binary',
  ],
  ['JCEKS', () => Uint8Array.from(Buffer.from('cececece00000002', 'hex')), 'jceks', 'binary'],
  ['an OCSP answer', () => buildOcspError('tryLater'), 'ocsp-response', 'der'],
  ['a JWK', () => text(jwk), 'jwk', 'text'],
  ['a JWK set', () => text(`{"keys":[${jwk}]}`), 'jwks', 'text'],
  ['an SSH key', () => text(`${writeSshPublicKey(key.spki, 'me')}\n`), 'ssh-public-key', 'text'],
  ['PEM with text around it', () => text(`subject=/CN=leaf\r\n${pem}\r\nthe end`), 'certificate', 'pem'],
  ['PEM of several certificates', () => text(pem + writePem('CERTIFICATE', root)), 'certificates', 'pem'],
  [
    'PEM of a key and its certificate',
    () => text(writePem('PRIVATE KEY', pkcs8) + pem),
    'certificates',
    'pem',
  ],
  ['PEM under a wrong label', () => text(writePem('CERTIFICATE', csr)), 'csr', 'pem'],
  ['PEM with a mark of UTF-8', () => text(`\ufeff${pem}`), 'certificate', 'pem'],
  [
    'PEM in UTF-16 with a mark',
    () => Uint8Array.from(Buffer.from(`\ufeff${pem}`, 'utf16le')),
    'certificate',
    'pem',
  ],
  [
    'PEM in UTF-16 big-endian',
    () => Uint8Array.from(Buffer.from(pem, 'utf16le').swap16()),
    'certificate',
    'pem',
  ],
  ['bare base64', () => text(Buffer.from(leaf).toString('base64')), 'certificate', 'base64'],
  ['nothing', () => new Uint8Array(), 'unknown', 'text'],
  ['a text', () => text('Dear Sir or Madam'), 'unknown', 'text'],
  ['another JSON', () => text('{"a":1}'), 'unknown', 'text'],
  ['other DER', () => Uint8Array.of(0x30, 3, 2, 1, 5), 'unknown', 'binary'],
];

describe('recognise', () => {
  it.each(made)('says what %s is', async (_, make, kind, encoding) => {
    expect(recognise(await make())).toMatchObject({ kind, encoding });
  });

  it('lists what is in it with a description', () => {
    const found = recognise(
      text(writePem('CERTIFICATE REQUEST', csr) + pem + writePem('PRIVATE KEY', pkcs8)),
    );
    expect(found.items.map(({ kind, description }) => [kind, description])).toEqual([
      ['csr', 'a.example'],
      ['certificate', 'CN=leaf'],
      ['private-key', ''],
    ]);
    expect(recognise(writePkcs7([leaf, root])).items.map(({ description }) => description)).toEqual([
      'CN=leaf',
      'CN=Test root',
    ]);
  });

  it('says why a thing of a plain kind cannot be read', () => {
    const broken = Uint8Array.from(leaf);
    broken[Buffer.from(leaf).lastIndexOf('leaf')] = 0;
    const [item] = recognise(text(writePem('CERTIFICATE', broken))).items;
    expect(item).toMatchObject({ kind: 'certificate', problem: expect.stringContaining('NUL') });
    expect(recognise(text(pem.replace('-----END', '-----XND')))).toMatchObject({
      kind: 'unknown',
      problem: expect.stringContaining('no end'),
    });
  });
});
