/** CA certificates with all that RFC 5280 gives them, as openssl and certtool see them. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../src/shared/operations/index.ts';
import { openInProcess } from '../support/chancery-in-process.ts';
import { openWorkbench } from './x509-counterparts.ts';

const office = await openInProcess({ prepares: 'everything' });
const bench = openWorkbench();

const content = {
  pathLength: 1,
  permittedNames: [
    { type: 'dns', value: 'example.com' },
    { type: 'dns', value: 'bücher.example' },
    { type: 'email', value: '.example.com' },
    { type: 'ip', value: '10.0.0.0/8' },
    { type: 'ip', value: '2001:db8::/32' },
    { type: 'uri', value: '.example.com' },
    { type: 'directory', value: 'O=Müller\\, Söhne,C=DE' },
  ],
  excludedNames: [{ type: 'dns', value: 'secret.example.com' }],
  extendedKeyUsages: ['serverAuth', 'clientAuth'],
  certificatePolicies: [
    { oid: '1.3.6.1.4.1.55555.1', cps: 'https://pki.example.com/cps', notice: 'Nur für Prüfzwecke' },
    { oid: '1.3.6.1.4.1.55555.2' },
  ],
  policyMappings: [{ issuerDomainPolicy: '1.3.6.1.4.1.55555.1', subjectDomainPolicy: '1.2.3.4' }],
  policyConstraints: { requireExplicitPolicy: 3, inhibitPolicyMapping: 0 },
  inhibitAnyPolicy: 2,
  subjectInfoAccess: [{ method: 'caRepository', url: 'http://repo.example.com/ca.p7c' }],
  customExtensions: [
    { oid: '1.3.6.1.4.1.55555.9', critical: false, value: '0C0568656C6C6F' },
    { oid: '1.3.6.1.4.1.55555.10', value: 'DAVoZWxsbw==' },
  ],
} satisfies Partial<Input<'authorities.create'>>;

const root = await office.must('authorities.create', {
  slug: 'far',
  realm: 'default',
  subject: { commonName: 'Wurzel 根 корень', organization: 'Müller, Söhne', country: 'DE' },
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2075-12-31T23:59:59Z',
  publicationUrl: 'http://pki.example.com',
});
const limited = await office.must('authorities.create', {
  slug: 'limited',
  realm: 'default',
  parent: 'far',
  subject: { commonName: 'Limited CA', organization: 'Müller, Söhne', country: 'DE' },
  notAfter: '2070-01-01T00:00:00Z',
  ...content,
});
// Policies, so that a leaf without them would need an explicit one, are left out here.
const constrained = await office.must('authorities.create', {
  slug: 'constrained',
  realm: 'default',
  parent: 'far',
  permittedNames: content.permittedNames.slice(0, 5),
  excludedNames: content.excludedNames,
});
await office.must('profiles.create', {
  slug: 'constrained-server',
  realm: 'default',
  policy: 'tls-server',
  issuer: 'constrained',
});
const rootFile = bench.write('root.pem', root.certificate);
const limitedFile = bench.write('limited.pem', limited.certificate);
const constrainedFile = bench.write('constrained.pem', constrained.certificate);

describe('a CA certificate with everything', () => {
  const text = bench.run('openssl', 'x509', '-in', limitedFile, '-noout', '-text', '-nameopt', 'utf8');

  it.each([
    'CA:TRUE, pathlen:1',
    'DNS:example.com',
    'DNS:xn--bcher-kva.example',
    'email:.example.com',
    'IP:10.0.0.0/255.0.0.0',
    'IP:2001:DB8:0:0:0:0:0:0/FFFF:FFFF:0:0:0:0:0:0',
    'URI:.example.com',
    'DirName:C = DE, O = "M',
    'Excluded:',
    'DNS:secret.example.com',
    'CPS: https://pki.example.com/cps',
    'Policy: 1.3.6.1.4.1.55555.2',
    'X509v3 Policy Mappings: critical',
    '1.3.6.1.4.1.55555.1:1.2.3.4',
    'Require Explicit Policy:3, Inhibit Policy Mapping:0',
    'X509v3 Inhibit Any Policy: critical',
    'CA Repository - URI:http://repo.example.com/ca.p7c',
    'TLS Web Server Authentication, TLS Web Client Authentication',
    'URI:http://pki.example.com/crl/far.crl',
    'CA Issuers - URI:http://pki.example.com/ca/far.crt',
    '1.3.6.1.4.1.55555.9:',
    'Not After : Jan  1 00:00:00 2070 GMT',
  ])('is read by openssl: %s', (part) => {
    expect(text).toContain(part);
  });

  it('is read by certtool, and verifies with openssl at its strictest', () => {
    const read = bench.run('certtool', '--certificate-info', '--infile', limitedFile);
    expect(read).toContain('Name Constraints (critical)');
    expect(read).toContain('1.3.6.1.4.1.55555.9');
    expect(bench.run('openssl', 'verify', '-x509_strict', '-CAfile', rootFile, limitedFile)).toContain('OK');
  });

  it('verifies with certtool where it has no critical extension that certtool does not know', () => {
    const chain = bench.write('chain.pem', constrained.certificate + root.certificate);
    const verified = bench.run('certtool', '--verify', '--load-ca-certificate', rootFile, '--infile', chain);
    expect(verified).toContain('Verified');
  });

  it('has an international name that openssl reads as it was written', () => {
    const name = bench.run(
      'openssl',
      'x509',
      '-in',
      rootFile,
      '-noout',
      '-subject',
      '-nameopt',
      'utf8,sep_comma_plus',
    );
    expect(name).toContain('Wurzel 根 корень');
  });

  it('carries times from 2050 on in the longer form', () => {
    const structure = bench.run('openssl', 'asn1parse', '-in', rootFile);
    expect(structure).toMatch(/UTCTIME\s+:260101000000Z/);
    expect(structure).toMatch(/GENERALIZEDTIME\s+:20751231235959Z/);
  });

  it('verifies with the validator here, which tells its name space', async () => {
    const verified = await office.must('inspect.verify', { content: limited.certificate });
    expect(verified).toMatchObject({ ok: true, failures: [] });
    const shown = await office.must('inspect.file', { content: limited.certificate });
    for (const part of ['DNS:xn--bcher-kva.example', '1.2.3.4', '"Nur für Prüfzwecke"']) {
      expect(shown.items[0]?.text).toContain(part);
    }
  });
});

describe('names of leaves', () => {
  const issue = (value: string, type: 'dns' | 'ip' = 'dns') =>
    office.must('certificates.issue', {
      realm: 'default',
      profile: 'constrained-server',
      subjectAltNames: [{ type, value }],
    });
  const verify = (certificate: string) => {
    const file = bench.write('leaf.pem', certificate);
    return () => bench.run('openssl', 'verify', '-CAfile', rootFile, '-untrusted', constrainedFile, file);
  };

  it.each([
    ['www.example.com', 'dns'],
    ['10.20.30.40', 'ip'],
  ] as const)('within the permitted ones verify with openssl: %s', async (value, type) => {
    expect(verify((await issue(value, type)).certificate)()).toContain('OK');
  });

  it.each([
    ['www.other.example', 'dns', /permitted subtree violation/],
    ['a.secret.example.com', 'dns', /excluded subtree violation/],
    ['192.0.2.1', 'ip', /permitted subtree violation/],
  ] as const)('outside of them are refused by openssl and by us: %s', async (value, type, reason) => {
    const { certificate } = await issue(value, type);
    expect(verify(certificate)).toThrow(reason);
    const own = await office.must('inspect.verify', { content: certificate });
    expect(own.ok).toBe(false);
  });
});

describe('what is refused', () => {
  const create = (fields: Partial<Input<'authorities.create'>>) =>
    office.call('authorities.create', { slug: 'never', realm: 'default', ...fields });
  const custom = (oid: string, value = '0500') => ({ customExtensions: [{ oid, value }] });

  it.each([
    ['a custom extension that has a field', custom('2.5.29.30'), 'customExtensions.field'],
    ['one whose value is no DER', custom('1.2.3.4', '3003'), 'customExtensions.der'],
    [
      'a constraint with bits behind its prefix',
      { permittedNames: [{ type: 'ip', value: '10.0.0.1/8' }] },
      'nameConstraints.encoding',
    ],
    [
      'a constraint with a wildcard',
      { permittedNames: [{ type: 'dns', value: '*.example.com' }] },
      'nameConstraints.encoding',
    ],
    ['both ends', { validity: '1y', notAfter: '2040-01-01T00:00:00Z' }, 'authority.notAfter'],
    ['an end before its begin', { notAfter: '2001-01-01T00:00:00Z' }, 'authority.notAfter'],
    [
      'a mapping of anyPolicy',
      { policyMappings: [{ issuerDomainPolicy: '2.5.29.32.0', subjectDomainPolicy: '1.2.3' }] },
      'rfc5280.policyMappings.any-policy',
    ],
  ] as const)('%s', async (_, fields, rule) => {
    const { body } = await create(fields as Partial<Input<'authorities.create'>>);
    expect(body).toMatchObject({ violations: [{ rule }] });
  });

  it('leaves nothing behind', async () => {
    const { items } = await office.must('authorities.list', {});
    expect(items.map(({ slug }) => slug)).not.toContain('never');
  });
});

it('reads a value given in base64 as the same as in hexadecimal', () => {
  const der = execFileSync('openssl', ['x509', '-in', limitedFile, '-outform', 'der']);
  const value = Buffer.from('0C0568656C6C6F', 'hex');
  expect(der.indexOf(value)).toBeGreaterThan(0);
  expect(der.indexOf(value, der.indexOf(value) + 1)).toBeGreaterThan(0);
});
