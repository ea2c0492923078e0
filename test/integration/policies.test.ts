/** Policies through their life: versions, what a change touches, the tester; profiles and what they decide. */
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PolicyDefinition } from '../../src/shared/model/policy.ts';
import type { Input } from '../../src/shared/operations/index.ts';
import { type ChanceryInProcess, openInProcess } from '../support/chancery-in-process.ts';
import { newCsr } from '../support/openssl.ts';

const realm = 'default';
let office: ChanceryInProcess;
let server: PolicyDefinition;

beforeAll(async () => {
  office = await openInProcess();
  server = (await office.must('policies.show', { id: 'tls-server' })).definition;
});

const dns = (value: string) => ({ subjectAltNames: [{ type: 'dns' as const, value }] });
const issue = (fields: Input<'certificates.issue'>) =>
  office.call('certificates.issue', { realm, ...fields });

/** A policy of its own with a profile of the same slug. */
async function both(
  slug: string,
  definition: Partial<PolicyDefinition> = {},
  profile: Partial<Input<'profiles.create'>> = {},
) {
  await office.must('policies.create', { slug, realm, definition: { ...server, ...definition } });
  return office.must('profiles.create', { slug, realm, policy: slug, issuer: 'issuing', ...profile });
}

describe('a policy', () => {
  it('gets another version with another definition, and keeps the former ones', async () => {
    await both('versioned');
    const changed = { ...server, maxValidity: 'P10D' };
    const second = await office.must('policies.update', { id: 'versioned', definition: changed });
    expect(second).toMatchObject({ version: 2, definition: { maxValidity: 'P10D' } });
    const named = await office.must('policies.update', {
      id: 'versioned',
      name: 'Renamed',
      definition: changed,
    });
    expect(named).toMatchObject({ version: 2, name: 'Renamed' });
    const { items } = await office.must('policies.versions', { id: 'versioned' });
    expect(items.map(({ version, definition }) => [version, definition.maxValidity])).toEqual([
      [2, 'P10D'],
      [1, 'P398D'],
    ]);
    expect((await issue({ profile: 'versioned', validity: '11d', ...dns('a.example') })).status).toBe(422);
  });

  it('is not overwritten by who saw an older version, nor by two at once', async () => {
    await both('guarded');
    const change = (days: number) =>
      office.call('policies.update', {
        id: 'guarded',
        expectedVersion: 1,
        definition: { ...server, maxValidity: `P${days}D` },
      });
    const answers = await Promise.all([change(11), change(12), change(13)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412]);
    expect((await change(14)).body).toMatchObject({ code: 'PRECONDITION_FAILED' });
    expect((await office.must('policies.show', { id: 'guarded' })).version).toBe(2);
  });

  it('is deleted only where no profile uses it', async () => {
    await both('in-use');
    expect((await office.call('policies.delete', { id: 'in-use' })).body).toMatchObject({
      code: 'CONFLICT',
      detail: expect.stringContaining('in-use'),
    });
    await office.must('profiles.delete', { id: 'in-use' });
    await office.must('policies.delete', { id: 'in-use' });
    expect((await office.call('policies.show', { id: 'in-use' })).status).toBe(404);
  });

  it('says what a change would touch', async () => {
    await both('touched');
    await office.must('certificates.issue', {
      realm,
      profile: 'touched',
      validity: '5d',
      ...dns('short.example'),
    });
    await office.must('certificates.issue', {
      realm,
      profile: 'touched',
      validity: '50d',
      ...dns('long.example'),
    });
    const impact = await office.must('policies.impact', {
      id: 'touched',
      definition: { ...server, maxValidity: 'P10D' },
    });
    expect(impact).toMatchObject({
      profiles: [{ slug: 'touched' }],
      certificates: 2,
      checked: 2,
      refused: [{ commonName: 'long.example', violations: [{ rule: 'validity.maxValidity' }] }],
    });
    expect(impact.refused).toHaveLength(1);
    expect((await office.must('policies.impact', { id: 'touched', definition: server })).refused).toEqual([]);
    expect((await office.must('policies.show', { id: 'touched' })).version).toBe(1);
  });

  it('that contradicts itself is refused, with all the places', async () => {
    const { status, body } = await office.call('policies.create', {
      slug: 'nonsense',
      realm,
      definition: {
        ...server,
        subjectAltNames: { mode: 'rules', rules: [{ type: 'ip', allowed: ['10.0.0.0/99'] }] },
        keyUsages: { ...server.keyUsages, denied: ['digitalSignature'] },
        minValidity: '2y',
        basicConstraints: { isCa: 'required' },
        allowedExtensions: ['2.5.29.17'],
      },
    });
    const { violations } = body as unknown as { violations: { path: unknown[] }[] };
    expect([status, violations.map(({ path }) => path[1])]).toEqual([
      400,
      ['subjectAltNames', 'keyUsages', 'minValidity', 'keyUsages', 'allowedExtensions'],
    ]);
  });
});

