import { describe, expect, it } from 'vitest';
import { readCsr, verifyCsr } from '../../src/main/x509/index.ts';
import { thrownBy } from '../unit/main/x509/support/errors.ts';
import { openWorkbench } from './x509-counterparts.ts';

const bench = openWorkbench();

const p256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

function request(...args: string[]) {
  bench.run(
    'openssl',
    'req',
    '-new',
    '-nodes',
    '-keyout',
    'key.pem',
    '-out',
    'csr.pem',
    '-subj',
    '/CN=a.example',
    ...args,
  );
  return readCsr(bench.read('csr.pem'));
}

describe('requests made by openssl', () => {
  it.each([
    ['ecdsa-p256', 'ecdsa-sha256', [...p256, '-sha256']],
    ['ecdsa-p256', 'ecdsa-sha512', [...p256, '-sha512']],
    ['ecdsa-p384', 'ecdsa-sha384', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384']],
    ['ed25519', 'ed25519', ['-newkey', 'ed25519']],
    ['rsa-2048', 'rsa-sha256', ['-newkey', 'rsa:2048', '-sha256']],
    ['rsa-2048', 'rsa-sha384', ['-newkey', 'rsa:2048', '-sha384']],
    ['rsa-3072', 'rsa-sha512', ['-newkey', 'rsa:3072', '-sha512']],
    ['rsa-4096', 'rsa-sha256', ['-newkey', 'rsa:4096', '-sha256']],
    [
      'rsa-2048',
      'rsa-pss-sha256',
      ['-newkey', 'rsa:2048', '-sha256', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32'],
    ],
    [
      'rsa-2048',
      'rsa-pss-sha512',
      ['-newkey', 'rsa:2048', '-sha512', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:64'],
    ],
    ['ecdsa-p521', 'ecdsa-sha512', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521', '-sha512']],
    [null, 'rsa-sha256', ['-newkey', 'rsa:1024', '-sha256']],
    ['ed448', 'ed448', ['-newkey', 'ed448']],
  ])('for %s signed with %s are read and verified', (keyAlgorithm, signatureAlgorithm, args) => {
    const csr = request(...args);
    expect(csr).toMatchObject({ keyAlgorithm, signatureAlgorithm });
    expect(verifyCsr(csr)).toBe(true);
  });

  it('say all that they ask for', () => {
    const csr = request(
      ...p256,
      '-utf8',
      '-subj',
      '/DC=com/DC=example/C=DE/ST=NRW/L=Köln/O=Müller GmbH/OU=One/OU=Two/CN=a.example/emailAddress=a@example.com/GN=Jo',
      '-addext',
      'subjectAltName=DNS:a.example,DNS:*.b.example,IP:192.0.2.1,IP:2001:db8::1,email:a@example.com,URI:https://a.example/,otherName:1.3.6.1.4.1.311.20.2.3;UTF8:a@corp.example',
      '-addext',
      'keyUsage=critical,digitalSignature,keyAgreement,decipherOnly',
      '-addext',
      'extendedKeyUsage=serverAuth,1.3.6.1.4.1.311.20.2.2',
      '-addext',
      'basicConstraints=critical,CA:true,pathlen:0',
      '-addext',
      'tlsfeature=status_request',
    );
    expect(csr).toMatchObject({
      subject: {
        domainComponent: ['com', 'example'],
        country: 'DE',
        state: 'NRW',
        locality: 'Köln',
        organization: 'Müller GmbH',
        organizationalUnit: 'One',
        commonName: 'a.example',
        emailAddress: 'a@example.com',
      },
      unknownSubjectAttributeOids: ['2.5.4.11', '2.5.4.42'],
      subjectAltNames: [
        { type: 'dns', value: 'a.example' },
        { type: 'dns', value: '*.b.example' },
        { type: 'ip', value: '192.0.2.1' },
        { type: 'ip', value: '2001:db8::1' },
        { type: 'email', value: 'a@example.com' },
        { type: 'uri', value: 'https://a.example/' },
        { type: 'upn', value: 'a@corp.example' },
      ],
      requestedKeyUsages: ['digitalSignature', 'keyAgreement', 'decipherOnly'],
      requestedExtendedKeyUsages: ['serverAuth', '1.3.6.1.4.1.311.20.2.2'],
      isCa: true,
      unknownExtensionOids: ['1.3.6.1.5.5.7.1.24'],
    });
    expect(verifyCsr(csr)).toBe(true);
  });

  it('signed with SHA-1 are refused with the reason', () => {
    const csr = request('-newkey', 'rsa:2048', '-sha1');
    expect(thrownBy(() => verifyCsr(csr))).toMatchObject({
      code: 'INVALID_CSR',
      detail: expect.stringContaining('rsa-sha1'),
    });
  });

  it('with the older PEM label are read', () => {
    expect(verifyCsr(request(...p256, '-newhdr'))).toBe(true);
    expect(bench.read('csr.pem').toString()).toContain('BEGIN NEW CERTIFICATE REQUEST');
  });

  it('with an empty subject are read', () => {
    expect(request(...p256, '-subj', '/').subject).toEqual({});
  });
});

describe('requests made by certtool', () => {
  it('are read and verified', () => {
    bench.run(
      'certtool',
      '--generate-privkey',
      '--key-type=ecdsa',
      '--curve=secp256r1',
      '--outfile=gnutls.pem',
    );
    bench.write(
      'template.cfg',
      'cn = "a.example"\ncountry = DE\ndns_name = "a.example"\nip_address = "192.0.2.1"\ntls_www_server\n',
    );
    bench.run(
      'certtool',
      '--generate-request',
      '--load-privkey=gnutls.pem',
      '--template=template.cfg',
      '--outfile=gnutls.csr',
    );
    const csr = readCsr(bench.read('gnutls.csr').toString());
    expect(csr.subject).toEqual({ commonName: 'a.example', country: 'DE' });
    expect(csr.subjectAltNames).toEqual([
      { type: 'dns', value: 'a.example' },
      { type: 'ip', value: '192.0.2.1' },
    ]);
    expect(csr.requestedExtendedKeyUsages).toEqual(['serverAuth']);
    expect(verifyCsr(csr)).toBe(true);
  });
});
