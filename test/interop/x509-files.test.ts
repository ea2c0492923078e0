import { createPrivateKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  encodeName,
  parseCertificate,
  readCertificates,
  readPkcs12,
  writePem,
  writePkcs7,
  writePkcs12,
} from '../../src/main/x509/index.ts';
import { createAuthority, generateKey, issue, selfSigned } from '../unit/main/x509/support/test-authority.ts';
import { openWorkbench } from './x509-counterparts.ts';

const bench = openWorkbench();
const authority = createAuthority('ecdsa-p256');
const root = selfSigned(authority);
const key = generateKey('rsa-2048');
const leaf = issue(authority, {
  subjectDer: encodeName({ commonName: 'leaf' }),
  spki: key.spki,
  extensions: {},
});
const privateKeyPkcs8 = Uint8Array.from(key.privateKey.export({ type: 'pkcs8', format: 'der' }));

beforeAll(() => {
  bench.write('root.pem', writePem('CERTIFICATE', root));
  bench.write('leaf.pem', writePem('CERTIFICATE', leaf));
  bench.write('key.pem', writePem('PRIVATE KEY', privateKeyPkcs8));
});

const subjectsIn = (certificates: Uint8Array[]) =>
  certificates.map((der) => parseCertificate(der).subject.text);

describe('PKCS#7', () => {
  it('made here is read by openssl and certtool, the leaf first', () => {
    bench.write('bundle.p7b', writePkcs7([leaf, root]));
    const printed = bench.run('openssl', 'pkcs7', '-inform', 'DER', '-in', 'bundle.p7b', '-print_certs');
    expect(subjectsIn(readCertificates(printed))).toEqual(['CN=leaf', 'CN=Test root']);
    expect(bench.run('certtool', '--p7-info', '--inder', '--infile=bundle.p7b')).toContain(
      'Number of certificates: 2',
    );
  });

  it.each(['DER', 'PEM'])('made by openssl in %s is read here', (form) => {
    bench.run(
      'openssl',
      'crl2pkcs7',
      '-nocrl',
      '-certfile',
      'leaf.pem',
      '-certfile',
      'root.pem',
      '-outform',
      form,
      '-out',
      'made.p7b',
    );
    expect(subjectsIn(readCertificates(bench.read('made.p7b')))).toEqual(['CN=leaf', 'CN=Test root']);
  });
});

describe('PKCS#12', () => {
  it('made here is opened by openssl and certtool with its key, names and modern algorithms', async () => {
    bench.write(
      'made.p12',
      await writePkcs12({
        privateKeyPkcs8,
        certificates: [leaf, root],
        passphrase: 'pässword',
        friendlyName: 'my key',
      }),
    );
    const printed = bench.run('openssl', 'pkcs12', '-in', 'made.p12', '-nodes', '-passin', 'pass:pässword');
    expect(printed).toContain('friendlyName: my key');
    expect(subjectsIn(readCertificates(printed))).toEqual(['CN=leaf', 'CN=Test root']);
    expect(
      createPrivateKey(printed.slice(printed.indexOf('-----BEGIN PRIVATE KEY'))).equals(key.privateKey),
    ).toBe(true);
    const info = bench.run('certtool', '--p12-info', '--inder', '--infile=made.p12', '--password=pässword');
    expect(info).toContain('Friendly name: my key');
    expect(info).toMatch(/Encrypted[\s\S]*PBES2-AES256-CBC/);
  });

  it('made here without a key is opened by openssl', async () => {
    bench.write('certs.p12', await writePkcs12({ certificates: [leaf, root], passphrase: 'p' }));
    const printed = bench.run('openssl', 'pkcs12', '-in', 'certs.p12', '-nodes', '-passin', 'pass:p');
    expect(printed).not.toContain('PRIVATE KEY');
    expect(readCertificates(printed)).toHaveLength(2);
  });

  it.each([
    ['by default', []],
    ['with AES-128', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC']],
    ['with a MAC of SHA-512', ['-macalg', 'sha512']],
    ['with the certificates in the clear', ['-certpbe', 'NONE']],
    ['with many rounds', ['-iter', '100000']],
  ])('made by openssl %s is opened here', async (_, args) => {
    bench.run(
      'openssl',
      'pkcs12',
      '-export',
      '-inkey',
      'key.pem',
      '-in',
      'leaf.pem',
      '-certfile',
      'root.pem',
      '-name',
      'x',
      '-passout',
      'pass:pässword',
      '-out',
      'theirs.p12',
      ...args,
    );
    const read = await readPkcs12(bench.read('theirs.p12'), 'pässword');
    expect(subjectsIn(read.certificates)).toEqual(['CN=leaf', 'CN=Test root']);
    expect(Buffer.from(read.privateKeyPkcs8 ?? [])).toEqual(Buffer.from(privateKeyPkcs8));
  });

  it('made by openssl without a key is opened here', async () => {
    bench.run(
      'openssl',
      'pkcs12',
      '-export',
      '-nokeys',
      '-in',
      'root.pem',
      '-passout',
      'pass:p',
      '-out',
      'nokeys.p12',
    );
    const read = await readPkcs12(bench.read('nokeys.p12'), 'p');
    expect(read.privateKeyPkcs8).toBeUndefined();
    expect(read.certificates).toHaveLength(1);
  });

  it('made by certtool is opened here', async () => {
    bench.run(
      'certtool',
      '--to-p12',
      '--load-privkey=key.pem',
      '--load-certificate=leaf.pem',
      '--pkcs-cipher=aes-256',
      '--p12-name=x',
      '--password=p',
      '--outder',
      '--outfile=gnutls.p12',
    );
    const read = await readPkcs12(bench.read('gnutls.p12'), 'p');
    expect(subjectsIn(read.certificates)).toEqual(['CN=leaf']);
  });
});
