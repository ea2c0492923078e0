import 'reflect-metadata';
import { X509Certificate as NodeCertificate, randomBytes } from 'node:crypto';
import { X509Certificate as PeculiarCertificate, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { describe, expect, it } from 'vitest';
import {
  encodeName,
  formatName,
  newSerialNumber,
  parseCertificate,
  readCertificates,
  verifyCertificateSignature,
  writePem,
} from '../../src/main/x509/index.ts';
import { revocationReasons } from '../../src/shared/model/names.ts';
import { classicAlgorithms } from '../support/key-algorithms.ts';
import {
  caExtensions,
  createAuthority,
  generateKey,
  issue,
  issueCrl,
  selfSigned,
  type TestAuthority,
} from '../unit/main/x509/support/test-authority.ts';
import { openWorkbench } from './x509-counterparts.ts';

const bench = openWorkbench();
const names = { commonName: 'a.example', organization: 'Müller GmbH', country: 'DE' };

/** A root, an issuing authority below it, and a leaf, as files; returns the two below the root. */
function chainOf(
  root: TestAuthority,
  issuing: TestAuthority,
  serialNumber = newSerialNumber(randomBytes(16)),
) {
  const rootDer = selfSigned(root);
  const issuingDer = issue(root, {
    subjectDer: issuing.nameDer,
    spki: issuing.spki,
    extensions: { basicConstraints: { ca: true, pathLength: 0 }, keyUsages: ['keyCertSign', 'cRLSign'] },
  });
  const leafDer = issue(issuing, {
    serialNumber,
    subjectDer: encodeName(names),
    spki: generateKey('ecdsa-p256').spki,
    extensions: {
      basicConstraints: { ca: false },
      keyUsages: ['digitalSignature'],
      extendedKeyUsages: ['serverAuth', 'clientAuth', '1.3.6.1.4.1.311.20.2.2'],
      subjectAltNames: [
        { type: 'dns', value: 'bücher.example' },
        { type: 'ip', value: '192.0.2.1' },
        { type: 'ip', value: '2001:db8::1' },
        { type: 'email', value: 'a@example.com' },
        { type: 'uri', value: 'https://a.example/' },
        { type: 'upn', value: 'jürgen@corp.example' },
      ],
      crlDistributionPoints: ['http://a.example/issuing.crl'],
      ocspUrls: ['http://a.example/ocsp'],
      caIssuersUrls: ['http://a.example/issuing.crt'],
    },
  });
  bench.write('root.pem', writePem('CERTIFICATE', rootDer));
  bench.write('issuing.pem', writePem('CERTIFICATE', issuingDer));
  bench.write('leaf.pem', writePem('CERTIFICATE', leafDer));
  return { issuingDer, leafDer };
}

const verifyArgs = [
  'verify',
  '-x509_strict',
  '-purpose',
  'sslserver',
  '-CAfile',
  'root.pem',
  '-untrusted',
  'issuing.pem',
];

describe('certificates and CRLs made here', () => {
  it.each(classicAlgorithms)(
    'satisfy openssl and certtool when %s signs, and revocation takes effect',
    (algorithm) => {
      const root = createAuthority(algorithm, { commonName: 'Test root' });
      const issuing = createAuthority(algorithm, {
        commonName: 'Test issuing',
        organization: 'Org',
        country: 'DE',
      });
      const serialNumber = newSerialNumber(randomBytes(16));
      chainOf(root, issuing, serialNumber);
      const other = { serialNumber: newSerialNumber(randomBytes(16)), revokedAt: new Date() };
      const crls = (...revoked: (typeof other)[]) => {
        const list = [issueCrl(root, []), issueCrl(issuing, revoked, 7)];
        bench.write('crls.pem', list.map((crl) => writePem('X509 CRL', crl)).join(''));
      };

      crls(other);
      const check = [...verifyArgs, '-crl_check_all', '-CRLfile', 'crls.pem', 'leaf.pem'];
      expect(bench.run('openssl', ...check)).toBe('leaf.pem: OK\n');
      crls(other, { serialNumber, revokedAt: new Date() });
      expect(() => bench.run('openssl', ...check)).toThrow('certificate revoked');

      bench.write(
        'chain.pem',
        Buffer.concat([bench.read('leaf.pem'), bench.read('issuing.pem'), bench.read('root.pem')]),
      );
      expect(bench.run('certtool', '--verify-chain', '--infile=chain.pem')).toContain(
        'Chain verification output: Verified.',
      );
    },
  );

  it('are shown by openssl and certtool as they were meant', () => {
    chainOf(createAuthority('ecdsa-p256'), createAuthority('ecdsa-p256', { commonName: 'Test issuing' }));
    const text = bench.run(
      'openssl',
      'x509',
      '-in',
      'leaf.pem',
      '-noout',
      '-text',
      '-nameopt',
      'RFC2253,-esc_msb,utf8',
    );
    expect(text).toContain('Subject: CN=a.example,O=Müller GmbH,C=DE');
    expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/);
    expect(text).toContain(
      'TLS Web Server Authentication, TLS Web Client Authentication, Microsoft Smartcard Login',
    );
    expect(text).toContain(
      'DNS:xn--bcher-kva.example, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1',
    );
    expect(text).toContain('othername: UPN::jürgen@corp.example');
    expect(text).toContain('OCSP - URI:http://a.example/ocsp');
    const shown = bench.run('certtool', '-i', '--infile=leaf.pem');
    expect(shown).toContain('URI: http://a.example/issuing.crl');
    expect(shown).toContain('Subject: CN=a.example,O=Müller GmbH,C=DE');
  });

  it('that are valid beyond 2049 satisfy openssl', () => {
    const root = createAuthority('ecdsa-p256');
    const der = issue(root, {
      subjectDer: root.nameDer,
      spki: root.spki,
      extensions: caExtensions,
      notAfter: new Date('9999-12-31T23:59:59Z'),
    });
    bench.write('long.pem', writePem('CERTIFICATE', der));
    expect(bench.run('openssl', 'verify', '-x509_strict', '-CAfile', 'long.pem', 'long.pem')).toBe(
      'long.pem: OK\n',
    );
    expect(bench.run('openssl', 'x509', '-in', 'long.pem', '-noout', '-enddate')).toContain(
      'Dec 31 23:59:59 9999 GMT',
    );
  });

  it('list every reason of revocation for openssl and certtool', () => {
    const root = createAuthority('ecdsa-p256');
    const revoked = revocationReasons.map((reason, i) => ({
      serialNumber: Uint8Array.of(0x40, i),
      revokedAt: new Date('2026-01-02T03:04:05Z'),
      reason,
      ...(reason === 'keyCompromise' ? { invalidityDate: new Date('2025-12-24T00:00:00Z') } : {}),
    }));
    bench.write('list.pem', writePem('X509 CRL', issueCrl(root, revoked, 2n ** 64n)));
    bench.write('root.pem', writePem('CERTIFICATE', selfSigned(root)));
    const text = bench.run('openssl', 'crl', '-in', 'list.pem', '-noout', '-text');
    for (const shown of [
      'Key Compromise',
      'CA Compromise',
      'Affiliation Changed',
      'Superseded',
      'Cessation Of Operation',
      'Certificate Hold',
      'Privilege Withdrawn',
      'AA Compromise',
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).not.toContain('Unspecified');
    expect(text).toContain('Dec 24 00:00:00 2025 GMT');
    expect(text).toContain(String(2n ** 64n));
    expect(text.match(/Serial Number: 40/g)).toHaveLength(revocationReasons.length);
    expect(
      bench.run('certtool', '--verify-crl', '--load-ca-certificate=root.pem', '--infile=list.pem'),
    ).toContain('Verified');
  });

  it('list nothing when nothing is revoked', () => {
    bench.write('empty.crl', issueCrl(createAuthority('ed25519'), []));
    expect(bench.run('openssl', 'crl', '-inform', 'DER', '-in', 'empty.crl', '-noout', '-text')).toContain(
      'No Revoked Certificates.',
    );
  });
});

describe('certificates made by openssl', () => {
  const extended = [
    'basicConstraints=critical,CA:true,pathlen:1',
    'keyUsage=critical,keyCertSign,cRLSign,digitalSignature',
    'extendedKeyUsage=serverAuth,codeSigning',
    'subjectAltName=DNS:a.example,IP:192.0.2.1,email:a@example.com,URI:https://a.example/,RID:1.2.3.4,dirName:dir',
    'certificatePolicies=1.2.3.4,2.5.29.32.0',
    'nameConstraints=critical,permitted;DNS:example,excluded;IP:10.0.0.0/255.0.0.0',
    'policyConstraints=requireExplicitPolicy:1,inhibitPolicyMapping:0',
    'inhibitAnyPolicy=0',
    'authorityInfoAccess=OCSP;URI:http://a.example/ocsp,caIssuers;URI:http://a.example/ca',
    'crlDistributionPoints=URI:http://a.example/crl',
    'tlsfeature=status_request',
    '1.3.6.1.5.5.7.48.1.5=ASN1:NULL',
    '1.2.3.4.5=ASN1:UTF8String:hi',
  ];

  it.each([
    ['P-256', 'ecdsa-sha256', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-sha256']],
    ['RSA', 'rsa-sha512', ['-newkey', 'rsa:2048', '-sha512']],
    [
      'RSA-PSS',
      'rsa-pss-sha256',
      ['-newkey', 'rsa:2048', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'],
    ],
    ['Ed25519', 'ed25519', ['-newkey', 'ed25519']],
    ['Ed448', 'ed448', ['-newkey', 'ed448']],
  ])('with %s are read as node and @peculiar/x509 read them', (_, signatureAlgorithm, args) => {
    bench.write(
      'req.cnf',
      `[req]\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\n[ext]\n${extended.join('\n')}\nsubjectKeyIdentifier=hash\n[dir]\nCN=Some one\n`,
    );
    bench.run(
      'openssl',
      'req',
      '-x509',
      '-config',
      'req.cnf',
      '-nodes',
      '-keyout',
      'key.pem',
      '-out',
      'cert.pem',
      '-utf8',
      '-subj',
      '/C=DE/O=Müller, GmbH/CN=a.example/OU=x/UID=y',
      ...args,
    );
    const [der = new Uint8Array()] = readCertificates(bench.read('cert.pem'));
    const parsed = parseCertificate(der);
    const node = new NodeCertificate(der);
    const peculiar = new PeculiarCertificate(Uint8Array.from(der));
    expect(parsed).toMatchObject({
      serialNumber: node.serialNumber,
      signatureAlgorithm,
      notBefore: node.validFromDate,
      notAfter: node.validToDate,
      isCa: true,
      pathLength: 1,
      keyUsages: ['digitalSignature', 'keyCertSign', 'cRLSign'],
      extendedKeyUsages: ['serverAuth', 'codeSigning'],
    });
    expect(parsed.extensions.map(({ oid, critical }) => [oid, critical])).toEqual(
      peculiar.extensions.map(({ type, critical }) => [type, critical]),
    );
    const peculiarNames = peculiar.getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
    expect(parsed.subjectAltNames.map(({ value }) => value)).toEqual(
      peculiarNames
        .filter(({ type }) => type === 'dns' || type === 'ip' || type === 'email' || type === 'url')
        .map(({ value }) => value),
    );
    expect(verifyCertificateSignature(der, parsed.spki)).toBe(true);
    expect(parsed.subject.text).toBe(
      bench
        .run('openssl', 'x509', '-in', 'cert.pem', '-noout', '-subject', '-nameopt', 'RFC2253,-esc_msb,utf8')
        .trim()
        .replace('subject=', ''),
    );
    expect(Object.fromEntries(parsed.extensions.map(({ name, summary }) => [name, summary]))).toMatchObject({
      nameConstraints: 'permitted: DNS:example; excluded: IP:10.0.0.0/255.0.0.0',
      certificatePolicies: '1.2.3.4, any policy',
      policyConstraints:
        'explicit policy required after 1 certificates, policy mapping inhibited after 0 certificates',
      authorityInfoAccess: 'OCSP URI:http://a.example/ocsp, CA issuers URI:http://a.example/ca',
      cRLDistributionPoints: 'URI:http://a.example/crl',
      subjectAltName:
        'DNS:a.example, IP:192.0.2.1, email:a@example.com, URI:https://a.example/, registered ID: 1.2.3.4, directory name: CN=Some one',
      '1.2.3.4.5': '0C026869',
    });
  });

  it('have their names written as openssl writes them', () => {
    for (const subject of [' lead', 'trail ', '#hash', 'a,b+c"d;e<f>g\\h', 'Ümläut 🔑']) {
      const root = createAuthority('ed25519', { commonName: subject });
      bench.write('name.pem', writePem('CERTIFICATE', selfSigned(root)));
      const shown = bench.run(
        'openssl',
        'x509',
        '-in',
        'name.pem',
        '-noout',
        '-subject',
        '-nameopt',
        'RFC2253,-esc_msb,utf8',
      );
      expect(formatName(root.nameDer)).toBe(shown.replace(/^subject=/, '').replace(/\n$/, ''));
    }
  });
});
