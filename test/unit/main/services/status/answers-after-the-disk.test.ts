/** What leaves the process without going through the HTTP handler waits for the disk like everything else. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LogFile } from '../../../../../src/main/store/log-file.ts';
import {
  buildOcspRequest,
  parseCertificate,
  readOcspResponse,
  readPem,
} from '../../../../../src/main/x509/index.ts';
import { type ChanceryInProcess, openInProcess } from '../../../../support/chancery-in-process.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

let office: ChanceryInProcess;
beforeAll(async () => {
  office = await openInProcess();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => office.chancery.close());

/** A disk that takes its time with the next flush, until it is let go. */
function slowDisk() {
  const flush = LogFile.prototype.flush;
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  vi.spyOn(LogFile.prototype, 'flush').mockImplementation(async function (this: LogFile) {
    asked.resolve();
    await released.promise;
    await flush.call(this);
  });
  return { asked: asked.promise, release: released.resolve };
}

async function newCertificate() {
  return office.must('certificates.issue', { profile: 'tls-server', subject: { commonName: 'www.example' } });
}

async function questionFor(serialNumber: string): Promise<Uint8Array> {
  const { certificate } = await office.must('authorities.show', { id: 'issuing' });
  const issuer = parseCertificate(readPem(certificate)[0]?.der ?? new Uint8Array());
  const serial = Buffer.from(serialNumber, 'hex');
  return buildOcspRequest([
    { issuerNameDer: issuer.subject.der, issuerSpki: issuer.spki, serialNumber: serial },
  ]);
}

const ask = async (body: Uint8Array) => {
  const reply = await office.chancery.ocsp({ from: { body }, ifNoneMatch: null });
  const answer = readOcspResponse(reply.body ?? new Uint8Array());
  return answer.status === 'successful' ? answer.basic.responses[0]?.status : answer.status;
};

describe('while the disk takes its time', () => {
  it('OCSP does not tell of a revocation that could yet be lost', async () => {
    const { id, serialNumber } = await newCertificate();
    // The signer is made with the first answer; this one is about another certificate.
    await ask(await questionFor((await newCertificate()).serialNumber));
    const question = await questionFor(serialNumber);
    const disk = slowDisk();
    const revoking = office.must('certificates.revoke', { id: String(id), reason: 'superseded' });
    await disk.asked;
    const order: string[] = [];
    const answered = ask(question).then((status) => {
      order.push('answered');
      return status;
    });
    await delay(50);
    order.push('on the disk');
    disk.release();
    expect(await answered).toBe('revoked');
    await revoking;
    expect(order).toEqual(['on the disk', 'answered']);
  });

  it('no CRL that could yet be lost is written to the folder', async () => {
    const folder = mkdtempSync(join(temporaryFolder('crl-after-disk'), 'one-'));
    await office.must('authorities.configure-crl', { id: 'issuing', folder });
    const file = join(folder, 'issuing.crl');
    const before = readFileSync(file);
    // The first publication takes its number; the next one has one already, and is one commit.
    await office.must('authorities.publish-crl', { id: 'issuing' });
    const disk = slowDisk();
    const publishing = office.must('authorities.publish-crl', { id: 'issuing' });
    await disk.asked;
    const known = readFileSync(file);
    // As the scheduler does at any time: it finds a newer CRL than the folder has.
    const due = office.chancery.runDueTasks();
    await delay(50);
    expect(readFileSync(file)).toEqual(known);
    disk.release();
    await Promise.all([publishing, due]);
    expect(known).not.toEqual(before);
    expect(readFileSync(file)).not.toEqual(known);
  });
});
