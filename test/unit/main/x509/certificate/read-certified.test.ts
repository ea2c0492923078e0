import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assembleSigned,
  buildTbsCertificate,
  encodeName,
  newSerialNumber,
  parseCertificate,
  readCertified,
} from '../../../../../src/main/x509/index.ts';
import { generateKey } from '../support/test-authority.ts';

const { spki } = generateKey('ecdsa-p256');
const issuerDer = encodeName({ commonName: 'CA' });

function certificate(commonName: string | undefined, hosts: readonly string[]): Uint8Array {
  const tbs = buildTbsCertificate({
    signatureAlgorithm: 'ecdsa-sha256',
    issuerDer,
    serialNumber: newSerialNumber(Buffer.alloc(16, 7)),
    notBefore: new Date('2026-01-01'),
    notAfter: new Date('2027-01-01'),
    subjectDer: encodeName(commonName === undefined ? {} : { commonName }),
    spki,
    extensions: {
      keyUsages: ['digitalSignature'],
      subjectAltNames: hosts.map((value) => ({ type: 'dns', value })),
    },
  });
  return assembleSigned(tbs, 'ecdsa-sha256', Buffer.alloc(70, 1));
}

describe('whom a certificate is for', () => {
  it('is what reading all of the certificate says', () => {
    const name = fc.option(fc.stringMatching(/^[a-zäöü]{1,60}$/u), { nil: undefined });
    const hosts = fc.array(fc.domain(), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(name, hosts, (commonName, values) => {
        const der = certificate(commonName, values);
        const { subject, subjectAltNames, spki } = parseCertificate(der);
        expect(readCertified(der)).toEqual({ subject: subject.attributes, subjectAltNames, spki });
      }),
    );
  });

  it('has no alternative names where the certificate has none', () => {
    expect(readCertified(certificate('host', []))).toEqual({
      subject: { commonName: 'host' },
      subjectAltNames: [],
      spki,
    });
  });

  it('is not read from what is cut off', () => {
    const der = certificate('host', ['a.example']);
    expect(() => readCertified(der.subarray(0, 150))).toThrow(
      expect.objectContaining({ code: 'INVALID_CERTIFICATE' }),
    );
  });
});
