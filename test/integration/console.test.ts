import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Output } from '../../src/shared/operations/index.ts';
import { askChancery, prepareHome, runChancery, startConsole } from '../support/chancery-process.ts';
import { askToken, curl } from '../support/curl.ts';
import { newCsr } from '../support/openssl.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chancery-console-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the console over its real listener', () => {
  it('gives the first answer again for the same Idempotency-Key, also after a restart', async () => {
    const home = join(folder, 'home');
    const client = await prepareHome(home);
    const { pem } = await newCsr('/CN=www.example.test', 'DNS:www.example.test');
    let console = await startConsole(home);
    const issue = async (csr: string) => {
      const { access_token: token } = (await askToken(console, client)).json;
      const args = ['--header', 'Idempotency-Key: first'];
      return curl<Output<'certificates.issue'>>(console, '/api/v1/certificates', {
        token,
        json: { csr },
        args,
      });
    };
    try {
      const first = await issue(pem);
      expect([first.status, first.headers['idempotency-replayed']]).toEqual([201, undefined]);
      expect(await console.stop()).toBe(0);
      console = await startConsole(home);
      const again = await issue(pem);
      expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
      expect(again.json).toEqual(first.json);
      expect((await issue(`${pem}\n`)).json.code).toBe('IDEMPOTENCY_KEY_REUSED');
    } finally {
      await console.stop();
    }
  });

  it('keeps the certificate that a browser has accepted when the vault is made while it runs', async () => {
    const home = join(folder, 'home');
    const console = await startConsole(home);
    try {
      const before = readFileSync(console.caFile, 'utf8');
      expect((await curl<Output<'system.health'>>(console, '/api/v1/health')).json.status).toBe(
        'uninitialised',
      );
      const session = await curl<Output<'sessions.redeem'>>(console, '/api/v1/sessions/redeem', {
        json: { ticket: console.ticket },
      });
      expect(session.status, session.body.toString()).toBe(201);
      const made = await curl(console, '/api/v1/vault/initialise', {
        token: session.json.token,
        json: { vault: 'file' },
      });
      expect(made.status, made.body.toString()).toBe(201);
      expect((await curl<Output<'system.health'>>(console, '/api/v1/health')).json.status).toBe('ok');
      expect(readFileSync(console.caFile, 'utf8')).toBe(before);
      expect((await askChancery<{ realm: string }>(home, ['quickstart'])).realm).toBe('default');
      const twice = await curl(console, '/api/v1/sessions/redeem', { json: { ticket: console.ticket } });
      expect(twice.status).toBe(401);
    } finally {
      expect(await console.stop()).toBe(0);
    }
  });

  it('serves health and the page while the vault is locked, and opens by the passphrase', async () => {
    const home = join(folder, 'home');
    const passphrase = join(folder, 'passphrase');
    writeFileSync(passphrase, 'a phrase of words\n');
    await askChancery(home, ['init', '--vault', 'passphrase', '--passphrase-file', passphrase]);
    const console = await startConsole(home);
    try {
      expect(console.output()).toContain('The vault is locked');
      expect((await curl(console, '/healthz')).json).toEqual({ status: 'locked' });
      const refused = await curl(console, '/realms/default/protocol/openid-connect/token', {
        args: ['--user', 'a:b', '--data', 'grant_type=client_credentials'],
      });
      expect([refused.status, refused.json.error]).toEqual([503, 'temporarily_unavailable']);
      const wrong = await curl(console, '/api/v1/vault/unlock', { json: { passphrase: 'not that one' } });
      expect([wrong.status, wrong.json.code]).toEqual([401, 'WRONG_CREDENTIALS']);
      const right = await curl<Output<'vault.unlock'>>(console, '/api/v1/vault/unlock', {
        json: { passphrase: 'a phrase of words' },
      });
      expect(right.json.state).toBe('open');
      expect((await curl(console, '/healthz')).json).toEqual({ status: 'ok' });
    } finally {
      expect(await console.stop()).toBe(0);
    }
  });

  it('says clearly that its port is taken', async () => {
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    const console = await startConsole(first);
    try {
      const { port } = new URL(console.url);
      const refused = await runChancery(second, ['serve', '--port', port, '--json']);
      expect(refused.code).toBe(1);
      expect(JSON.parse(refused.stderr)).toMatchObject({
        code: 'CONFLICT',
        detail: expect.stringContaining(port),
      });
      expect(existsSync(join(second, 'listener.json'))).toBe(false);
    } finally {
      await console.stop();
    }
  });
});
