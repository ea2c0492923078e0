import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChanceryInProcess, openInProcess } from '../../../support/chancery-in-process.ts';
import { newCsr, opensslText } from '../../../support/openssl.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = temporaryFolder('weak-keys');
const list = join(folder, 'blacklist.RSA-2048');
let office: ChanceryInProcess;
let csr: string;
let fingerprint: string;

beforeAll(async () => {
  office = await openInProcess();
  const made = await newCsr('/CN=www.example', 'DNS:www.example', 'rsa-2048');
  csr = made.pem;
  // As openssl-vulnkey computes it: the digest of the line that openssl prints, without its first half.
  const modulus = await opensslText('rsa', '-in', made.keyFile, '-noout', '-modulus');
  fingerprint = createHash('sha1').update(modulus).digest('hex').slice(20);
});
afterAll(() => office.chancery.close());

const issue = () => office.call('certificates.issue', { profile: 'tls-server', realm: 'default', csr });
const useList = (value: string) => office.must('settings.set', { key: 'lint.weakKeysFile', value });
const diagnosis = async () =>
  (await office.must('system.doctor', {})).findings.find(({ check }) => check === 'weak keys');

it('issues for any key where no list is set, and says so', async () => {
  expect(await issue()).toMatchObject({ status: 201 });
  expect(await diagnosis()).toMatchObject({
    status: 'ok',
    hint: expect.stringContaining('lint.weakKeysFile'),
  });
});

it('refuses a key that is on the list', async () => {
  writeFileSync(list, `# keys of 2048 bits\n${'0'.repeat(20)}\n${fingerprint}\n`);
  await useList(list);
  expect(await issue()).toMatchObject({ body: { code: 'LINT_FAILED' } });
  const { findings } = await office.must('inspect.lint', { content: csr });
  expect(findings.map(({ rule }) => rule)).toContain('hygiene.rsa.blacklisted');
  expect(await diagnosis()).toMatchObject({ status: 'ok', message: expect.stringContaining('2 weak ones') });
});

it('reads the list anew when it changes', async () => {
  writeFileSync(list, `${'0'.repeat(20)}\n`);
  expect(await issue()).toMatchObject({ status: 201 });
});

it.each([
  ['is empty', '# nothing\n'],
  ['holds something else', 'Modulus=00\n'],
])('issues for no RSA key while the list %s', async (_, content) => {
  writeFileSync(list, content);
  expect(await issue()).toMatchObject({ body: { code: 'INVALID_INPUT' } });
  expect(await diagnosis()).toMatchObject({ status: 'error' });
});

it('takes no path that depends on the place where it runs', async () => {
  const set = await office.call('settings.set', { key: 'lint.weakKeysFile', value: 'blacklist' });
  expect(set).toMatchObject({ body: { code: 'INVALID_INPUT' } });
});

it.skipIf(process.platform === 'win32')('does not wait for the end of what has none', async () => {
  const endless = join(folder, 'endless');
  execFileSync('mkfifo', [endless]);
  await useList(endless);
  expect(await issue()).toMatchObject({
    body: { code: 'INVALID_INPUT', detail: expect.stringContaining('it is no file') },
  });
});
