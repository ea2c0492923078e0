import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { askChancery, prepareHome, runChancery, startConsole } from '../support/chancery-process.ts';
import { newSelfSigned, openssl } from '../support/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('inspect-commands');
const home = join(folder, 'home');
const out = join(folder, 'www');
const certificate = join(out, 'cert.pem');
const der = join(folder, 'cert.der');
const faulty = join(folder, 'faulty.pem');

beforeAll(async () => {
  await prepareHome(home);
  const subject = ['--subject', 'CN=www.example.test', '--san', 'dns:www.example.test'];
  await runChancery(home, ['certificates', 'issue', '--profile', 'tls-server', ...subject, '--out-dir', out]);
  await openssl('x509', '-in', certificate, '-outform', 'der', '-out', der);
  writeFileSync(faulty, await newSelfSigned('/C=12/CN=faulty.example.test'));
});

describe('the commands that look at files', () => {
  it('lint: ends with 0 for what is sound, with 1 where a rule is broken, and takes several files', async () => {
    const sound = await runChancery(home, ['lint', certificate, der]);
    expect([sound.code, sound.stdout]).toEqual([0, expect.stringContaining(`${der}:\n1 checked, no errors`)]);
    const mixed = await runChancery(home, ['lint', faulty, certificate]);
    expect(mixed.code).toBe(1);
    expect(mixed.stdout).toContain('rfc5280.name.country at subject.0.countryName');
    const asJson = await runChancery(home, ['lint', der, faulty, '--json']);
    expect(asJson.code).toBe(1);
    const lines = asJson.stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).ok)).toEqual([true, false]);
    const none = await runChancery(home, ['lint', join(out, 'privkey.pem'), '--json']);
    expect([none.code, JSON.parse(none.stderr).code]).toEqual([2, 'INVALID_CERTIFICATE']);
  });

  it('inspect: shows the fields of a file in any form, and nothing of a key', async () => {
    const shown = await runChancery(home, ['inspect', der]);
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('subject: CN=www.example.test') });
    const key = await runChancery(home, ['inspect', join(out, 'privkey.pem')]);
    expect([key.code, key.stdout]).toEqual([
      0,
      'private-key (pem)\n\nprivate-key  PRIVATE KEY\nPrivate Key:\n    version: 0\n    algorithm: ecPublicKey\n    namedCurve: P-256\n',
    ]);
  });

  it('verify: ends with 1 for another host or time, and for a root that is not ours', async () => {
    const verify = (...args: string[]) => runChancery(home, ['verify', ...args]);
    const valid = await verify(der, '--host', 'www.example.test');
    expect([valid.code, valid.stdout]).toEqual([0, expect.stringMatching(/^valid\n {2}0 {2}CN=www/)]);
    expect((await verify(der, '--host', 'mail.example.test')).stdout).toContain('peerName.mismatch');
    expect((await verify(der, '--at', '2020-01-01')).code).toBe(1);
    expect((await verify(faulty)).code).toBe(1);
    expect((await verify(faulty, '--trust', faulty)).code).toBe(0);
    const crl = await verify(der, '--crl', certificate, '--json');
    expect([crl.code, JSON.parse(crl.stderr).code]).toEqual([2, 'INVALID_CERTIFICATE']);
  });

  it('lint and inspect work where there is no data folder, and leave none', async () => {
    const nowhere = join(folder, 'nowhere');
    expect((await runChancery(nowhere, ['lint', certificate])).code).toBe(0);
    expect((await runChancery(nowhere, ['inspect', der])).stdout).toContain('www.example.test');
    expect((await runChancery(nowhere, ['certificates', 'list'])).code).toBe(1);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('doctor: ends with 0 on a sound folder, alone and through a running instance', async () => {
    const alone = await runChancery(home, ['doctor']);
    expect(alone, alone.stdout).toMatchObject({ code: 0, stdout: expect.stringContaining('is intact') });
    const console = await startConsole(home);
    try {
      const { ok, findings } = await askChancery<{ ok: boolean; findings: { check: string }[] }>(home, [
        'doctor',
      ]);
      expect([ok, findings.map(({ check }) => check)]).toEqual([true, expect.arrayContaining(['listener'])]);
      expect((await runChancery(home, ['lint', der])).code).toBe(0);
    } finally {
      await console.stop();
    }
  });
});
