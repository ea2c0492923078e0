import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorityExtensions } from '../../../../../src/main/services/authorities/authority-content.ts';
import { authorityToBeSigned } from '../../../../../src/main/services/authorities/build-authority.ts';
import {
  encodeName,
  newSerialNumber,
  parseCertificate,
  readPem,
} from '../../../../../src/main/x509/index.ts';
import type { KeyUsage } from '../../../../../src/shared/model/names.ts';
import { type ChanceryInProcess, openInProcess } from '../../../../support/chancery-in-process.ts';
import { opensslText } from '../../../../support/openssl.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';
import { keyWithClosePrimes } from '../../../../support/weak-rsa-key.ts';

const folder = temporaryFolder('lint-before-signing');

describe('the lint before a signature', () => {
  let office: ChanceryInProcess;

  beforeAll(async () => {
    office = await openInProcess();
    const any = { mode: 'any' as const };
    const keyUsages: { allowed: KeyUsage[]; required: KeyUsage[] } = {
      allowed: ['digitalSignature'],
      required: ['keyEncipherment'],
    };
    await office.must('policies.create', {
      slug: 'enciphering',
      realm: 'default',
      definition: {
        subject: any,
        subjectAltNames: any,
        keyUsages,
        extendedKeyUsages: { allowed: ['serverAuth'], required: [] },
        keyAlgorithms: ['ecdsa-p256', 'rsa-2048'],
        maxValidity: 'P90D',
      },
    });
    await office.must('profiles.create', {
      slug: 'enciphering',
      realm: 'default',
      policy: 'enciphering',
      issuer: 'issuing',
      defaultValidity: 'P30D',
      defaultKeyAlgorithm: 'ecdsa-p256',
    });
  });
  afterAll(() => office.chancery.close());

  const issue = (fields: object) =>
    office.call('certificates.issue', { profile: 'tls-server', realm: 'default', ...fields });
  const counts = async () => {
    const { items } = await office.must('audit.list', { limit: 500 });
    const all = [
      await office.must('certificates.list', {}),
      await office.must('end-entities.list', {}),
      await office.must('authorities.list', {}),
    ];
    return { totals: all.map(({ total }) => total), events: items };
  };
  const csrOf = (keyFile: string, ...extra: string[]) =>
    opensslText('req', '-new', '-key', keyFile, '-subj', '/CN=csr.example', ...extra);
  const newEcKey = async () => {
    const file = join(folder, 'ec.pem');
    await opensslText('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', file);
    return file;
  };

  it('refuses what breaks a rule, names field and rule, and leaves nothing but the failure', async () => {
    const before = await counts();
    const asked = { profile: 'enciphering', subject: { commonName: 'lint.example' } };
    for (const time of ['first', 'second']) {
      const { status, body } = await issue(asked);
      expect({ time, status, body }).toMatchObject({
        status: 422,
        body: {
          code: 'LINT_FAILED',
          detail: expect.stringContaining('keyEncipherment'),
          hint: expect.stringContaining('digitalSignature'),
          violations: [{ path: ['extensions', 'keyUsage'], rule: 'rfc8813.keyUsage.ec' }],
        },
      });
    }
    const after = await counts();
    expect(after.totals).toEqual(before.totals);
    expect(after.events.length).toBe(before.events.length + 2);
    expect(after.events[0]).toMatchObject({
      type: 'certificate.issued',
      outcome: 'failure',
      detail: { code: 'LINT_FAILED', rules: ['rfc8813.keyUsage.ec'] },
    });
    expect((await issue({ ...asked, keyAlgorithm: 'rsa-2048' })).status).toBe(201);
  });

  it('is no obstacle to a request that asks an elliptic key to encipher: that usage is left away', async () => {
    const csr = await csrOf(await newEcKey(), '-addext', 'keyUsage=digitalSignature,keyEncipherment');
    const { certificate } = (await issue({ csr })).body;
    const { keyUsages } = parseCertificate(readPem(certificate)[0]?.der ?? new Uint8Array());
    expect(keyUsages).toEqual(['digitalSignature']);
    const only = await csrOf(await newEcKey(), '-addext', 'keyUsage=keyEncipherment');
    const second = (await issue({ csr: only })).body;
    expect(parseCertificate(readPem(second.certificate)[0]?.der ?? new Uint8Array()).keyUsages).toEqual([
      'digitalSignature',
    ]);
  });

  it('looks at each key that may be weak, also behind sound ones of the same shape', async () => {
    const sound = join(folder, 'rsa.pem');
    await opensslText('genrsa', '-out', sound, '2048');
    expect((await issue({ csr: await csrOf(sound) })).status).toBe(201);
    const weak = join(folder, 'weak.pem');
    writeFileSync(weak, keyWithClosePrimes().export({ type: 'pkcs8', format: 'pem' }));
    const { body } = await issue({ csr: await csrOf(weak) });
    expect(body).toMatchObject({
      code: 'LINT_FAILED',
      violations: [{ path: ['subjectPublicKeyInfo'], rule: 'hygiene.rsa.close-primes' }],
    });
  });

  it('holds for authorities too, whose certificate is looked at before anything is signed', () => {
    const plan = {
      serialNumber: newSerialNumber(new Uint8Array(16).fill(1)),
      subjectDer: encodeName({ commonName: 'Root' }),
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2027-01-01T00:00:00Z'),
      extensions: authorityExtensions({}, 0),
    };
    const spkiOf = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'der' });
    const weak = { ...plan, spki: spkiOf(keyWithClosePrimes()) };
    expect(() => authorityToBeSigned(weak, { signatureAlgorithm: 'rsa-sha256' })).toThrow(
      expect.objectContaining({
        code: 'LINT_FAILED',
        violations: [expect.objectContaining({ rule: 'hygiene.rsa.close-primes' })],
      }),
    );
    const sound = { ...plan, spki: spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey) };
    expect(authorityToBeSigned(sound, { signatureAlgorithm: 'ecdsa-sha256' }).length).toBeGreaterThan(100);
  });

  it('does not hold what is wrong with the name of an authority from elsewhere against what it issues', async () => {
    const key = await newEcKey();
    const certificate = await opensslText(
      ...['req', '-x509', '-new', '-key', key, '-subj', '/C=12/CN=Old root', '-days', '400'],
      ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    );
    const privateKey = readFileSync(key, 'utf8');
    await office.must('authorities.import', { slug: 'old', realm: 'default', certificate, privateKey });
    const created = await office.call('authorities.create', {
      slug: 'below-old',
      realm: 'default',
      parent: 'old',
      validity: 'P1D',
    });
    expect(created.status, created.body.detail).toBe(201);
  });
});
