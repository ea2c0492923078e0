/** CRLs that are published to a folder, and those and OCSP signers that the scheduler renews by the clock. */
import { mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildOcspRequest, parseCertificate, readCertificates } from '../../src/main/x509/index.ts';
import { type ChanceryInProcess, openInProcess } from '../support/chancery-in-process.ts';
import { auditEvents } from '../support/database-reader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const hourMs = 3_600_000;
let office: ChanceryInProcess;

beforeEach(async () => {
  office = await openInProcess();
});

afterEach(() => office.chancery.close());

const configure = (settings: object) =>
  office.must('authorities.configure-crl', { id: 'issuing', ...settings });
const show = () => office.must('authorities.show', { id: 'issuing' });
const numberNow = async () => (await show()).crl?.number ?? 0;

async function issued() {
  const { id } = await office.must('certificates.issue', {
    profile: 'tls-server',
    subject: { commonName: 'a.example.com' },
  });
  return String(id);
}

async function file(): Promise<Buffer> {
  const { contentBase64 } = await office.must('authorities.crl', { id: 'issuing' });
  return Buffer.from(contentBase64, 'base64');
}

describe('a folder for CRLs', () => {
  it('has each new CRL, whole and under its name below /crl', async () => {
    const folder = mkdtempSync(join(temporaryFolder('crl-folder'), 'one-'));
    const { crlFolder } = await configure({ folder, deltas: true });
    expect(crlFolder).toMatchObject({ folder, problem: null });
    expect(readFileSync(join(folder, 'issuing.crl'))).toEqual(await file());
    await office.must('certificates.revoke', { id: await issued(), reason: 'superseded' });
    await office.must('authorities.publish-crl', { id: 'issuing' });
    expect(readFileSync(join(folder, 'issuing.crl'))).toEqual(await file());
    expect(readdirSync(join(folder, 'issuing'))).toEqual(['delta.crl']);
    expect(readdirSync(folder).sort()).toEqual(['issuing', 'issuing.crl']);
    expect((await show()).crlFolder?.number).toBe(await numberNow());
  });

  it('keeps nothing of a write that a killed process did not end', async () => {
    const folder = mkdtempSync(join(temporaryFolder('crl-folder'), 'killed-'));
    await configure({ folder });
    writeFileSync(join(folder, '.issuing.crl.tmp'), 'the first half');
    await office.must('authorities.publish-crl', { id: 'issuing' });
    expect(readdirSync(folder)).toEqual(['issuing.crl']);
    expect(readFileSync(join(folder, 'issuing.crl'))).toEqual(await file());
  });

  it('that is gone stops no revocation, is told of once, and is written when it is back', async () => {
    const folder = mkdtempSync(join(temporaryFolder('crl-folder'), 'gone-'));
    await configure({ folder });
    renameSync(folder, `${folder}-away`);
    await office.must('certificates.revoke', { id: await issued(), reason: 'superseded' });
    await office.must('authorities.publish-crl', { id: 'issuing' });
    await office.must('authorities.publish-crl', { id: 'issuing' });
    expect((await show()).crlFolder).toMatchObject({ problem: 'ENOENT', number: await numberNow() });
    const failures = auditEvents(office.home).filter(({ type }) => type === 'crl.publication-failed');
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ outcome: 'failure', detail: { folder, problem: 'ENOENT' } });
    renameSync(`${folder}-away`, folder);
    await office.chancery.runDueTasks();
    await expect.poll(async () => (await show()).crlFolder?.problem).toBeNull();
    expect(readFileSync(join(folder, 'issuing.crl'))).toEqual(await file());
  });

  it('must be an absolute path, and an overlap shorter than the validity', async () => {
    const refused = async (settings: object) =>
      (await office.call('authorities.configure-crl', { id: 'issuing', ...settings })).body.code;
    expect(await refused({ folder: 'relative' })).toBe('INVALID_INPUT');
    expect(await refused({ validityHours: 10, overlapHours: 10 })).toBe('INVALID_INPUT');
    expect(await refused({ shards: 3 })).toBe('INVALID_INPUT');
    expect((await show()).crlSettings).toMatchObject({ validityHours: 168, shards: 1, folder: '' });
  });
});

describe('the scheduler', () => {
  it('issues the next CRL by the overlap of its authority, and not before', async () => {
    await configure({ validityHours: 10, overlapHours: 2 });
    const first = await show();
    expect(Date.parse(first.crl?.nextUpdate ?? '') - Date.parse(first.crl?.thisUpdate ?? '')).toBe(
      10 * hourMs,
    );
    office.advance(7.9 * hourMs);
    await office.chancery.runDueTasks();
    expect(await numberNow()).toBe(first.crl?.number);
    office.advance(0.2 * hourMs);
    await office.chancery.runDueTasks();
    const second = await show();
    expect(second.crl?.number).toBeGreaterThan(first.crl?.number ?? 0);
    expect(Date.parse(second.crl?.nextUpdate ?? '')).toBeGreaterThan(Date.parse(first.crl?.nextUpdate ?? ''));
  });

  it('renews the signer of OCSP answers in the last third of its time, and not before', async () => {
    const { certificate = '', chain = [] } = await office.must('certificates.issue', {
      profile: 'tls-server',
      subject: { commonName: 'asked.example.com' },
    });
    const read = (pem: string) => parseCertificate(readCertificates(pem)[0] ?? expect.unreachable());
    const issuer = read(chain[0] ?? '');
    const request = buildOcspRequest([
      {
        issuerNameDer: issuer.subject.der,
        issuerSpki: issuer.spki,
        serialNumber: Buffer.from(read(certificate).serialNumber, 'hex'),
      },
    ]);
    await office.chancery.ocsp({ from: { body: request }, ifNoneMatch: null });
    const signers = () => auditEvents(office.home).filter(({ detail }) => detail.for === 'ocsp').length;
    office.advance(19 * 24 * hourMs);
    await office.chancery.runDueTasks();
    expect(signers()).toBe(1);
    office.advance(2 * 24 * hourMs);
    await office.chancery.runDueTasks();
    expect(signers()).toBe(2);
  });
});
