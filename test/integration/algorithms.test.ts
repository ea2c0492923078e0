/** Authorities, policies, keys, requests and CRLs of every algorithm, through the application as it is used. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCrl } from '../../src/main/x509/crl/parse-crl.ts';
import { verifyCrlSignature } from '../../src/main/x509/crl/verify-crl-signature.ts';
import {
  parseCertificate,
  readCertificates,
  subjectKeyIdentifier,
  verifyCertificateSignature,
  writePem,
} from '../../src/main/x509/index.ts';
import { type KeyAlgorithm, keyAlgorithms } from '../../src/shared/model/algorithms.ts';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../support/chancery-in-process.ts';
import { quickAlgorithms } from '../support/key-algorithms.ts';
import { createAuthority } from '../unit/main/x509/support/test-authority.ts';
import { makeCsr } from '../unit/main/x509/support/test-csr.ts';

let office: ChanceryInProcess;

beforeAll(async () => {
  office = await openInProcess();
  await office.must('policies.create', {
    slug: 'any-key',
    definition: {
      subject: { mode: 'any' },
      subjectAltNames: { mode: 'rules', rules: [{ type: 'dns', allowed: ['**'] }] },
      allowWildcards: false,
      keyUsages: { allowed: ['keyEncipherment', 'keyAgreement'], required: ['digitalSignature'] },
      extendedKeyUsages: { allowed: [], required: ['serverAuth'] },
      keyAlgorithms: [...keyAlgorithms],
      isCa: false,
      maxValidity: 'P398D',
    },
  });
}, 60_000);
afterAll(() => office.chancery.close());

/** An authority with a profile of the same name, under which any key may be had. */
async function newAuthority(keyAlgorithm: KeyAlgorithm, parent?: string): Promise<string> {
  const slug = `${parent === undefined ? 'root' : 'issuing'}-${keyAlgorithm}`;
  const above = parent === undefined ? {} : { parent };
  await office.must('authorities.create', { slug, keyAlgorithm, ...above });
  await office.must('profiles.create', {
    slug,
    policy: 'any-key',
    issuer: slug,
    defaultKeyAlgorithm: keyAlgorithm,
  });
  return slug;
}

async function crlOf(slug: string) {
  const url = `https://127.0.0.1/crl/${slug}.crl`;
  const answer = await office.chancery.handle(new Request(url), listenerDoor);
  return parseCrl(new Uint8Array(await answer.arrayBuffer()));
}

const read = (pem: string) => parseCertificate(readCertificates(pem)[0] ?? expect.unreachable());

describe.each(quickAlgorithms)('an authority with %s', (algorithm) => {
  it('issues, renews, revokes, and publishes what it revoked', async () => {
    const profile = await newAuthority(algorithm);
    const issued = await office.must('certificates.issue', { profile, subject: { commonName: 'a.example' } });
    const [leaf, root] = [read(issued.certificate), read(issued.chain[0] ?? '')];
    expect(leaf.keyAlgorithm).toBe(algorithm);
    expect(verifyCertificateSignature(leaf.der, root.spki)).toBe(true);
    expect(verifyCertificateSignature(root.der, root.spki)).toBe(true);
    const key = createPrivateKey(issued.privateKey ?? '');
    expect(new X509Certificate(leaf.der).checkPrivateKey(key)).toBe(true);
    const renewed = await office.must('certificates.renew', { id: issued.id });
    expect(read(renewed.certificate).keyAlgorithm).toBe(algorithm);
    await office.must('certificates.revoke', { id: issued.id, reason: 'superseded' });
    const crl = await crlOf(profile);
    expect(verifyCrlSignature(crl, root.spki, {})).toBe(true);
    expect(crl.signatureAlgorithm).toBe(root.signatureAlgorithm);
  });
});

describe('an RSA authority', () => {
  it('signs certificates and CRLs by PSS where it was told to', async () => {
    const signatureAlgorithm = 'rsa-pss-sha256';
    const fields = { slug: 'pss', keyAlgorithm: 'rsa-2048', signatureAlgorithm } as const;
    const created = await office.must('authorities.create', fields);
    expect(created.signatureAlgorithm).toBe(signatureAlgorithm);
    await office.must('profiles.create', { slug: 'pss', policy: 'any-key', issuer: 'pss' });
    const issued = await office.must('certificates.issue', {
      profile: 'pss',
      subject: { commonName: 'pss.example' },
    });
    const [leaf, root] = [read(issued.certificate), read(issued.chain[0] ?? '')];
    const crl = await crlOf('pss');
    const all = [leaf, root, crl].map((one) => one.signatureAlgorithm);
    expect(all).toEqual([signatureAlgorithm, signatureAlgorithm, signatureAlgorithm]);
    expect(verifyCertificateSignature(leaf.der, root.spki)).toBe(true);
    expect(verifyCertificateSignature(root.der, root.spki)).toBe(true);
    expect(verifyCrlSignature(crl, root.spki, {})).toBe(true);
  });

  it('cannot be told to sign as another kind of key does', async () => {
    const fields = { slug: 'wrong', keyAlgorithm: 'rsa-2048', signatureAlgorithm: 'ed25519' } as const;
    expect((await office.call('authorities.create', fields)).body.code).toBe('INVALID_INPUT');
  });
});

describe('under one authority', () => {
  it.each(quickAlgorithms)('a request with a key of %s is issued for', async (algorithm) => {
    const requester = createAuthority(algorithm);
    const csr = writePem('CERTIFICATE REQUEST', makeCsr({ key: requester, algorithm: requester.algorithm }));
    const issued = await office.must('certificates.issue', { profile: 'root-ecdsa-p256', csr });
    const leaf = read(issued.certificate);
    expect(leaf.keyAlgorithm).toBe(algorithm);
    expect(leaf.subjectKeyIdentifier).toBe(
      Buffer.from(subjectKeyIdentifier(requester.spki)).toString('hex').toUpperCase(),
    );
  });

  it('a chain may change its algorithm at every step', async () => {
    await office.must('authorities.create', { slug: 'top', keyAlgorithm: 'ml-dsa-87' });
    const profile = await newAuthority('rsa-3072', 'top');
    const issued = await office.must('certificates.issue', {
      profile,
      subject: { commonName: 'mixed.example' },
      keyAlgorithm: 'slh-dsa-sha2-128f',
    });
    const chain = [issued.certificate, ...issued.chain].map(read);
    expect(chain.map((one) => [one.keyAlgorithm, one.signatureAlgorithm])).toEqual([
      ['slh-dsa-sha2-128f', 'rsa-sha256'],
      ['rsa-3072', 'ml-dsa-87'],
      ['ml-dsa-87', 'ml-dsa-87'],
    ]);
    chain.forEach((one, index) => {
      expect(verifyCertificateSignature(one.der, (chain[index + 1] ?? one).spki)).toBe(true);
    });
  });

  it.each<[KeyAlgorithm, string[]]>([
    ['rsa-2048', ['digitalSignature', 'keyEncipherment']],
    ['ecdsa-p384', ['digitalSignature', 'keyAgreement']],
    ['ed448', ['digitalSignature']],
    ['ml-dsa-44', ['digitalSignature']],
  ])('a key of %s may be used for what it can do', async (keyAlgorithm, usages) => {
    const { certificate } = await office.must('certificates.issue', {
      profile: 'root-ecdsa-p256',
      subject: { commonName: 'usages.example' },
      keyAlgorithm,
    });
    expect(read(certificate).keyUsages).toEqual(usages);
  });
});
