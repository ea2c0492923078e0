import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '../../src/shared/operations/index.ts';
import { prepareHome, type RunningConsole, runChancery, startConsole } from '../support/chancery-process.ts';
import { askToken, curl } from '../support/curl.ts';
import { auditEvents, faultsOf, readRows, tableCounts } from '../support/database-reader.ts';
import { mountSmallDisk } from '../support/small-disk.ts';

const disk = mountSmallDisk(8);
if (typeof disk === 'string') process.stderr.write(`The tests of a full disk are left out. ${disk}\n`);

describe.skipIf(typeof disk === 'string')('a full disk', () => {
  if (typeof disk === 'string') return;
  const home = join(disk.folder, 'home');
  let running: RunningConsole;
  let token: string;

  beforeAll(async () => {
    const client = await prepareHome(home);
    running = await startConsole(home);
    token = (await askToken(running, client)).json.access_token;
    expect((await issue('before.example.com')).status).toBe(201);
  });

  afterAll(async () => {
    disk.free();
    await running?.stop();
    disk.unmount();
  });

  const issue = (commonName: string) =>
    curl<Output<'certificates.issue'>>(running, '/api/v1/certificates', {
      token,
      json: { subject: { commonName } },
    });
  const stored = () => readRows<{ serialNumber: string }>(home, 'select serialNumber from certificates');

  /** Issues until the disk is full: the log that is there already has room for a few. */
  async function issueUntilFull(name: string): Promise<string[]> {
    const serials: string[] = [];
    for (let number = 0; number < 50; number += 1) {
      const answer = await issue(`${name}-${number}.example.com`);
      if (answer.status !== 201) {
        expect([answer.status, answer.json.code]).toEqual([507, 'STORAGE_FULL']);
        return serials;
      }
      serials.push(answer.json.serialNumber);
    }
    throw new Error('the disk was never full');
  }

  it('refuses to issue, and has what it answered before and nothing else', async () => {
    const before = stored().length;
    disk.fill();
    const serials = await issueUntilFull('alone');
    const counts = tableCounts(home);
    const leaves = auditEvents(home).length;
    const refused = await issue('refused.example.com');
    expect([refused.status, refused.json.code, refused.json.detail]).toEqual([
      507,
      'STORAGE_FULL',
      expect.stringContaining('disk'),
    ]);
    expect(tableCounts(home)).toEqual(counts);
    expect(auditEvents(home)).toHaveLength(leaves);
    expect(stored()).toHaveLength(before + serials.length);
    expect(stored().map((row) => row.serialNumber)).toEqual(expect.arrayContaining(serials));
  });

  it('answers each of many at once for itself', async () => {
    const before = stored().length;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, number) => issue(`many-${number}.example.com`)),
    );
    const issued = answers.filter(({ status }) => status === 201);
    expect(answers.filter(({ json }) => json.code === 'STORAGE_FULL').length + issued.length).toBe(8);
    expect(stored()).toHaveLength(before + issued.length);
  });

  it('ends the command line with exit code 1', async () => {
    const args = [
      'certificates',
      'issue',
      '--profile',
      'tls-server',
      '--san',
      'dns:cli.example.com',
      '--json',
    ];
    const ran = await runChancery(home, args);
    expect([ran.code, JSON.parse(ran.stderr).code]).toEqual([1, 'STORAGE_FULL']);
  });

  it('refuses to revoke as a whole, and still lists and serves the CRL', async () => {
    const list = await curl<Output<'certificates.list'>>(running, '/api/v1/certificates', { token });
    const [first] = list.json.items;
    const crl = await curl(running, '/crl/issuing.crl');
    const refused = await curl(running, `/api/v1/certificates/${first?.id}/revoke`, { token, json: {} });
    expect([refused.status, refused.json.code]).toEqual([507, 'STORAGE_FULL']);
    const again = await curl<Output<'certificates.show'>>(running, `/api/v1/certificates/${first?.id}`, {
      token,
    });
    expect(again.json.status).toBe('valid');
    expect((await curl(running, '/crl/issuing.crl')).body).toEqual(crl.body);
  });

  it('starts no further console, and says that it is the disk', async () => {
    await running.stop();
    // What the log held has gone into the database, and its space is free again.
    disk.fill();
    await expect(startConsole(home)).rejects.toThrow(/ended with 1: chancery: .*disk/s);
    const ran = await runChancery(home, ['certificates', 'list', '--json']);
    expect([ran.code, JSON.parse(ran.stderr).code]).toEqual([1, 'STORAGE_FULL']);
  });

  it('goes on as if nothing had been once there is space, with a record that has no gap', async () => {
    disk.free();
    running = await startConsole(home);
    const issued = await issue('after.example.com');
    expect(issued.status).toBe(201);
    const revoked = await curl(running, `/api/v1/certificates/${issued.json.id}/revoke`, { token, json: {} });
    expect(revoked.status).toBe(200);
    expect(faultsOf(home)).toEqual([]);
    const named = auditEvents(home).filter(
      ({ type, outcome }) => type === 'certificate.issued' && outcome === 'success',
    );
    const leaves = readRows(home, 'select 1 from certificates where profileId is not null');
    expect(named).toHaveLength(leaves.length);
  });
});
