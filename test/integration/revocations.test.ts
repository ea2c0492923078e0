import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../support/chancery-in-process.ts';
import { auditEvents, faultsOf, readRows, tableCounts } from '../support/database-reader.ts';
import { openssl } from '../support/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('crl');
let office: ChanceryInProcess;
let token: string;

beforeAll(async () => {
  office = await openInProcess();
  token = await office.token(await office.newClient());
});

afterAll(() => office.chancery.close());

async function issueMany(count: number, name: string) {
  const issue = (index: number) =>
    office.must('certificates.issue', { subject: { commonName: `${name}-${index}.example.com` } }, { token });
  return Promise.all(Array.from({ length: count }, (_, index) => issue(index)));
}

async function servedCrl(): Promise<Buffer> {
  const response = await office.chancery.handle(
    new Request('https://127.0.0.1/crl/issuing.crl'),
    listenerDoor,
  );
  return Buffer.from(await response.arrayBuffer());
}

/** The served CRL holds the serial number in its DER. */
const holds = (crl: Buffer, serialNumber: string) => crl.includes(Buffer.from(serialNumber, 'hex'));
const crlEvents = () =>
  auditEvents(office.home).filter(
    ({ type, subject }) => type === 'crl.issued' && subject?.name === 'issuing',
  );

