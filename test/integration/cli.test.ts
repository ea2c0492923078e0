import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askChancery, prepareHome, runChancery, startConsole } from '../support/chancery-process.ts';
import { newCsr, openssl } from '../support/openssl.ts';

describe('the command line on a data folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-cli-'));
  const home = join(folder, 'home');

  beforeAll(() => prepareHome(home));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('issues into files that openssl accepts, the key readable by its owner alone', async () => {
    const out = join(folder, 'www');
    const issue = ['certificates', 'issue', '--profile', 'tls-server', '--subject', 'CN=www.example.test'];
    const ran = await runChancery(home, [...issue, '--san', 'dns:www.example.test', '--out-dir', out]);
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    const verified = await openssl('verify', '-CAfile', join(out, 'chain.pem'), join(out, 'cert.pem'));
    expect(verified.stdout).toContain('OK');
    expect(statSync(join(out, 'privkey.pem')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(out, 'privkey.pem'), 'utf8')).toContain('PRIVATE KEY');
    expect(ran.stdout + ran.stderr).not.toContain('PRIVATE KEY');
    expect(ran.stdout).toContain('serial number');
  });

  it('gives the same answers alone and through a running instance', async () => {
    const { pem } = await newCsr('/CN=same.example.test', 'DNS:same.example.test');
    const csr = join(folder, 'same.csr');
    writeFileSync(csr, pem);
    const { id } = await askChancery<{ id: string }>(home, [
      'certificates',
      'issue',
      '--profile',
      'tls-server',
      '--csr',
      csr,
    ]);
    const alone = await askChancery(home, ['certificates', 'show', id]);
    const console = await startConsole(home);
    try {
      expect(await askChancery(home, ['certificates', 'show', id])).toEqual(alone);
      const again = await runChancery(home, ['serve', '--port', '0', '--json']);
      expect([again.code, JSON.parse(again.stderr).code]).toEqual([1, 'DATA_FOLDER_IN_USE']);
    } finally {
      expect(await console.stop()).toBe(0);
    }
    expect(existsSync(join(home, 'listener.json'))).toBe(false);
  });

  it.each([
    [
      [
        'certificates',
        'issue',
        '--profile',
        'nowhere',
        '--subject',
        'CN=a.example.test',
        '--san',
        'dns:a.example.test',
      ],
      1,
      'NOT_FOUND',
    ],
    [
      [
        'certificates',
        'issue',
        '--profile',
        'tls-server',
        '--validity',
        '9000d',
        '--san',
        'dns:a.example.test',
      ],
      4,
      'POLICY_VIOLATION',
    ],
    [['certificates', 'issue', '--san', 'frobnicate:a'], 2, 'INVALID_INPUT'],
    [['certificates', 'list', '--limit', 'many'], 2, 'INVALID_INPUT'],
    [['certificates', 'list', '--limt', '5'], 2, 'INVALID_INPUT'],
    [['init', '--vault', 'file'], 1, 'ALREADY_EXISTS'],
  ])('%j ends with %i and the problem on stderr', async (args, code, problem) => {
    const ran = await runChancery(home, [...args, '--json']);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(JSON.parse(ran.stderr).code).toBe(problem);
  });

  it('lets several run at once on one folder, one after the other', async () => {
    const names = ['one', 'two', 'three'];
    const ran = await Promise.all(
      names.map((name) => runChancery(home, ['realms', 'create', '--slug', name, '--json'])),
    );
    expect(ran.map(({ code, stderr }) => `${code}${stderr}`)).toEqual(['0', '0', '0']);
  });

  it('ends with 3 where a passphrase is missing, and works with it', async () => {
    const locked = join(folder, 'locked');
    const passphrase = join(folder, 'passphrase');
    writeFileSync(passphrase, 'a phrase of words\n');
    await askChancery(locked, ['init', '--vault', 'passphrase', '--passphrase-file', passphrase]);
    const refused = await runChancery(locked, ['realms', 'list', '--json']);
    expect([refused.code, JSON.parse(refused.stderr).code]).toEqual([3, 'LOCKED']);
    expect((await runChancery(locked, ['realms', 'list', '--passphrase-file', passphrase])).code).toBe(0);
    expect(
      (await runChancery(locked, ['realms', 'list'], { env: { CHANCERY_PASSPHRASE_FILE: passphrase } })).code,
    ).toBe(0);
    writeFileSync(passphrase, 'another phrase\n');
    expect((await runChancery(locked, ['realms', 'list', '--passphrase-file', passphrase])).code).toBe(4);
  });

  it('asks operators to sign in from the first one on', async () => {
    const guarded = join(folder, 'guarded');
    const password = join(folder, 'password');
    writeFileSync(password, 'correct horse battery\n');
    await prepareHome(guarded);
    await askChancery(guarded, [
      'operators',
      'create',
      '--name',
      'ada',
      '--role',
      'administrator',
      '--password-file',
      password,
    ]);
    expect((await runChancery(guarded, ['clients', 'list'])).code).toBe(4);
    const signedIn = await runChancery(guarded, [
      'clients',
      'list',
      '--as',
      'ada',
      '--as-password-file',
      password,
      '--json',
    ]);
    expect(JSON.parse(signedIn.stdout).items).toHaveLength(1);
  });
});
