/** Key stores and key formats in both directions with those who defined them: keytool, ssh-keygen, openssl, certtool. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lintCertificate } from '../../src/main/lint/index.ts';
import {
  decryptPkcs8,
  encodeName,
  encryptPkcs8,
  readJks,
  readPem,
  readPkcs12,
  readSshPublicKey,
  recognise,
  viewFields,
  writeJks,
  writePem,
  writeSshPublicKey,
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
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
let folder = '';

beforeAll(() => {
  folder = dirname(bench.write('root.pem', writePem('CERTIFICATE', root)));
  bench.write('leaf.pem', writePem('CERTIFICATE', leaf));
  bench.write('key.pem', writePem('PRIVATE KEY', privateKeyPkcs8));
});

const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const isThere = (program: string, ...args: string[]) => spawnSync(program, args).error === undefined;
const hasKeytool = isThere('keytool', '-help');
const hasSshKeygen = isThere('ssh-keygen', '-?');

describe.skipIf(!hasKeytool)('JKS (skipped where there is no JDK)', () => {
  const createdAt = new Date('2026-01-02T03:04:05Z');

  it('made here is opened by keytool, with its key, its chain and its trusted certificate', () => {
    const entries = [
      { alias: 'mykey', createdAt, privateKeyPkcs8, certificates: [leaf, root] },
      { alias: 'myroot', createdAt, certificates: [root] },
    ];
    bench.write('made.jks', writeJks(entries, 'changeit'));
    const listed = run(
      'keytool',
      '-J-Duser.language=en',
      '-list',
      '-v',
      '-keystore',
      'made.jks',
      '-storepass',
      'changeit',
    );
    expect(listed).toMatch(/Keystore type: (JKS|jks)/);
    expect(listed).toContain('contains 2 entries');
    expect(listed).toContain('Certificate chain length: 2');
    expect(listed).toContain('trustedCertEntry');
    const stores = ['-srckeystore', 'made.jks', '-srcstorepass', 'changeit', '-destkeystore', 'from-jks.p12'];
    run(
      'keytool',
      '-importkeystore',
      ...stores,
      '-deststoretype',
      'PKCS12',
      '-deststorepass',
      'changeit',
      '-noprompt',
    );
    const pkcs12 = ['pkcs12', '-in', 'from-jks.p12', '-nodes', '-nocerts', '-passin', 'pass:changeit'];
    const printed = run('openssl', ...pkcs12);
    const pem = printed.slice(printed.indexOf('-----BEGIN PRIVATE KEY'));
    expect(createPrivateKey(pem).equals(key.privateKey)).toBe(true);
  });

  it('made by keytool is opened here', () => {
    const common = ['-keystore', 'theirs.jks', '-storetype', 'JKS', '-storepass', 'changeit'];
    const name = [
      '-dname',
      'CN=made by keytool',
      '-keypass',
      'other-one',
      '-keyalg',
      'EC',
      '-groupname',
      'secp256r1',
    ];
    run('keytool', '-genkeypair', '-alias', 'theirs', ...name, ...common);
    run('keytool', '-importcert', '-noprompt', '-alias', 'root', '-file', 'root.pem', ...common);
    const store = bench.read('theirs.jks');
    const entries = readJks(store, 'changeit', 'other-one');
    const theirs = entries.find(({ alias }) => alias === 'theirs');
    expect(hex(entries.find(({ alias }) => alias === 'root')?.certificates[0])).toBe(hex(root));
    const pkcs8 = Buffer.from(theirs?.privateKeyPkcs8 ?? []);
    expect(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).asymmetricKeyType).toBe('ec');
    expect(recognise(store)).toMatchObject({ kind: 'jks' });
    const found = lintCertificate(theirs?.certificates[0] ?? new Uint8Array(), { profile: 'rfc5280' });
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('of the type JCEKS is recognised', () => {
    const where = ['-keystore', 'theirs.jceks', '-storetype', 'JCEKS', '-storepass', 'changeit'];
    run('keytool', '-importcert', '-noprompt', '-alias', 'root', '-file', 'root.pem', ...where);
    expect(recognise(bench.read('theirs.jceks')).kind).toBe('jceks');
  });
});

describe.skipIf(!hasSshKeygen)('SSH public keys (skipped where there is no ssh-keygen)', () => {
  it.each([
    ['rsa', '2048'],
    ['ecdsa', '256'],
    ['ecdsa', '384'],
    ['ecdsa', '521'],
    ['ed25519', '256'],
  ])('%s of %s bits made by ssh-keygen reads and writes the same', (type, bits) => {
    run('ssh-keygen', '-q', '-t', type, '-b', bits, '-N', '', '-C', 'a comment', '-f', `ssh-${type}-${bits}`);
    const line = bench.read(`ssh-${type}-${bits}.pub`).toString();
    const read = readSshPublicKey(line);
    expect(read.comment).toBe('a comment');
    expect(writeSshPublicKey(read.spki, read.comment)).toBe(line.trim());
    expect(recognise(Buffer.from(line)).kind).toBe('ssh-public-key');
  });

  it('made here have the fingerprint that ssh-keygen finds, and become the same PEM', () => {
    bench.write('ours.pub', `${writeSshPublicKey(key.spki, 'ours')}\n`);
    expect(run('ssh-keygen', '-l', '-f', 'ours.pub')).toContain('2048 SHA256:');
    const pem = run('ssh-keygen', '-e', '-m', 'PKCS8', '-f', 'ours.pub');
    expect(hex(readPem(pem)[0]?.der)).toBe(hex(key.spki));
  });
});

describe('PKCS#8 under a passphrase', () => {
  it('made here is opened by openssl and certtool', async () => {
    bench.write(
      'ours.p8',
      writePem('ENCRYPTED PRIVATE KEY', await encryptPkcs8(privateKeyPkcs8, 'pässword')),
    );
    const printed = run('openssl', 'pkey', '-in', 'ours.p8', '-passin', 'pass:pässword');
    expect(createPrivateKey(printed).equals(key.privateKey)).toBe(true);
    expect(run('certtool', '--key-info', '--infile=ours.p8', '--password=pässword')).toContain('RSA');
  });

  it.each([
    ['by default', []],
    ['with AES-128', ['-v2', 'aes-128-cbc']],
    ['with triple DES', ['-v2', 'des3']],
    ['with the older triple DES', ['-v1', 'PBE-SHA1-3DES']],
    ['with scrypt', ['-scrypt']],
    ['with SHA-512', ['-v2prf', 'hmacWithSHA512']],
  ])('made by openssl %s is opened here', async (_, args) => {
    const where = ['-in', 'key.pem', '-outform', 'DER', '-out', 'theirs.p8', '-passout', 'pass:p'];
    run('openssl', 'pkcs8', '-topk8', ...where, ...args);
    expect(recognise(bench.read('theirs.p8')).kind).toBe('encrypted-private-key');
    expect(hex(await decryptPkcs8(bench.read('theirs.p8'), 'p'))).toBe(hex(privateKeyPkcs8));
  });

  it('made by certtool is opened here', async () => {
    const how = ['--pkcs8', '--pkcs-cipher=aes-256', '--password=p', '--outder', '--outfile=gnutls.p8'];
    run('certtool', '--to-p8', '--load-privkey=key.pem', ...how);
    expect(hex(await decryptPkcs8(bench.read('gnutls.p8'), 'p'))).toBe(hex(privateKeyPkcs8));
  });
});

describe('PKCS#12 of old software', () => {
  it.each([
    ['as it was by default', ['-legacy']],
    ['with RC2 of 128 bits', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128']],
    ['with two-key triple DES', ['-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES']],
    ['with triple DES', ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
  ])('%s, made by openssl, is opened here', async (_, args) => {
    const what = [
      '-inkey',
      'key.pem',
      '-in',
      'leaf.pem',
      '-certfile',
      'root.pem',
      '-passout',
      'pass:pässword',
    ];
    run('openssl', 'pkcs12', '-export', ...what, '-out', 'old.p12', ...args);
    const read = await readPkcs12(bench.read('old.p12'), 'pässword');
    expect(hex(read.privateKeyPkcs8)).toBe(hex(privateKeyPkcs8));
    expect(read.certificates.map(hex)).toEqual([leaf, root].map(hex));
    await expect(readPkcs12(bench.read('old.p12'), 'wrong')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('what openssl makes', () => {
  it('is recognised: requests, CRLs, OCSP requests', () => {
    run('openssl', 'req', '-new', '-key', 'key.pem', '-subj', '/CN=x', '-outform', 'DER', '-out', 'x.csr');
    expect(recognise(bench.read('x.csr'))).toMatchObject({ kind: 'csr', items: [{ description: 'x' }] });
    const ids = ['-issuer', 'root.pem', '-cert', 'leaf.pem', '-reqout', 'x.ocsp'];
    run('openssl', 'ocsp', ...ids);
    expect(recognise(bench.read('x.ocsp'))).toMatchObject({
      kind: 'ocsp-request',
      items: [{ description: 'for one certificate' }],
    });
  });

  it('says the same of a certificate as the fields here', () => {
    const printed = run('openssl', 'x509', '-in', 'leaf.pem', '-noout', '-serial', '-fingerprint', '-sha256');
    const values = viewFields(leaf).flatMap(({ fields }) => fields.map(({ value }) => value));
    expect(values).toContain(/Fingerprint=(\S+)/.exec(printed)?.[1]);
    expect(values.map((value) => value.replaceAll(':', ''))).toContain(/serial=(\S+)/.exec(printed)?.[1]);
  });
});