describe('many revocations', () => {
  it('at once are each in the CRL when they are answered, and share a few CRLs', async () => {
    const issued = await issueMany(100, 'at-once');
    const before = crlEvents().length;
    await Promise.all(
      issued.map(async ({ id, serialNumber }) => {
        await office.must('certificates.revoke', { id }, { token });
        expect(holds(await servedCrl(), serialNumber)).toBe(true);
      }),
    );
    expect(crlEvents().length - before).toBeLessThan(20);
  });

  it('that come while CRLs are being issued succeed, whichever turn they come in', async () => {
    const issued = await issueMany(300, 'staggered');
    let index = 0;
    const revokeNext = async () => {
      for (let next = issued[index]; next; next = issued[index]) {
        index += 1;
        for (let turns = index % 7; turns > 0; turns -= 1) await nextTurn();
        const answer = await office.call('certificates.revoke', { id: next.id }, { token });
        expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
        expect(holds(await servedCrl(), next.serialNumber)).toBe(true);
      }
    };
    await Promise.all(Array.from({ length: 12 }, revokeNext));
  });

  it('leave a CRL that openssl verifies, with each of them once and numbers that only went up', async () => {
    const issuing = await office.must('authorities.show', { id: 'issuing' });
    const der = await servedCrl();
    writeFileSync(join(folder, 'ca.pem'), issuing.certificate);
    writeFileSync(join(folder, 'crl'), der);
    const verify = [
      '-inform',
      'DER',
      '-verify',
      '-CAfile',
      join(folder, 'ca.pem'),
      '-in',
      join(folder, 'crl'),
    ];
    const { stdout, stderr } = await openssl('crl', ...verify, '-text', '-noout');
    expect(stderr).toContain('verify OK');
    expect(stdout.match(/Serial Number:/g)).toHaveLength(400);
    expect(issuing.crl?.entries).toBe(400);
    const numbers = crlEvents().map(({ detail }) => detail.number as number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(faultsOf(office.home)).toEqual([]);
  });
});

describe('a certificate on hold', () => {
  it('is in the CRL once, with its final reason when it has one', async () => {
    const [issued] = await issueMany(1, 'on-hold');
    const { id = '', serialNumber = '' } = issued ?? {};
    const entry = async () => {
      writeFileSync(join(folder, 'hold'), await servedCrl());
      const { stdout } = await openssl(
        'crl',
        '-inform',
        'DER',
        '-in',
        join(folder, 'hold'),
        '-text',
        '-noout',
      );
      return stdout.split('Serial Number: ').filter((text) => text.startsWith(serialNumber));
    };
    await office.must('certificates.revoke', { id, reason: 'certificateHold' }, { token });
    expect(await entry()).toEqual([expect.stringContaining('Certificate Hold')]);
    await office.must('certificates.revoke', { id, reason: 'keyCompromise' }, { token });
    expect(await entry()).toEqual([expect.stringContaining('Key Compromise')]);
  });
});

describe('a hold that is lifted', () => {
  it('takes the certificate off the CRL, others of its segment stay on it, and it can be revoked later', async () => {
    const [held, other] = await issueMany(2, 'released');
    const { id = '', serialNumber = '' } = held ?? {};
    await office.must('certificates.revoke', { id: other?.id ?? '' }, { token });
    await office.must('certificates.revoke', { id, reason: 'certificateHold' }, { token });
    const entries = (await office.must('authorities.show', { id: 'issuing' })).crl?.entries ?? 0;
    expect(await office.must('certificates.release', { id }, { token })).toMatchObject({
      status: 'valid',
    });
    expect(holds(await servedCrl(), serialNumber)).toBe(false);
    expect(holds(await servedCrl(), other?.serialNumber ?? '')).toBe(true);
    expect((await office.must('authorities.show', { id: 'issuing' })).crl?.entries).toBe(entries - 1);
    expect(faultsOf(office.home)).toEqual([]);
    await office.must('certificates.revoke', { id, reason: 'superseded' }, { token });
    expect(holds(await servedCrl(), serialNumber)).toBe(true);
  });

  it('is refused where there is none, and changes nothing', async () => {
    const [valid, revoked] = await issueMany(2, 'not-held');
    await office.must('certificates.revoke', { id: revoked?.id ?? '' }, { token });
    const before = tableCounts(office.home);
    for (const one of [valid, revoked]) {
      const answer = await office.call('certificates.release', { id: one?.id ?? '' }, { token });
      expect([answer.status, answer.body.code]).toEqual([409, 'CONFLICT']);
    }
    expect(tableCounts(office.home)).toEqual(before);
    expect(holds(await servedCrl(), revoked?.serialNumber ?? '')).toBe(true);
  });
});

describe('a revocation whose CRL could not be issued', () => {
  it('is in the CRL when the repeated call answers that it is revoked already', async () => {
    const [issued] = await issueMany(1, 'half-done');
    await office.must('certificates.revoke', { id: issued?.id ?? '' }, { token });
    // As a disk leaves it that was full after the revocation and before the CRL.
    const sqlite = new Database(join(office.home, 'chancery.db'));
    sqlite.prepare("update authorities set revision = revision + 1 where slug = 'issuing'").run();
    sqlite.close();
    const before = crlEvents().length;
    const again = () => office.call('certificates.revoke', { id: issued?.id ?? '' }, { token });
    expect([(await again()).body.code, crlEvents().length - before]).toEqual(['ALREADY_REVOKED', 1]);
    expect([(await again()).body.code, crlEvents().length - before]).toEqual(['ALREADY_REVOKED', 1]);
  });
});

describe('the certificate of an authority', () => {
  const ofAuthority = (slug: string) => {
    const [row] = readRows<{ certificateId: string }>(
      office.home,
      'select certificateId from authorities where slug = ?',
      slug,
    );
    return row?.certificateId ?? '';
  };

  it('is not for an API client to revoke, even where it knows the id', async () => {
    const { body } = await office.call('certificates.revoke', { id: ofAuthority('issuing') }, { token });
    expect(body.code).toBe('FORBIDDEN');
    expect((await office.must('authorities.show', { id: 'issuing' })).status).toBe('active');
  });

  it('is in the CRL of its issuer once an administrator revoked it, and it issues nothing more', async () => {
    await office.must('authorities.create', {
      slug: 'lost',
      parent: 'root',
      realm: 'default',
      pathLength: 1,
    });
    await office.must('profiles.create', {
      slug: 'lost',
      realm: 'default',
      policy: 'tls-server',
      issuer: 'lost',
    });
    const issue = () =>
      office.call('certificates.issue', { profile: 'lost', subject: { commonName: 'lost.example.com' } });
    expect((await issue()).status).toBe(201);
    await office.must('certificates.revoke', { id: ofAuthority('lost'), reason: 'cACompromise' });
    const { crl } = await office.must('authorities.show', { id: 'root' });
    expect([crl?.entries, (await office.must('authorities.show', { id: 'lost' })).status]).toEqual([
      1,
      'revoked',
    ]);
    const counts = tableCounts(office.home);
    expect((await issue()).body.code).toBe('CONFLICT');
    expect(
      (await office.call('authorities.create', { slug: 'below', parent: 'lost', realm: 'default' })).body
        .code,
    ).toBe('CONFLICT');
    expect(tableCounts(office.home)).toEqual(counts);
  });
});
