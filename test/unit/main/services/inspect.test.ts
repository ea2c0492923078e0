import { chmodSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../../../support/chancery-in-process.ts';
import { newCsr, newSelfSigned } from '../../../support/openssl.ts';

const dayMs = 86_400_000;
const after = (ms: number) => new Date(Date.now() + ms).toISOString();
const derOf = (pem: string) => pem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');

describe('looking at files', () => {
  let office: ChanceryInProcess;
  let issued: { id: string; certificate: string; chain: string[]; privateKey?: string | undefined };
  beforeAll(async () => {
    office = await openInProcess();
    issued = await office.must('certificates.issue', {
      profile: 'tls-server',
      realm: 'default',
      subject: { commonName: 'www.example' },
    });
  });
  afterAll(() => office.chancery.close());

  const fields = (sections: { name: string; fields: { name: string; value: string }[] }[]) =>
    new Map(sections.flatMap((section) => section.fields.map(({ name, value }) => [name, value])));

  it.each([
    ['PEM', (pem: string) => pem, 'pem'],
    ['DER in base64', derOf, 'der'],
    ['a PEM file in base64', (pem: string) => Buffer.from(pem).toString('base64'), 'pem'],
  ])('says what a certificate is, given as %s', async (_, form, encoding) => {
    const found = await office.must('inspect.file', { content: form(issued.certificate) });
    expect(found).toMatchObject({ kind: 'certificate', encoding });
    const [item] = found.items;
    expect(item?.description).toContain('www.example');
    expect(fields(item?.sections ?? []).get('subject')).toBe('CN=www.example');
    expect(item?.text).toContain('subject: CN=www.example');
    const { sha256Fingerprint } = await office.must('certificates.show', { id: issued.id });
    expect(item?.fingerprints?.sha256).toBe(sha256Fingerprint.replaceAll(':', ''));
    expect(item?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('says what other things are, and gives nothing of a private key away', async () => {
    const { pem } = await newCsr('/CN=asked.example');
    expect((await office.must('inspect.file', { content: pem })).items).toMatchObject([
      { kind: 'csr', description: 'asked.example' },
    ]);
    const several = await office.must('inspect.file', {
      content: `${issued.certificate}${issued.chain.join('')}`,
    });
    expect([several.kind, several.items.length]).toEqual(['certificates', 1 + issued.chain.length]);
    const key = await office.must('inspect.file', { content: issued.privateKey ?? '' });
    expect(key.items).toMatchObject([
      { kind: 'private-key', sections: [{ name: 'privateKey' }], findings: [] },
    ]);
    expect(JSON.stringify(key)).not.toContain(derOf(issued.privateKey ?? 'x').slice(40, 80));
    expect(await office.must('inspect.file', { content: 'good morning' })).toMatchObject({ kind: 'unknown' });
  });

  it('lints what is foreign, by the profile asked for, and says where', async () => {
    const content = issued.certificate + (await newSelfSigned('/C=12/CN=old.example'));
    const found = await office.must('inspect.lint', { content });
    expect(found).toMatchObject({ ok: false, checked: 2 });
    expect(found.findings).toContainEqual(
      expect.objectContaining({ item: 1, rule: 'rfc5280.name.country', severity: 'error' }),
    );
    expect(await office.must('inspect.lint', { content: issued.certificate })).toMatchObject({ ok: true });
    const strict = await office.must('inspect.lint', { content: issued.certificate, profile: 'public-like' });
    expect(strict.findings.map(({ rule }) => rule)).toContain('br.dns.internal');
    expect((await office.call('inspect.lint', { content: 'nothing' })).body).toMatchObject({
      code: 'INVALID_CERTIFICATE',
      violations: [{ path: ['content'] }],
    });
  });

  it('verifies up to our own root, for a name and a time', async () => {
    const verify = (more: object) => office.must('inspect.verify', { content: issued.certificate, ...more });
    const valid = await verify({ peerName: 'www.example' });
    expect(valid).toMatchObject({ ok: true, failures: [], nameSpace: { pathLength: 0 } });
    expect(valid.path.map(({ subject }) => subject)).toEqual([
      'CN=www.example',
      expect.stringContaining('Issuing'),
      expect.stringContaining('Root'),
    ]);
    const rules = async (more: object) => (await verify(more)).failures.map(({ rule }) => rule);
    expect(await rules({ peerName: 'other.example' })).toEqual(['peerName.mismatch']);
    expect(await rules({ at: after(4000 * dayMs) })).toContain('validity.expired');
    expect(await rules({ at: '2020-01-01' })).toContain('validity.notYet');
    const foreign = await newSelfSigned('/CN=Foreign root');
    expect((await verify({ trust: foreign })).ok).toBe(false);
    expect(await office.must('inspect.verify', { content: foreign, trust: foreign })).toMatchObject({
      ok: true,
    });
    expect((await office.must('inspect.verify', { content: foreign })).ok).toBe(false);
    expect((await office.call('inspect.verify', { content: 'nothing' })).body.code).toBe(
      'INVALID_CERTIFICATE',
    );
  });

  it('knows from our own CRL that a certificate was revoked', async () => {
    const { id, certificate } = await office.must('certificates.issue', {
      profile: 'tls-server',
      realm: 'default',
      subject: { commonName: 'revoked.example' },
    });
    expect((await office.must('inspect.verify', { content: certificate })).ok).toBe(true);
    await office.must('certificates.revoke', { id, reason: 'keyCompromise' });
    const { ok, failures } = await office.must('inspect.verify', { content: certificate });
    expect([ok, failures.map(({ rule }) => rule)]).toEqual([false, [expect.stringMatching(/revo/i)]]);
  });

  it('needs somebody who has signed in, and no open vault', async () => {
    const nobody = { door: listenerDoor };
    for (const id of ['inspect.file', 'inspect.lint', 'inspect.verify'] as const) {
      expect((await office.call(id, { content: issued.certificate }, nobody)).status).toBe(401);
    }
    expect((await office.call('system.doctor', {}, nobody)).status).toBe(401);
    await office.must('vault.lock', {});
    expect((await office.must('inspect.lint', { content: issued.certificate })).ok).toBe(true);
    expect((await office.must('inspect.verify', { content: issued.certificate })).ok).toBe(true);
    expect((await office.must('inspect.file', { content: issued.certificate })).kind).toBe('certificate');
    const { findings } = await office.must('system.doctor', {});
    expect(findings.find(({ check }) => check === 'vault')?.message).toContain('locked');
    await office.must('vault.unlock', {});
  });
});

describe('the doctor', () => {
  it('finds a sound installation well, and says what is not and how to mend it', async () => {
    const office = await openInProcess();
    try {
      const well = await office.must('system.doctor', {});
      expect(well.ok).toBe(true);
      expect(well.findings.filter(({ status }) => status !== 'ok')).toEqual([]);
      expect(well.findings.map(({ check }) => check)).toEqual(
        expect.arrayContaining(['runtime', 'vault', 'keychain', 'folder', 'listener', 'clock', 'database']),
      );
      expect(well.algorithms).toMatchObject({ 'ecdsa-p256': 'native' });
      chmodSync(office.home, 0o755);
      office.advance(85 * dayMs);
      const later = await office.must('system.doctor', {});
      expect(later.ok).toBe(true);
      expect(later.findings.filter(({ status }) => status === 'warning')).toMatchObject([
        { check: 'folder', hint: expect.stringContaining('chmod') },
        { check: 'listener' },
      ]);
      office.advance(-185 * dayMs);
      const before = await office.must('system.doctor', {});
      expect(before.ok).toBe(false);
      expect(before.findings).toContainEqual(expect.objectContaining({ check: 'clock', status: 'error' }));
    } finally {
      await office.chancery.close();
    }
  });
});
