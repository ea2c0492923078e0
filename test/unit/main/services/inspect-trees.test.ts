import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildOcspRequest,
  parseCertificate,
  readCertificates,
  writePkcs12,
} from '../../../../src/main/x509/index.ts';
import { type ChanceryInProcess, openInProcess } from '../../../support/chancery-in-process.ts';

describe('looking into files', () => {
  let office: ChanceryInProcess;
  let issued: { certificate: string; chain: string[]; privateKey?: string | undefined; id: string };
  beforeAll(async () => {
    office = await openInProcess();
    issued = await office.must('certificates.issue', {
      profile: 'tls-server',
      realm: 'default',
      subject: { commonName: 'www.example' },
    });
  });
  afterAll(() => office.chancery.close());

  const derOf = (pem: string) => readCertificates(pem)[0] as Uint8Array;
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

  it('gives the ASN.1 tree level by level, with the bytes, and nothing of a private key', async () => {
    const { certificate } = issued;
    const der = derOf(certificate);
    const top = await office.must('inspect.asn1', { content: certificate });
    expect(top).toMatchObject({
      size: der.length,
      nodes: [{ offset: 0, type: 'SEQUENCE', hasChildren: true }],
    });
    expect(Buffer.from(top.bytesBase64 ?? '', 'base64').equals(der)).toBe(true);
    const inner = await office.must('inspect.asn1', { content: certificate, offset: 0 });
    expect(inner.nodes.map(({ type }) => type)).toEqual(['SEQUENCE', 'SEQUENCE', 'BIT STRING']);
    expect(inner.bytesBase64).toBeUndefined();
    const [, algorithm] = inner.nodes;
    const [oid] = (
      await office.must('inspect.asn1', { content: certificate, offset: algorithm?.offset ?? 0 })
    ).nodes;
    expect(oid).toMatchObject({ type: 'OBJECT IDENTIFIER', name: 'ecdsa-with-SHA256' });
    const second = await office.must('inspect.asn1', { content: certificate + issued.chain[0], item: 1 });
    expect(second.size).toBe(derOf(issued.chain[0] ?? '').length);
    const key = await office.call('inspect.asn1', { content: issued.privateKey ?? '' });
    expect([key.status, key.body.code]).toEqual([403, 'FORBIDDEN']);
    expect((await office.call('inspect.asn1', { content: certificate, item: 7 })).body.code).toBe(
      'NOT_FOUND',
    );
    expect((await office.call('inspect.asn1', { content: certificate, offset: 99_999 })).body.code).toBe(
      'INVALID_INPUT',
    );

    const text = (await office.must('inspect.file', { content: certificate, asn1: true })).items[0]?.asn1;
    expect(text).toContain('OBJECT IDENTIFIER (8)  ecdsa-with-SHA256 1.2.840.10045.4.3.2');
    const keyItem = (await office.must('inspect.file', { content: issued.privateKey ?? '', asn1: true }))
      .items[0];
    expect(keyItem?.asn1).toBeUndefined();
  });

  it('shows the outside of keys, key stores and OCSP messages', async () => {
    const fields = async (content: string) => {
      const { items } = await office.must('inspect.file', { content });
      return Object.fromEntries(
        (items[0]?.sections ?? []).flatMap((section) =>
          section.fields.map(({ name, value }) => [name, value]),
        ),
      );
    };
    expect(await fields(issued.privateKey ?? '')).toEqual({
      version: '0',
      algorithm: 'ecPublicKey',
      namedCurve: 'P-256',
    });
    const store = await writePkcs12({ certificates: [derOf(issued.certificate)], passphrase: 'p' });
    expect(await fields(base64(store))).toMatchObject({
      version: '3',
      macAlgorithm: 'sha256',
      'part 1': 'encryptedData, PBES2',
    });
    const [leaf, issuer] = [issued.certificate, issued.chain[0] ?? ''].map((pem) =>
      parseCertificate(derOf(pem)),
    );
    if (!leaf || !issuer) throw new Error('There is no chain.');
    const request = buildOcspRequest([
      {
        issuerNameDer: issuer.subject.der,
        issuerSpki: issuer.spki,
        serialNumber: Buffer.from(leaf.serialNumber, 'hex'),
      },
    ]);
    expect(await fields(base64(request))).toMatchObject({
      signed: 'no',
      serialNumber: (leaf.serialNumber.match(/../g) ?? []).join(':'),
    });
  });

  it('compares two certificates field by field', async () => {
    const { certificate, chain } = issued;
    const same = await office.must('inspect.compare', { first: certificate, second: certificate });
    expect(same).toEqual({ ok: true, sameKey: true, sharedFactor: false, differences: [] });
    const renewed = await office.must('certificates.renew', { id: issued.id, reuseKey: true });
    const other = await office.must('inspect.compare', { first: certificate, second: renewed.certificate });
    expect(other).toMatchObject({ ok: false, sameKey: true });
    expect(other.differences.map(({ name }) => name)).toContain('serialNumber');
    expect(other.differences.map(({ name }) => name)).not.toContain('subject');
    const foreign = await office.must('inspect.compare', { first: certificate, second: chain[0] ?? '' });
    expect(foreign).toMatchObject({ sameKey: false, sharedFactor: false });
    expect(foreign.differences).toContainEqual(
      expect.objectContaining({ section: 'extensions', name: 'subjectAltName', second: null }),
    );
    const none = await office.call('inspect.compare', { first: certificate, second: 'none' });
    expect(none.body).toMatchObject({ code: 'INVALID_CERTIFICATE', violations: [{ path: ['second'] }] });
  });

  it('tells of each link of a chain what our own records have', async () => {
    const { path } = await office.must('inspect.verify', { content: issued.certificate });
    expect(path).toMatchObject([
      { revocation: 'good', authority: null, keyAlgorithm: 'ecdsa-p256', crl: { isCurrent: true } },
      { revocation: 'good', authority: 'issuing', crl: { isCurrent: true } },
      { revocation: 'anchor', authority: 'root', crl: null },
    ]);
  });
});
