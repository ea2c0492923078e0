/** Any algorithm over any other: the signature is the issuer's affair, the key the subject's. */
import { describe, expect, it } from 'vitest';
import { parseCrl } from '../../../../src/main/x509/crl/parse-crl.ts';
import { verifyCrlSignature } from '../../../../src/main/x509/crl/verify-crl-signature.ts';
import {
  assembleSigned,
  encodeName,
  parseCertificate,
  parseCsr,
  signatureAlgorithmFor,
  verifyCertificateSignature,
  verifyCsr,
} from '../../../../src/main/x509/index.ts';
import { keyAlgorithmFacts, signatureAlgorithms } from '../../../../src/shared/model/algorithms.ts';
import { quickAlgorithms } from '../../../support/key-algorithms.ts';
import { createAuthority, issue, issueCrl, type TestAuthority } from './support/test-authority.ts';
import { makeCsr } from './support/test-csr.ts';

const keyOf = new Map(quickAlgorithms.map((algorithm) => [algorithm, createAuthority(algorithm)]));

function authorityOf(algorithm: (typeof quickAlgorithms)[number]): TestAuthority {
  return keyOf.get(algorithm) ?? expect.unreachable();
}

const anotherKey = createAuthority('ecdsa-p256');

describe.each(quickAlgorithms)('an authority with %s', (algorithm) => {
  const authority = authorityOf(algorithm);

  it.each(quickAlgorithms)('issues for %s', (subject) => {
    const { spki } = authorityOf(subject);
    const der = issue(authority, { subjectDer: encodeName({ commonName: subject }), spki, extensions: {} });
    expect(parseCertificate(der)).toMatchObject({
      keyAlgorithm: subject,
      keyDescription: keyAlgorithmFacts[subject].label,
      signatureAlgorithm: signatureAlgorithmFor(algorithm),
    });
    expect(verifyCertificateSignature(der, authority.spki)).toBe(true);
    expect(verifyCertificateSignature(der, anotherKey.spki)).toBe(false);
    const changed = Uint8Array.from(der);
    changed[30] = (changed[30] ?? 0) ^ 1;
    expect(verifyCertificateSignature(changed, authority.spki)).toBe(false);
  });

  it('signs CRLs', () => {
    const crl = parseCrl(issueCrl(authority, [{ serialNumber: Uint8Array.of(5), revokedAt: new Date() }]));
    expect(crl.signatureAlgorithm).toBe(signatureAlgorithmFor(algorithm));
    expect(verifyCrlSignature(crl, authority.spki, {})).toBe(true);
    expect(verifyCrlSignature(crl, anotherKey.spki, {})).toBe(false);
  });

  it('proves possession of its key in a request', () => {
    const csr = parseCsr(makeCsr({ key: authority, algorithm: authority.algorithm }));
    expect(csr).toMatchObject({ keyAlgorithm: algorithm, signatureAlgorithm: authority.algorithm });
    expect(verifyCsr(csr)).toBe(true);
    const foreign = makeCsr({ key: { ...authority, spki: anotherKey.spki }, algorithm: authority.algorithm });
    expect(verifyCsr(parseCsr(foreign))).toBe(false);
  });
});

describe('an RSA authority', () => {
  it.each(signatureAlgorithms.filter((one) => one.startsWith('rsa-')))('may sign with %s', (algorithm) => {
    const authority = { ...authorityOf('rsa-2048'), algorithm };
    const der = issue(authority, {
      subjectDer: encodeName({ commonName: 'leaf' }),
      spki: anotherKey.spki,
      extensions: {},
    });
    expect(parseCertificate(der).signatureAlgorithm).toBe(algorithm);
    expect(verifyCertificateSignature(der, authority.spki)).toBe(true);
    const csr = parseCsr(makeCsr({ key: authority, algorithm }));
    expect([csr.signatureAlgorithm, verifyCsr(csr)]).toEqual([algorithm, true]);
    const crl = parseCrl(issueCrl(authority, []));
    expect([crl.signatureAlgorithm, verifyCrlSignature(crl, authority.spki, {})]).toEqual([algorithm, true]);
  });

  it('does not pass a signature of one padding for one of the other', () => {
    const authority = { ...authorityOf('rsa-2048'), algorithm: 'rsa-pss-sha256' as const };
    const fields = { subjectDer: encodeName({ commonName: 'leaf' }), spki: anotherKey.spki, extensions: {} };
    const { tbs, signature } = partsOf(issue(authority, fields));
    const relabelled = assembleSigned(tbs, 'rsa-sha256', signature);
    expect(verifyCertificateSignature(relabelled, authority.spki)).toBe(false);
  });
});

function partsOf(der: Uint8Array): { tbs: Uint8Array; signature: Uint8Array } {
  return { tbs: parseCertificate(der).tbs, signature: der.subarray(-256) };
}
