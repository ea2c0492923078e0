import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewSection } from '../../../../../src/shared/operations/inspect.ts';
import { type ChanceryInProcess, openInProcess } from '../../../../support/chancery-in-process.ts';
import { newCsr, opensslText } from '../../../../support/openssl.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';
import { keyWithClosePrimes } from '../../../../support/weak-rsa-key.ts';

const folder = temporaryFolder('preview');

describe('the preview of a certificate', () => {
  let office: ChanceryInProcess;
  beforeAll(async () => {
    office = await openInProcess();
  });
  afterAll(() => office.chancery.close());

  const base = { realm: 'default', profile: 'tls-server' };
  const fieldsOf = (sections: readonly ViewSection[]) =>
    Object.fromEntries(
      sections.flatMap((section) =>
        section.fields.map(({ name, value }) => [`${section.name}.${name}`, value]),
      ),
    );

  it.each(['generated here', 'of a request'])('shows what issuing then signs, with a key %s', async (how) => {
    const { pem } = await newCsr('/CN=www.example', 'DNS:www.example,DNS:b.example');
    const input =
      how === 'of a request' ? { ...base, csr: pem } : { ...base, subject: { commonName: 'www.example' } };
    const before = (await office.must('certificates.list', { realm: 'default' })).total;
    const preview = await office.must('certificates.preview', input);
    expect(preview).toMatchObject({ ok: true, violations: [] });
    expect(preview.text).toContain('subject: CN=www.example');
    expect((await office.must('certificates.list', { realm: 'default' })).total).toBe(before);

    const { certificate } = await office.must('certificates.issue', input);
    const issued = (await office.must('inspect.file', { content: certificate })).items[0];
    const shown = fieldsOf(preview.sections);
    const { 'certificate.notBefore': _from, 'certificate.notAfter': _to, ...rest } = shown;
    expect(fieldsOf(issued?.sections ?? [])).toMatchObject(rest);
    expect(Object.keys(shown)).not.toContain('certificate.serialNumber');
    expect(Object.keys(shown).includes('extensions.subjectKeyIdentifier')).toBe(how === 'of a request');
  });

  it('shows nothing that follows from the key and the number that are drawn later', async () => {
    const selfSigned = { ...base, profile: 'self-signed', subject: { commonName: 'www.example' } };
    const alone = fieldsOf((await office.must('certificates.preview', selfSigned)).sections);
    expect(Object.keys(alone)).toContain('extensions.keyUsage');
    expect(Object.keys(alone)).not.toContain('extensions.authorityKeyIdentifier');

    const publicationUrl = 'http://pki.example';
    await office.must('authorities.create', { slug: 'in-shards', publicationUrl });
    await office.must('profiles.create', {
      slug: 'in-shards',
      name: 'In shards',
      realm: 'default',
      policy: 'tls-server',
      issuer: 'in-shards',
    });
    const input = { ...base, profile: 'in-shards', subject: { commonName: 'www.example' } };
    const pointOf = async () =>
      fieldsOf((await office.must('certificates.preview', input)).sections)[
        'extensions.cRLDistributionPoints'
      ];
    expect(await pointOf()).toContain(`${publicationUrl}/crl/in-shards.crl`);
    await office.must('authorities.configure-crl', { id: 'in-shards', shards: 4 });
    expect(await pointOf()).toBeUndefined();
  });

  it('tells all violations of the policy at once, with their places', async () => {
    const { ok, violations, text } = await office.must('certificates.preview', {
      ...base,
      subject: { commonName: 'www.example' },
      subjectAltNames: [{ type: 'uri', value: 'https://www.example/' }],
      validity: '3y',
    });
    expect(ok).toBe(false);
    expect(violations.map(({ path }) => path[0])).toEqual(
      expect.arrayContaining(['subjectAltNames', 'notAfter']),
    );
    expect(text).toContain('https://www.example/');
    const nobody = await office.must('certificates.preview', base);
    expect(nobody.violations.map(({ rule }) => rule)).toContain('subject.empty');
    const impossible = await office.must('certificates.preview', {
      ...base,
      subjectAltNames: [{ type: 'dns', value: 'not a name' }],
    });
    expect(impossible).toMatchObject({ ok: false, violations: [{ path: ['subjectAltNames', 0, 'value'] }] });
  });

  it('tells the rules that would be broken', async () => {
    const weak = join(folder, 'weak.pem');
    writeFileSync(weak, keyWithClosePrimes().export({ type: 'pkcs8', format: 'pem' }));
    const { findings, ok } = await office.must('certificates.preview', {
      ...base,
      csr: await opensslText('req', '-new', '-key', weak, '-subj', '/CN=www.example'),
    });
    expect(ok).toBe(false);
    expect(findings.map(({ rule }) => rule)).toContain('hygiene.rsa.close-primes');
  });

  it('refuses a profile that is not there, and a request that is none', async () => {
    expect((await office.call('certificates.preview', { ...base, profile: 'none' })).body.code).toBe(
      'NOT_FOUND',
    );
    expect((await office.call('certificates.preview', { ...base, csr: 'no request' })).body.code).toBe(
      'INVALID_CSR',
    );
  });
});