describe('the tester', () => {
  it('says what passes, what fails, and why', async () => {
    const { permitted, checks } = await office.must('policies.test', {
      policy: 'tls-server',
      subject: { commonName: 'a.example' },
      subjectAltNames: [
        { type: 'dns', value: 'a.example' },
        { type: 'dns', value: '*.a.example' },
        { type: 'email', value: 'ada@a.example' },
      ],
      validity: '2y',
    });
    expect(permitted).toBe(false);
    expect(checks.filter(({ passed }) => !passed).map(({ rule }) => rule)).toEqual([
      'subjectAltNames.wildcard',
      'subjectAltNames.type',
      'validity.maxValidity',
    ]);
    expect(checks.filter(({ passed }) => passed).map(({ path }) => path.join('.'))).toContain('keyAlgorithm');
  });

  it('takes a request, and a definition that is not kept', async () => {
    const { pem: csr } = await newCsr('/CN=b.example', 'DNS:b.example');
    const definition = { ...server, subject: { mode: 'none' as const } };
    expect((await office.must('policies.test', { policy: 'tls-server', csr })).permitted).toBe(true);
    const { permitted, checks } = await office.must('policies.test', { definition, csr });
    expect([permitted, checks.find(({ passed }) => !passed)?.path]).toEqual([
      false,
      ['subject', 'commonName'],
    ]);
    expect((await office.call('policies.test', { csr })).body).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('and issuing agree', async () => {
    const request = { subjectAltNames: [{ type: 'uri' as const, value: 'https://a.example/' }] };
    const { checks } = await office.must('policies.test', { policy: 'tls-server', ...request });
    const { body } = await issue({ profile: 'tls-server', ...request });
    const { violations } = body as unknown as { violations: { rule: string }[] };
    expect(violations.map(({ rule }) => rule)).toEqual(
      checks.filter(({ passed }) => !passed).map(({ rule }) => rule),
    );
  });
});

describe('a profile', () => {
  it('fills in what is not said, and null keeps it out', async () => {
    await both(
      'filled',
      {},
      {
        defaults: {
          subject: { organization: 'Example', country: 'DE' },
          extendedKeyUsages: ['serverAuth'],
          keyUsages: ['digitalSignature'],
        },
      },
    );
    const issued = await office
      .must('certificates.issue', {
        realm,
        profile: 'filled',
        subject: { commonName: 'a.example', country: null },
        keyUsages: null,
      })
      .catch((error: Error) => error.message);
    expect(issued).toContain('digitalSignature is required');
    const { certificate } = await office.must('certificates.issue', {
      realm,
      profile: 'filled',
      subject: { commonName: 'a.example', country: null },
    });
    const read = new X509Certificate(certificate);
    expect([read.subject, read.keyUsage]).toEqual(['O=Example\nCN=a.example', ['1.3.6.1.5.5.7.3.1']]);
  });

  it('is changed field by field, and null goes back to the beginning', async () => {
    await both('changing', {}, { defaults: { subject: { organization: 'Example', locality: 'Berlin' } } });
    const changed = await office.must('profiles.update', {
      id: 'changing',
      defaultValidity: '7d',
      keyRetention: 'handed-out',
      renewal: { autoRenew: true },
      defaults: { subject: { locality: null } },
    });
    expect(changed).toMatchObject({
      defaultValidity: '7d',
      keyRetention: 'handed-out',
      renewal: { autoRenew: true, renewBefore: '33%' },
      defaults: { subject: { organization: 'Example' } },
    });
    expect(changed.defaults.subject).not.toHaveProperty('locality');
    const cleared = await office.must('profiles.update', {
      id: 'changing',
      defaultValidity: null,
      keyRetention: null,
      renewal: null,
      defaults: null,
    });
    expect(cleared).toMatchObject({
      defaultValidity: 'P90D',
      keyRetention: 'sealed',
      renewal: { autoRenew: false },
      defaults: {},
    });
    expect(await office.must('profiles.show', { id: 'changing' })).toEqual(cleared);
  });

  it('that is switched off issues nothing, and one with certificates is not deleted', async () => {
    await both('switched');
    expect((await issue({ profile: 'switched', ...dns('a.example') })).status).toBe(201);
    expect((await office.call('profiles.delete', { id: 'switched' })).body).toMatchObject({
      code: 'CONFLICT',
    });
    await office.must('profiles.update', { id: 'switched', enabled: false });
    expect((await issue({ profile: 'switched', ...dns('a.example') })).body).toMatchObject({
      code: 'CONFLICT',
      detail: expect.stringContaining('switched off'),
    });
  });

  it('hands a key out once and forgets it', async () => {
    await both('forgetful', {}, { keyRetention: 'handed-out' });
    const { id, privateKey } = await office.must('certificates.issue', {
      realm,
      profile: 'forgetful',
      ...dns('a.example'),
    });
    expect(privateKey).toContain('PRIVATE KEY');
    expect((await office.must('certificates.show', { id })).hasPrivateKey).toBe(false);
  });

  it('without an issuer makes certificates that sign themselves, and takes no request', async () => {
    const issued = await office.must('certificates.issue', {
      realm,
      profile: 'self-signed',
      ...dns('self.example'),
    });
    const read = new X509Certificate(issued.certificate);
    expect([issued.chain, read.verify(read.publicKey), read.issuer]).toEqual([[], true, read.subject]);
    expect(await office.must('certificates.show', { id: issued.id })).toMatchObject({
      authority: null,
      hasPrivateKey: true,
    });
    const { pem: csr } = await newCsr('/CN=self.example', 'DNS:self.example');
    const refused = await issue({ profile: 'self-signed', csr });
    expect([refused.status, refused.body]).toMatchObject([400, { violations: [{ path: ['csr'] }] }]);
    let last = issued.id;
    for (const reuseKey of [true, false]) {
      const renewed = await office.must('certificates.renew', {
        id: last,
        ...(reuseKey && { reuseKey }),
      });
      const again = new X509Certificate(renewed.certificate);
      expect(again.verify(again.publicKey)).toBe(true);
      expect(again.publicKey.equals(read.publicKey)).toBe(reuseKey);
      last = renewed.id;
    }
    const preview = await office.must('certificates.preview', {
      realm,
      profile: 'self-signed',
      ...dns('p.example'),
    });
    expect([preview.ok, preview.violations]).toEqual([true, []]);
  });

  it('signs itself only where the policy permits it', async () => {
    const { status, body } = await office.call('profiles.create', {
      slug: 'sly',
      realm,
      policy: 'tls-server',
      issuer: null,
    });
    expect([status, body]).toMatchObject([400, { violations: [{ rule: 'allowSelfSigned' }] }]);
  });

  it('of authorities writes the path length and the constraints that the policy knows', async () => {
    await both(
      'sub-ca',
      {
        subjectAltNames: { mode: 'none' },
        keyUsages: { allowed: [], required: ['keyCertSign', 'cRLSign'] },
        extendedKeyUsages: { allowed: [], required: [] },
        basicConstraints: { isCa: 'required', maxPathLength: 0 },
        nameConstraints: { permitted: [{ type: 'dns', value: 'example.com' }] },
      },
      { issuer: 'root' },
    );
    const { certificate } = await office.must('certificates.issue', {
      realm,
      profile: 'sub-ca',
      subject: { commonName: 'Sub CA' },
    });
    const shown = await office.must('inspect.file', { content: certificate });
    expect(new X509Certificate(certificate).ca).toBe(true);
    expect(JSON.stringify(shown)).toContain('example.com');
    const tooLong = await issue({
      profile: 'sub-ca',
      subject: { commonName: 'Sub CA' },
      basicConstraints: { isCa: true, pathLength: 3 },
    });
    expect(tooLong.body).toMatchObject({ violations: [{ rule: 'pathLength.max' }] });
    await office.must('profiles.update', { id: 'sub-ca', issuer: 'issuing' });
    const below = await issue({ profile: 'sub-ca', subject: { commonName: 'Sub CA' } });
    expect(below.body).toMatchObject({ violations: [{ rule: 'pathLength.issuer' }] });
  });

  it('whose policy wants one certificate for a name gives no second one, even at once', async () => {
    await both('unique', { uniqueness: { active: true, renewalWindow: 'P10D' } });
    const ask = () => issue({ profile: 'unique', validity: '30d', subject: { commonName: 'only.example' } });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422]);
    const first = answers.find(({ status }) => status === 201)?.body;
    const renew = () => office.call('certificates.renew', { id: first?.id ?? '' });
    expect((await renew()).body).toMatchObject({ violations: [{ rule: 'uniqueness' }] });
    office.advance(21 * 86_400_000);
    expect((await renew()).status).toBe(201);
    office.advance(-21 * 86_400_000);
  });

  it('lets a request bring along the extensions that the policy names', async () => {
    await both('extended', { allowedExtensions: ['1.3.6.1.4.1.55555.9'] });
    const ask = (oid: string) =>
      issue({ profile: 'extended', ...dns('a.example'), extensions: [{ oid, value: '0C026F6B' }] });
    const permitted = await ask('1.3.6.1.4.1.55555.9');
    const shown = await office.must('inspect.file', { content: permitted.body.certificate });
    expect(JSON.stringify(shown)).toContain('1.3.6.1.4.1.55555.9');
    expect((await ask('1.3.6.1.4.1.55555.8')).body).toMatchObject({
      violations: [{ rule: 'extensions.allowed' }],
    });
  });
});
