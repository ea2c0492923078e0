import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../../../src/shared/model/csv.ts';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../../../support/chancery-in-process.ts';
import { auditEvents } from '../../../support/database-reader.ts';
import { newCsr } from '../../../support/openssl.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = temporaryFolder('bulk');
const realm = 'default';
const profile = 'tls-server';
const names = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}.example.test`);

describe('many certificates at once', () => {
  let office: ChanceryInProcess;
  beforeAll(async () => {
    office = await openInProcess();
  });
  afterAll(() => office.chancery.close());

  const ended = async (id: string) => {
    for (;;) {
      const job = await office.must('jobs.show', { id });
      if (job.state !== 'running') return job;
      await sleep(5);
    }
  };
  const resultOf = async (id: string) => {
    const { contentBase64 } = await office.must('jobs.result', { id });
    const [header, ...rows] = readCsv(Buffer.from(contentBase64, 'base64').toString()).rows ?? [];
    return rows.map(({ cells }) =>
      Object.fromEntries((header?.cells ?? []).map((name, index) => [name, cells[index]])),
    );
  };
  const issue = async (csv: string, fields: object = {}) =>
    ended((await office.must('certificates.issue-bulk', { realm, profile, csv, ...fields })).id);
  const found = async (search: string) =>
    (await office.must('certificates.list', { realm, search, limit: 500 })).items;

  it('issues a certificate for each row of a file, with its names, notes and request', async () => {
    const csr = (await newCsr('/CN=own-key.example.test', 'DNS:own-key.example.test')).pem;
    const csv = [
      '\uFEFFCommon Name;Organization;DNS;IP;Validity;metadata.owner;csr',
      'a.bulk.test;Plant;a.bulk.test alias.bulk.test;192.0.2.1;30d;Ada;',
      '"b.bulk.test";"Quoted; ""Works""";;;;;',
      `;;;;;Bob;"${csr}"`,
    ].join('\r\n');
    const job = await issue(csv);
    expect(job).toMatchObject({ state: 'done', done: 3, failed: 0, total: 3, problemCount: 0 });
    const rows = await resultOf(job.id);
    expect(rows.map(({ commonName, status }) => [commonName, status])).toEqual([
      ['a.bulk.test', 'issued'],
      ['b.bulk.test', 'issued'],
      ['own-key.example.test', 'issued'],
    ]);
    const first = await office.must('certificates.show', { id: rows[0]?.id ?? '' });
    expect(first).toMatchObject({ subject: 'CN=a.bulk.test,O=Plant', metadata: { owner: 'Ada' } });
    expect(first.subjectAltNames.map(({ type, value }) => `${type}:${value}`)).toEqual([
      'dns:a.bulk.test',
      'dns:alias.bulk.test',
      'ip:192.0.2.1',
    ]);
    expect((await office.must('certificates.show', { id: rows[1]?.id ?? '' })).subject).toContain('Works');
    const own = await office.must('certificates.show', { id: rows[2]?.id ?? '' });
    expect(own).toMatchObject({ hasPrivateKey: false, metadata: { owner: 'Bob' } });
    const types = auditEvents(office.home).map(({ type }) => type);
    expect(types.slice(-5)).toEqual([
      'job.started',
      'certificate.issued',
      'certificate.issued',
      'certificate.issued',
      'job.ended',
    ]);
  });

  it('tells in a dry run of every row what is wrong where, and issues nothing', async () => {
    const csv = [
      'commonName,dns,email,keyAlgorithm,validity,csr',
      'fine.dry.test,,,,,',
      'bad.dry.test,no_host..test,,,,',
      'mail.dry.test,,a@example.test,,,',
      'alg.dry.test,,,rot13,,',
      'long.dry.test,,,,99y,',
      'broken.dry.test,,,,,nonsense',
      'fine.dry.test,,,,,',
      'more.dry.test,,,,,,,too many',
    ].join('\n');
    const job = await issue(csv, { dryRun: true });
    expect(job.state).toBe('done');
    expect(new Set(job.problems.map(({ row, column }) => `${row} ${column}`))).toEqual(
      new Set(['3 dns', '4 email', '5 keyAlgorithm', '6 validity', '7 csr', '8 null', '9 null']),
    );
    const rows = await resultOf(job.id);
    expect(rows.map(({ line, status }) => `${line} ${status}`)).toEqual([
      '2 valid',
      ...[3, 4, 5, 6, 7, 8, 9].map((line) => `${line} invalid`),
    ]);
    expect(await found('.dry.test')).toEqual([]);
  });

  it('holds a row to the limits of a single certificate', async () => {
    const csv = [
      'commonName,dns,metadata.note',
      `many.limit.test,${names(101, 'alias').join(' ')},`,
      `long.limit.test,,${'x'.repeat(1001)}`,
    ].join('\n');
    const { problems } = await issue(csv, { dryRun: true });
    expect(problems.map(({ row, column }) => `${row} ${column}`)).toEqual(['2 dns', '3 metadata.note']);
  });

  it('makes no keys that are kept nowhere and left in no result', async () => {
    const fields = { slug: 'forgetful', realm, policy: profile, issuer: 'issuing' };
    await office.must('profiles.create', { ...fields, keyRetention: 'handed-out' });
    const csv = 'commonName\nlost.example.test';
    const input = { realm, profile: 'forgetful', csv };
    const refused = await office.call('certificates.issue-bulk', input);
    expect([refused.status, refused.body.code]).toEqual([400, 'INVALID_INPUT']);
    expect((await issue(csv, { profile: 'forgetful', dryRun: true })).state).toBe('done');
    const job = await issue(csv, { profile: 'forgetful', passphrase: 'not lost at all' });
    expect([job.failed, job.results]).toEqual([0, ['csv', 'zip']]);
    const ids = (await found('lost.example.test')).map(({ id }) => id);
    const renewed = await ended((await office.must('certificates.renew-bulk', { ids })).id);
    expect([renewed.failed, renewed.problems[0]?.message]).toEqual([
      1,
      expect.stringContaining('passphrase'),
    ]);
    expect(await found('lost.example.test')).toHaveLength(1);
  });

  it('issues none where one cannot be, or the others where that is wanted', async () => {
    const csv = 'commonName,validity\nyes.part.test,\nno.part.test,99y\n';
    const refused = await issue(csv);
    expect(refused).toMatchObject({ state: 'failed', problemCount: 1 });
    expect(refused.error).toContain('Nothing was issued');
    expect((await resultOf(refused.id)).map(({ status }) => status)).toEqual(['not issued', 'invalid']);
    expect(await found('.part.test')).toEqual([]);
    const skipped = await issue(csv, { skipInvalid: true });
    expect(skipped.state).toBe('done');
    expect((await resultOf(skipped.id)).map(({ status }) => status)).toEqual(['issued', 'invalid']);
  });

  it.each([
    ['', 'empty'],
    ['commonName\n', 'nothing below'],
    ['commonName,colour\na,b', "no column 'colour'"],
    ['commonName,cn\na,b', 'two columns'],
    ['commonName\n"a', 'never closed'],
    ['commonName\na"b', 'quote stands inside'],
    ['commonName\na\0', 'NUL'],
  ])('says what is wrong with the file %j', async (csv, message) => {
    const job = await issue(csv, { dryRun: true });
    expect(job.problems.map((problem) => problem.message).join()).toContain(message);
  });

  it('leaves keys as PKCS#12 files that openssl opens with the passphrase, and all in a ZIP', async () => {
    const job = await issue(`commonName\n${names(3, 'zip').join('\n')}`, { passphrase: 'opens them all' });
    expect(job.results).toEqual(['csv', 'zip']);
    const { contentBase64 } = await office.must('jobs.result', { id: job.id, format: 'zip' });
    const at = mkdtempSync(join(folder, 'zip-'));
    writeFileSync(join(at, 'all.zip'), Buffer.from(contentBase64, 'base64'));
    const unpack = `import zipfile,sys; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2]); print("\\n".join(z.namelist()))`;
    const listed = execFileSync('python3', ['-c', unpack, join(at, 'all.zip'), at])
      .toString()
      .trim();
    expect(listed.split('\n')).toEqual([
      'issued.csv',
      ...[0, 1, 2].flatMap((index) =>
        ['p12', 'pem'].map((end) => `0000${index + 2}-zip-${index}.example.test.${end}`),
      ),
    ]);
    for (const index of [0, 1, 2]) {
      const file = join(at, `0000${index + 2}-zip-${index}.example.test.p12`);
      const opened = execFileSync('openssl', [
        ...['pkcs12', '-in', file, '-passin', 'pass:opens them all', '-nodes'],
      ]).toString();
      expect(opened).toContain('BEGIN PRIVATE KEY');
      expect(opened).toContain(`zip-${index}.example.test`);
    }
  });

  it('answers others while it runs, and ends early when it is cancelled, with what it has done in the result', async () => {
    const csv = `commonName\n${names(2500, 'stopped').join('\n')}`;
    const { id } = await office.must('certificates.issue-bulk', { realm, profile, csv });
    let shown = await office.must('jobs.show', { id });
    // The second time through the rows is the issuing.
    while ((await found('stopped-')).length === 0) {
      await sleep(1);
      shown = await office.must('jobs.show', { id });
    }
    expect(shown.state).toBe('running');
    await office.must('jobs.cancel', { id });
    const job = await ended(id);
    expect(job.state).toBe('cancelled');
    const rows = await resultOf(id);
    const issued = rows.filter(({ status }) => status === 'issued').length;
    expect(rows).toHaveLength(2500);
    expect(issued).toBe(job.done);
    expect(rows.filter(({ status }) => status === 'not issued')).toHaveLength(2500 - issued);
    expect((await office.must('certificates.list', { realm, search: 'stopped-' })).total).toBe(issued);
  });

  it('is the business of who started it', async () => {
    const { id } = await office.must('certificates.issue-bulk', { realm, profile, csv: 'cn\nmine.test' });
    await ended(id);
    const token = await office.token(await office.newClient());
    const other = { token, door: listenerDoor };
    for (const operation of ['jobs.show', 'jobs.cancel', 'jobs.result'] as const)
      expect((await office.call(operation, { id }, other)).status).toBe(404);
    expect((await office.must('jobs.list', {}, other)).items).toEqual([]);
    expect((await office.must('jobs.list', {})).items[0]).toMatchObject({
      id,
      kind: 'certificates.issue-bulk',
    });
  });

  it('revokes those that a filter finds, after a dry run has counted them, and not when there are others by then', async () => {
    await issue(`commonName\n${names(5, 'gone').join('\n')}`);
    const filter = { realm, search: 'gone-' };
    const revoke = (fields: object) => office.call('certificates.revoke-bulk', { ...filter, ...fields });
    const dry = await ended((await revoke({ dryRun: true })).body.id);
    expect(dry).toMatchObject({ state: 'done', total: 5, failed: 0, dryRun: true });
    const refused = await revoke({ expected: 4 });
    expect([refused.status, refused.body.code]).toEqual([409, 'CONFLICT']);
    const [first] = await found('gone-');
    await office.must('certificates.revoke', { id: first?.id ?? '', reason: 'superseded' });
    const job = await ended((await revoke({ expected: 5, reason: 'cessationOfOperation' })).body.id);
    expect(job).toMatchObject({ state: 'done', done: 5, failed: 1 });
    const all = await found('gone-');
    expect(all.map(({ revocationReason }) => revocationReason).sort()).toEqual([
      ...Array(4).fill('cessationOfOperation'),
      'superseded',
    ]);
    const { contentBase64 } = await office.must('authorities.crl', { id: 'issuing' });
    const at = join(folder, 'crl');
    writeFileSync(at, Buffer.from(contentBase64, 'base64'));
    const crl = execFileSync('openssl', ['crl', '-in', at, '-inform', 'DER', '-noout', '-text']).toString();
    for (const { serialNumber } of all) expect(crl).toContain(serialNumber);
  });

  it('renews those that are named', async () => {
    await issue(`commonName\n${names(3, 'renewed').join('\n')}`);
    const ids = (await found('renewed-')).map(({ id }) => id);
    const job = await ended((await office.must('certificates.renew-bulk', { ids })).id);
    expect(job).toMatchObject({ state: 'done', done: 3, failed: 0 });
    const all = await found('renewed-');
    expect([all.length, new Set(all.map(({ orderId }) => orderId)).size]).toEqual([6, 3]);
  });

  it.each([
    [{}, 'at least one filter'],
    [{ realm }, 'at least one filter'],
    [{ ids: ['01a20065-db37-795e-bb91-81fbd69184a2'], search: 'x' }, 'at least one filter'],
  ])('wants a choice, which %j is not', async (choice, message) => {
    for (const id of ['certificates.revoke-bulk', 'certificates.renew-bulk'] as const) {
      const { status, body } = await office.call(id, choice);
      expect([status, body.code]).toEqual([400, 'INVALID_INPUT']);
      expect(body.detail).toContain(message);
    }
  });

  it('comes as a CSV file of any length, in which nothing is a formula', async () => {
    const note = '=HYPERLINK("http://x.test")';
    await office.must('certificates.issue', {
      realm,
      profile,
      subject: { commonName: 'csv.example.test', organization: '=1+1' },
      subjectAltNames: [{ type: 'dns', value: 'csv.example.test' }],
      metadata: { note },
    });
    const url = 'https://127.0.0.1/api/v1/certificates/export-csv';
    const door = { ...listenerDoor, kind: 'command-line', principal: 'owner' } as const;
    const ask = async (query: string) => office.chancery.handle(new Request(`${url}${query}`), door);
    const answer = await ask('?realm=default&sort=commonName');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows = readCsv(await answer.text()).rows ?? [];
    const { total, totalIsCapped } = await office.must('certificates.list', { realm });
    expect([totalIsCapped, rows.length - 1]).toEqual([false, total]);
    const ids = rows.slice(1).map(({ cells }) => cells[0]);
    expect(new Set(ids).size).toBe(total);
    const one = readCsv(await (await ask('?search=csv.example.test')).text()).rows?.[1]?.cells ?? [];
    for (const cell of one) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(one.at(-1)).toBe(JSON.stringify({ note }));
  });
});
