import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type CertificateExtensions,
  encodeName,
  newSerialNumber,
  parseCertificate,
  subjectKeyIdentifier,
} from '../../../../../src/main/x509/index.ts';
import { thrownBy } from '../support/errors.ts';
import { createAuthority, generateKey, type Issued, issue } from '../support/test-authority.ts';

const authority = createAuthority('ecdsa-p256', { commonName: 'Test root', country: 'DE' });
const { spki } = generateKey('ecdsa-p256');
const subjectDer = encodeName({ commonName: 'a.example' });

function issueWith(extensions: CertificateExtensions, more: Partial<Issued> = {}) {
  return parseCertificate(issue(authority, { subjectDer, spki, extensions, ...more }));
}

function extension(extensions: CertificateExtensions, name: string, more: Partial<Issued> = {}) {
  return issueWith(extensions, more).extensions.find((candidate) => candidate.name === name);
}

describe('serial numbers', () => {
  it('are positive and of 16 bytes, whatever the random bytes are', () => {
    for (const byte of [0x00, 0x01, 0x7f, 0x80, 0xff]) {
      const serialNumber = newSerialNumber(new Uint8Array(16).fill(byte));
      expect(serialNumber).toHaveLength(16);
      const parsed = issueWith({}, { serialNumber }).serialNumber;
      expect(parsed).toBe(Buffer.from(serialNumber).toString('hex').toUpperCase());
    }
  });

  it('leave the random bytes as they were', () => {
    const randomBytes = new Uint8Array(16).fill(0xff);
    newSerialNumber(randomBytes);
    expect(randomBytes[0]).toBe(0xff);
  });

  it('are refused when too few bytes are random', () => {
    expect(thrownBy(() => newSerialNumber(new Uint8Array(7))).code).toBe('INVALID_INPUT');
  });

  it.each([
    ['zero', new Uint8Array(4)],
    ['nothing', new Uint8Array()],
    ['21 bytes', new Uint8Array(21).fill(1)],
    ['20 bytes with a sign byte', new Uint8Array(20).fill(0x80)],
  ])('cannot be %s', (_, serialNumber) => {
    expect(thrownBy(() => issueWith({}, { serialNumber })).code).toBe('INVALID_INPUT');
  });

  it('read as the same number with zeros before them', () => {
    expect(issueWith({}, { serialNumber: Uint8Array.of(0, 0, 0x80, 1) }).serialNumber).toBe('8001');
  });
});

describe('criticality', () => {
  it('is as RFC 5280 asks', () => {
    const { extensions } = issueWith({
      basicConstraints: { ca: true, pathLength: 0 },
      keyUsages: ['keyCertSign'],
      extendedKeyUsages: ['serverAuth'],
      subjectAltNames: [{ type: 'dns', value: 'a.example' }],
      crlDistributionPoints: ['http://a.example/crl'],
      ocspUrls: ['http://a.example/ocsp'],
    });
    expect(extensions.filter(({ critical }) => critical).map(({ name }) => name)).toEqual([
      'basicConstraints',
      'keyUsage',
    ]);
    expect(extensions).toHaveLength(8);
  });

  it('of the subject alternative names hangs on the subject', () => {
    const extensions: CertificateExtensions = { subjectAltNames: [{ type: 'dns', value: 'a.example' }] };
    expect(extension(extensions, 'subjectAltName')?.critical).toBe(false);
    expect(extension(extensions, 'subjectAltName', { subjectDer: encodeName({}) })?.critical).toBe(true);
  });
});

