/** What a policy adds to its certificates, and what a profile says of keys and rules. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PolicyDefinition } from '../../src/shared/model/policy.ts';
import { type ChanceryInProcess, openInProcess } from '../support/chancery-in-process.ts';
import { newCsr, opensslText } from '../support/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { keysWithCommonPrime } from '../support/weak-rsa-key.ts';

const realm = 'default';
const folder = temporaryFolder('leaf-extensions');
let office: ChanceryInProcess;
let server: PolicyDefinition;

beforeAll(async () => {
  office = await openInProcess();
  const { items } = await office.must('policies.list', {});
  server = items.find(({ slug }) => slug === 'tls-server')?.definition as PolicyDefinition;
});

const textOf = (pem: string) => {
  const file = join(folder, 'one.pem');
  writeFileSync(file, pem);
  return opensslText('x509', '-in', file, '-noout', '-text');
};

describe('the extensions of a policy', () => {
  const extensions: PolicyDefinition['extensions'] = {
    tlsFeatures: ['mustStaple'],
    certificatePolicies: [{ oid: '1.3.6.1.4.1.55555.1', cps: 'https://pki.example/cps' }],
    subjectInfoAccess: [{ method: 'timeStamping', url: 'http://tsa.example/' }],
    crlDistributionPoints: ['http://mirror.example/ca.crl'],
    custom: [{ oid: '1.3.6.1.4.1.55555.7', critical: false, value: '0C026F6B' }],
  };
  const create = (definition: object) =>
    office.call('policies.create', {
      slug: 'fixed',
      realm,
      definition: { ...server, ...definition } as PolicyDefinition,
    });

  it('are refused where no certificate could have them', async () => {
    const custom = (oid: string, value: string) => create({ extensions: { custom: [{ oid, value }] } });
    expect((await custom('2.5.29.17', '3000')).body).toMatchObject({
      violations: [{ path: ['extensions', 'custom', 0, 'oid'] }],
    });
    expect((await custom('1.2.3', 'nonsense')).body).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('stand in every certificate under it, and in no other', async () => {
    expect((await create({ extensions })).status).toBe(201);
    await office.must('profiles.create', { slug: 'fixed', realm, policy: 'fixed', issuer: 'issuing' });
    const issue = (profile: string) =>
      office.must('certificates.issue', {
        realm,
        profile,
        subjectAltNames: [{ type: 'dns', value: 'a.example' }],
      });
    const parts = [
      'status_request',
      'Policy: 1.3.6.1.4.1.55555.1',
      'CPS: https://pki.example/cps',
      'AD Time Stamping - URI:http://tsa.example/',
      'URI:http://mirror.example/ca.crl',
      '1.3.6.1.4.1.55555.7:',
    ];
    for (const { certificate } of [await issue('fixed'), await issue('fixed')]) {
      const text = await textOf(certificate);
      for (const part of parts) expect(text).toContain(part);
    }
    const plain = await textOf((await issue('tls-server')).certificate);
    for (const part of parts) expect(plain).not.toContain(part);
  });
});

describe('a key that is in use', () => {
  const profiles = { 'warns-of-keys': 'warn', 'refuses-keys': 'refuse', 'allows-keys': 'allow' } as const;
  beforeAll(async () => {
    for (const [slug, keysInUse] of Object.entries(profiles)) {
      await office.must('profiles.create', {
        slug,
        realm,
        policy: 'tls-server',
        issuer: 'issuing',
        keysInUse: keysInUse as (typeof profiles)[keyof typeof profiles],
      });
    }
  });
  const requestFor = async (keyFile: string, name: string) => {
    const text = await opensslText(
      ...['req', '-new', '-key', keyFile, '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`],
    );
    return text.slice(text.indexOf('-----BEGIN'));
  };
  const issue = (profile: string, csr: string) => office.call('certificates.issue', { realm, profile, csr });

  it('by another end entity is told, refused or passed over, as the profile says', async () => {
    const { pem, keyFile } = await newCsr('/CN=first.example', 'DNS:first.example');
    const first = await issue('refuses-keys', pem);
    expect(first.status).toBe(201);
    expect(first.body.warnings).toBeUndefined();
    const other = await requestFor(keyFile, 'second.example');
    expect((await issue('refuses-keys', other)).body).toMatchObject({
      code: 'LINT_FAILED',
      violations: [{ path: ['csr'], rule: 'hygiene.key.used-elsewhere' }],
    });
    expect((await issue('allows-keys', other)).body.warnings).toBeUndefined();
    const third = await issue('warns-of-keys', await requestFor(keyFile, 'third.example'));
    expect(third.body.warnings).toMatchObject([{ rule: 'hygiene.key.used-elsewhere' }]);
  });

  it('by the same end entity is its own, in a renewal and in another certificate', async () => {
    const { pem } = await newCsr('/CN=own.example', 'DNS:own.example');
    const first = await issue('refuses-keys', pem);
    expect((await issue('refuses-keys', pem)).status).toBe(201);
    const second = await office.call('certificates.renew', { id: first.body.id, csr: pem });
    expect(second.status).toBe(201);
    const { id } = second.body;
    expect((await office.call('certificates.renew', { id, reuseKey: true })).status).toBe(201);
  });

  it('by an authority is found too', async () => {
    const { pem, keyFile } = await newCsr('/CN=Somebody CA');
    await office.must('authorities.issue-intermediate', { id: 'root', csr: pem, validity: '1y' });
    const { body } = await issue('refuses-keys', await requestFor(keyFile, 'leaf.example'));
    expect(body.detail).toMatch(/by the authority Somebody CA/);
  });
});

describe('a profile with the rules of the public ones', () => {
  it('refuses and warns by them for each certificate', async () => {
    await office.must('profiles.create', {
      slug: 'public',
      realm,
      policy: 'tls-server',
      issuer: 'issuing',
      lint: 'public-like',
    });
    const issue = (value: string) =>
      office.call('certificates.issue', {
        realm,
        profile: 'public',
        subjectAltNames: [{ type: 'dns', value }],
      });
    for (const host of ['printer.local', 'printer.local']) {
      expect((await issue(host)).body).toMatchObject({ code: 'LINT_FAILED' });
    }
  });
});

describe('the doctor, asked to compare keys', () => {
  const diagnose = async (keys: boolean) => {
    const { findings } = await office.must('system.doctor', { keys });
    return findings.filter(({ check }) => check === 'keys');
  };

  it('finds two RSA keys that share a prime factor', async () => {
    expect(await diagnose(false)).toEqual([]);
    expect(await diagnose(true)).toMatchObject([{ status: 'ok' }]);
    const serials = await Promise.all(
      keysWithCommonPrime().map(async (key, index) => {
        const keyFile = join(folder, `twin-${index}.pem`);
        writeFileSync(keyFile, key.export({ type: 'pkcs8', format: 'pem' }));
        const name = `twin-${index}.example`;
        const csr = await opensslText('req', '-new', '-key', keyFile, '-subj', `/CN=${name}`);
        return (await office.must('certificates.issue', { realm, profile: 'tls-server', csr })).serialNumber;
      }),
    );
    const [finding] = await diagnose(true);
    expect(finding).toMatchObject({ status: 'error' });
    for (const serialNumber of serials) expect(finding?.message).toContain(serialNumber);
  });
});
