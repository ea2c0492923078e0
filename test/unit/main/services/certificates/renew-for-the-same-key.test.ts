import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCertificate, readPem } from '../../../../../src/main/x509/index.ts';
import { type ChanceryInProcess, openInProcess } from '../../../../support/chancery-in-process.ts';

describe('renewing for the same key', () => {
  let office: ChanceryInProcess;
  beforeAll(async () => {
    office = await openInProcess();
  });
  afterAll(() => office.chancery.close());

  const issue = () =>
    office.must('certificates.issue', {
      profile: 'tls-server',
      realm: 'default',
      subject: { commonName: 'a.example' },
    });
  const parse = (pem: string) => parseCertificate(readPem(pem)[0]?.der ?? new Uint8Array());

  it('keeps key, names and order, and gives another serial number and no private key', async () => {
    const first = await issue();
    const second = await office.must('certificates.renew', { id: first.id, reuseKey: true });
    const [before, after] = [parse(first.certificate), parse(second.certificate)];
    expect(after.spki).toEqual(before.spki);
    expect(after.subjectAltNames).toEqual(before.subjectAltNames);
    expect(second.orderId).toBe(first.orderId);
    expect(second.serialNumber).not.toBe(first.serialNumber);
    expect(second.privateKey).toBeUndefined();
    // The key that is kept here belongs to both.
    const { hasPrivateKey } = await office.must('certificates.show', { id: second.id });
    expect(hasPrivateKey).toBe(true);
  });

  it('makes a new key where it is not asked for', async () => {
    const first = await issue();
    const second = await office.must('certificates.renew', { id: first.id });
    expect(parse(second.certificate).spki).not.toEqual(parse(first.certificate).spki);
    expect(second.privateKey).toMatch(/PRIVATE KEY/);
  });

  it('is refused beside a request', async () => {
    const { id } = await issue();
    const answer = await office.call('certificates.renew', { id, reuseKey: true, csr: 'x' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
  });
});