describe('extensions', () => {
  it('are written as they are read by others', () => {
    const der = issue(authority, {
      subjectDer,
      spki,
      extensions: {
        basicConstraints: { ca: false },
        keyUsages: ['digitalSignature', 'keyEncipherment', 'decipherOnly'],
        extendedKeyUsages: ['serverAuth', 'OCSPSigning', '1.3.6.1.4.1.311.20.2.2'],
        subjectAltNames: [
          { type: 'dns', value: 'bücher.example' },
          { type: 'ip', value: '192.0.2.1' },
          { type: 'ip', value: '2001:db8::1' },
          { type: 'email', value: 'a@example.com' },
          { type: 'uri', value: 'https://a.example/' },
          { type: 'upn', value: 'jürgen@corp.example' },
        ],
        crlDistributionPoints: ['http://a.example/1.crl', 'http://b.example/1.crl'],
        ocspUrls: ['http://a.example/ocsp'],
        caIssuersUrls: ['http://a.example/ca.crt'],
      },
    });
    const certificate = new X509Certificate(der);
    expect(certificate.subjectAltName).toBe(
      'DNS:xn--bcher-kva.example, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1, email:a@example.com, ' +
        'URI:https://a.example/, othername:UPN:jürgen@corp.example',
    );
    expect(certificate.infoAccess).toBe(
      'OCSP - URI:http://a.example/ocsp\nCA Issuers - URI:http://a.example/ca.crt',
    );
    const parsed = parseCertificate(der);
    expect(parsed.keyUsages).toEqual(['digitalSignature', 'keyEncipherment', 'decipherOnly']);
    expect(parsed.extendedKeyUsages).toEqual(['serverAuth', 'OCSPSigning', '1.3.6.1.4.1.311.20.2.2']);
    expect(parsed.extensions.find(({ name }) => name === 'cRLDistributionPoints')?.summary).toBe(
      'URI:http://a.example/1.crl, URI:http://b.example/1.crl',
    );
    expect(parsed.authorityKeyIdentifier).toBe(
      Buffer.from(subjectKeyIdentifier(authority.spki)).toString('hex').toUpperCase(),
    );
  });

  it('are absent for empty lists', () => {
    const none: CertificateExtensions = {
      keyUsages: [],
      extendedKeyUsages: [],
      subjectAltNames: [],
      ocspUrls: [],
      crlDistributionPoints: [],
    };
    expect(issueWith(none).extensions.map(({ name }) => name)).toEqual([
      'subjectKeyIdentifier',
      'authorityKeyIdentifier',
    ]);
  });

  it.each<[string, CertificateExtensions]>([
    ['a path length below an end entity', { basicConstraints: { ca: false, pathLength: 0 } }],
    ['a negative path length', { basicConstraints: { ca: true, pathLength: -1 } }],
    ['a path length that is not whole', { basicConstraints: { ca: true, pathLength: 0.5 } }],
    ['an unknown purpose', { extendedKeyUsages: ['everything'] }],
    ['a relative address of a CRL', { crlDistributionPoints: ['/crl'] }],
    ['a name that is not one', { subjectAltNames: [{ type: 'dns', value: 'a b' }] }],
  ])('refuse %s', (_, extensions) => {
    expect(thrownBy(() => issueWith(extensions)).code).toBe('INVALID_INPUT');
  });
});

describe('the certificate', () => {
  it.each<[string, CertificateExtensions, Partial<Issued>]>([
    ['an end before its begin', {}, { notBefore: new Date('2026-01-02'), notAfter: new Date('2026-01-01') }],
    ['no end', {}, { notAfter: new Date(Number.NaN) }],
    ['neither a subject nor another name', {}, { subjectDer: encodeName({}) }],
    [
      'an authority without a subject',
      { basicConstraints: { ca: true }, subjectAltNames: [{ type: 'dns', value: 'a' }] },
      { subjectDer: encodeName({}) },
    ],
  ])('cannot have %s', (_, extensions, more) => {
    expect(thrownBy(() => issueWith(extensions, more)).code).toBe('INVALID_INPUT');
  });

  it('holds the issuer, the subject and the key byte for byte', () => {
    const parsed = issueWith({});
    expect(parsed.issuer.der).toEqual(authority.nameDer);
    expect(parsed.subject.der).toEqual(subjectDer);
    expect(parsed.spki).toEqual(spki);
    expect(parsed.version).toBe(3);
  });
});
