/** Jobs that end with their process: killed in the middle, or stopped; what they have done is known, and not done again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../src/shared/model/csv.ts';
import type { Job } from '../../src/shared/operations/jobs.ts';
import { openInProcess } from '../support/chancery-in-process.ts';
import { askChancery, prepareHome, runChancery, startConsole } from '../support/chancery-process.ts';
import { readRows } from '../support/database-reader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('unfinished');
const home = join(folder, 'home');
const rows = 1_000;
const csv = ['commonName', ...Array.from({ length: rows }, (_, index) => `d${index}.job.test`)].join('\n');
const countIssued = (of: string) =>
  Number(
    readRows<{ count: number }>(
      of,
      "select count(*) as count from certificates where commonName like '%.job.test'",
    )[0]?.count,
  );

function statusesIn(text: string): Map<string, string> {
  const [header, ...lines] = readCsv(text).rows ?? [];
  const [name, status] = ['commonName', 'status'].map((column) => header?.cells.indexOf(column) ?? -1);
  return new Map(lines.map(({ cells }) => [cells[name ?? -1] ?? '', cells[status ?? -1] ?? '']));
}
const issuedIn = (statuses: Map<string, string>) =>
  [...statuses.values()].filter((status) => status === 'issued').length;

describe('a job whose process is killed', () => {
  beforeAll(() => prepareHome(home));

  it('is interrupted, hands out what it has done, and goes on without doing anything twice', async () => {
    const file = join(folder, 'devices.csv');
    writeFileSync(file, csv);
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'correct horse battery');
    const running = await startConsole(home);
    const asked = ['certificates', 'issue-bulk', file, '--realm', 'default', '--profile', 'tls-server'];
    const command = runChancery(home, [...asked, '--passphrase-file', secret, '--json']);
    while (countIssued(home) < 100) await sleep(20);
    await running.kill();
    expect((await command).code).not.toBe(0);
    const before = countIssued(home);
    expect(before).toBeLessThan(rows);

    const [job] = (await askChancery<{ items: Job[] }>(home, ['jobs', 'list'])).items as [Job];
    expect(job).toMatchObject({
      state: 'interrupted',
      kind: 'certificates.issue-bulk',
      done: before,
      total: rows,
    });
    const result = join(folder, 'result.csv');
    await runChancery(home, ['jobs', 'result', job.id, '--out', result]);
    const first = statusesIn(readFileSync(result, 'utf8'));
    expect([first.size, issuedIn(first)]).toEqual([rows, before]);
    expect(countIssued(home)).toBe(before);

    const zip = join(folder, 'result.zip');
    const ended = await askChancery<Job>(home, ['jobs', 'resume', job.id, '--out', zip]);
    expect(ended).toMatchObject({ id: job.id, state: 'done', done: rows, total: rows, failed: 0 });
    const names = readRows<{ count: number }>(
      home,
      "select count(distinct commonName) as count from certificates where commonName like '%.job.test'",
    );
    expect([countIssued(home), names[0]?.count]).toEqual([rows, rows]);
    // The keys of those that were issued before the end are in it as well.
    const files = readFileSync(zip, 'latin1').match(/\d{5}-d\d+\.job\.test\.p12/g);
    expect(new Set(files).size).toBe(rows);
  }, 120_000);
});

describe('a job whose process is stopped', () => {
  it('goes on with what it was to change, as it was chosen then', async () => {
    const office = await openInProcess();
    const some = csv.split('\n').slice(0, 401).join('\n');
    const issue = await office.must('certificates.issue-bulk', {
      realm: 'default',
      profile: 'tls-server',
      csv: some,
    });
    const endOf = async (id: string, at = office) => {
      for (;;) {
        const job = await at.must('jobs.show', { id });
        if (job.state !== 'running') return job;
        await sleep(5);
      }
    };
    await endOf(issue.id);
    const { id } = await office.must('certificates.revoke-bulk', { status: 'valid', search: '.job.test' });
    while ((await office.must('jobs.show', { id })).done === 0) await sleep(1);
    await office.chancery.close();

    const again = await openInProcess({ home: office.home, prepares: 'nothing' });
    await again.chancery.unlockUnattended();
    const shown = await again.must('jobs.show', { id });
    expect(shown).toMatchObject({ state: 'interrupted', failed: 0 });
    expect(shown.done).toBeGreaterThan(0);
    expect(shown.done).toBeLessThan(400);
    await again.must('jobs.resume', { id });
    expect(await endOf(id, again)).toMatchObject({ state: 'done', done: 400, total: 400, failed: 0 });
    const refused = await again.call('jobs.resume', { id });
    expect(refused).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    const { contentBase64 } = await again.must('jobs.result', { id });
    const statuses = statusesIn(Buffer.from(contentBase64, 'base64').toString());
    expect(new Set(statuses.values())).toEqual(new Set(['revoked']));
    expect((await again.must('jobs.show', { id: issue.id })).state).toBe('done');
    await again.chancery.close();
  });
});
