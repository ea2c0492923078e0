/**
 * Every classic algorithm in every kind of file, in both directions: requests, PKCS#12, PKCS#8, JKS, OCSP, CRLs of
 * openssl. Keys and certificates are in x509-algorithms.test.ts, what else a format can hold beside its own name.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  assembleOcspResponse,
  buildOcspRequest,
  buildTbsOcspResponse,
  crlEntries,
  decryptPkcs8,
  encodeName,
  encryptPkcs8,
  parseCrl,
  readCsr,
  readJks,
  readOcspRequest,
  readPem,
  readPkcs12,
  validateCertificate,
  verifyCrlSignature,
  verifyCsr,
  writeJks,
  writePem,
  writePkcs12,
} from '../../src/main/x509/index.ts';
import { classicAlgorithms } from '../support/key-algorithms.ts';
import {
  caExtensions,
  createAuthority,
  issue,
  selfSigned,
  signWith,
} from '../unit/main/x509/support/test-authority.ts';
import { openWorkbench } from './x509-counterparts.ts';

const bench = openWorkbench();
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
const derIn = (file: string) => readPem(bench.read(file).toString('latin1'))[0]?.der ?? expect.unreachable();
const hasKeytool = spawnSync('keytool', ['-help']).error === undefined;

const caConfig = `[ca]
default_ca = own
[own]
database = index.txt
crlnumber = crlnumber
default_crl_days = 3
default_md = default
`;

/** Larger RSA keys are encoded as the smallest one is, and slow. */
const algorithms = classicAlgorithms.filter((one) => one !== 'rsa-3072' && one !== 'rsa-4096');

describe.each(algorithms)('with %s', (algorithm) => {
  const root = createAuthority(algorithm);
  const rootDer = selfSigned(root, {
    ...caExtensions,
    keyUsages: ['keyCertSign', 'cRLSign', 'digitalSignature'],
  });
  const serialNumber = Uint8Array.of(0x40, 1);
  const leaf = issue(root, {
    subjectDer: encodeName({ commonName: 'leaf' }),
    spki: root.spki,
    serialNumber,
    extensions: { keyUsages: ['digitalSignature'] },
  });
  const pkcs8 = Uint8Array.from(root.privateKey.export({ type: 'pkcs8', format: 'der' }));
  const holdsKey = (pem: string) =>
    createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'der' });

  beforeAll(() => {
    bench.write('root.pem', writePem('CERTIFICATE', rootDer));
    bench.write('leaf.pem', writePem('CERTIFICATE', leaf));
    bench.write('key.pem', writePem('PRIVATE KEY', pkcs8));
  });

  it('requests of openssl and certtool are read and verified', () => {
    bench.run('openssl', 'req', '-new', '-key', 'key.pem', '-subj', '/CN=a', '-out', 'openssl.csr');
    bench.write('request.cfg', 'cn = a\n');
    const by = ['--load-privkey=key.pem', '--template=request.cfg', '--outfile=certtool.csr'];
    bench.run('certtool', '--generate-request', ...by);
    for (const file of ['openssl.csr', 'certtool.csr']) {
      const csr = readCsr(bench.read(file));
      expect(csr).toMatchObject({ keyAlgorithm: algorithm, subject: { commonName: 'a' } });
      expect(verifyCsr(csr)).toBe(true);
    }
  });

  it('PKCS#12 goes both ways with openssl and certtool', async () => {
    const contents = { privateKeyPkcs8: pkcs8, certificates: [leaf, rootDer], passphrase: 'p' };
    bench.write('ours.p12', await writePkcs12(contents));
    const opened = bench.run(
      'openssl',
      'pkcs12',
      '-in',
      'ours.p12',
      '-nodes',
      '-nocerts',
      '-passin',
      'pass:p',
    );
    expect(hex(holdsKey(opened))).toBe(hex(root.spki));
    const info = bench.run('certtool', '--p12-info', '--inder', '--infile=ours.p12', '--password=p');
    expect(info.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    const parts = ['-inkey', 'key.pem', '-in', 'leaf.pem', '-passout', 'pass:p', '-out', 'openssl.p12'];
    bench.run('openssl', 'pkcs12', '-export', ...parts);
    const with12 = ['--load-privkey=key.pem', '--load-certificate=leaf.pem', '--p12-name=x', '--password=p'];
    bench.run(
      'certtool',
      '--to-p12',
      ...with12,
      '--pkcs-cipher=aes-256',
      '--outder',
      '--outfile=certtool.p12',
    );
    for (const file of ['openssl.p12', 'certtool.p12']) {
      const { certificates, privateKeyPkcs8 } = await readPkcs12(bench.read(file), 'p');
      expect(certificates.map(hex)).toEqual([hex(leaf)]);
      expect(hex(holdsKey(writePem('PRIVATE KEY', privateKeyPkcs8 ?? new Uint8Array())))).toBe(
        hex(root.spki),
      );
    }
  });

  it('PKCS#8 under a passphrase goes both ways with openssl and certtool', async () => {
    bench.write('ours.p8', writePem('ENCRYPTED PRIVATE KEY', await encryptPkcs8(pkcs8, 'p')));
    expect(hex(holdsKey(bench.run('openssl', 'pkey', '-in', 'ours.p8', '-passin', 'pass:p')))).toBe(
      hex(root.spki),
    );
    const shown = bench.run('certtool', '--load-privkey=ours.p8', '--password=p', '--pubkey-info');
    expect(hex(readPem(shown.slice(shown.indexOf('-----BEGIN')))[0]?.der)).toBe(hex(root.spki));
    bench.run('openssl', 'pkcs8', '-topk8', '-in', 'key.pem', '-passout', 'pass:p', '-out', 'openssl.p8');
    const how = ['--pkcs8', '--pkcs-cipher=aes-256', '--password=p', '--outfile=certtool.p8'];
    bench.run('certtool', '--to-p8', '--load-privkey=key.pem', ...how);
    for (const file of ['openssl.p8', 'certtool.p8']) {
      const opened = await decryptPkcs8(derIn(file), 'p');
      expect(hex(holdsKey(writePem('PRIVATE KEY', opened)))).toBe(hex(root.spki));
    }
  });

  it('OCSP goes both ways with openssl', () => {
    const ids = [{ issuerNameDer: root.nameDer, issuerSpki: root.spki, serialNumber }];
    const [id] = readOcspRequest(buildOcspRequest(ids)).certIds;
    const statuses = [
      { certIdDer: id?.der ?? new Uint8Array(), status: 'good' as const, thisUpdate: new Date() },
    ];
    const tbs = buildTbsOcspResponse({ responderSpki: root.spki, producedAt: new Date(), statuses });
    const signature = signWith(root.algorithm, tbs, root.privateKey);
    bench.write('ours.ors', assembleOcspResponse(tbs, root.algorithm, signature));
    const about = ['-issuer', 'root.pem', '-cert', 'leaf.pem', '-CAfile', 'root.pem'];
    expect(bench.run('openssl', 'ocsp', '-respin', 'ours.ors', ...about)).toContain('leaf.pem: good');

    bench.write('index.txt', 'V\t491231235959Z\t\t4001\tunknown\t/CN=leaf\n');
    bench.write('ours.orq', buildOcspRequest(ids));
    const signer = ['-CA', 'root.pem', '-rsigner', 'root.pem', '-rkey', 'key.pem', '-ndays', '1'];
    const files = ['-index', 'index.txt', '-reqin', 'ours.orq', '-respout', 'theirs.ors'];
    bench.run('openssl', 'ocsp', ...files, ...signer);
    const result = validateCertificate(
      leaf,
      { anchors: [{ certificate: rootDer }], ocspResponses: [bench.read('theirs.ors')] },
      // openssl's clock may be a second ahead of the one read here.
      { time: new Date(Date.now() + 2000), profile: 'path', revocation: 'require' },
    );
    expect(result).toMatchObject({ ok: true });
  });

  it('a CRL of openssl is read and verified', () => {
    bench.write('index.txt', 'R\t491231235959Z\t260102030405Z,keyCompromise\t4001\tunknown\t/CN=leaf\n');
    bench.write('crlnumber', '0A\n');
    bench.write('ca.cfg', caConfig);
    const by = ['-config', 'ca.cfg', '-keyfile', 'key.pem', '-cert', 'root.pem', '-out', 'theirs.crl'];
    bench.run('openssl', 'ca', '-gencrl', ...by);
    const crl = parseCrl(derIn('theirs.crl'));
    expect(verifyCrlSignature(crl, root.spki)).toBe(true);
    expect(crl.crlNumber).toBe(10n);
    expect([...crlEntries(crl)]).toMatchObject([
      { reason: 'keyCompromise', revokedAt: new Date('2026-01-02T03:04:05Z') },
    ]);
  });

  it.skipIf(!hasKeytool)('a key store goes both ways with keytool (skipped where there is no JDK)', () => {
    const entries = [
      { alias: 'own', createdAt: new Date(), privateKeyPkcs8: pkcs8, certificates: [leaf, rootDer] },
    ];
    const folder = bench.write('ours.jks', writeJks(entries, 'changeit')).replace(/[^/]+$/, '');
    const convert = (from: string, to: string, type: string) => {
      const words = ['-srcstorepass', 'changeit', '-deststorepass', 'changeit', '-noprompt'];
      const stores = ['-srckeystore', from, '-destkeystore', to, '-deststoretype', type];
      execFileSync('keytool', ['-importkeystore', ...stores, ...words], { cwd: folder, stdio: 'pipe' });
    };
    convert('ours.jks', `${algorithm}.p12`, 'PKCS12');
    convert(`${algorithm}.p12`, `${algorithm}.jks`, 'JKS');
    const [entry] = readJks(bench.read(`${algorithm}.jks`), 'changeit');
    expect(entry?.certificates.map(hex)).toEqual([hex(leaf), hex(rootDer)]);
    expect(hex(holdsKey(writePem('PRIVATE KEY', entry?.privateKeyPkcs8 ?? new Uint8Array())))).toBe(
      hex(root.spki),
    );
  });
});
