import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../../../src/main/http/app.ts';
import type { HttpPorts } from '../../../../src/main/http/ports.ts';
import { listenerDoor, portsForTest } from './ports-for-test.ts';

function builtFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-static-'));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer', 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  writeFileSync(join(folder, 'renderer', 'app-1.js'), 'run()');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  const entry = (file: string, type: string, immutable: boolean) => ({
    file,
    type,
    sha256: file.length.toString(16).padStart(64, '0'),
    size: 1,
    immutable,
  });
  const manifest = {
    '/ui/index.html': entry('renderer/index.html', 'text/html; charset=utf-8', false),
    '/ui/assets/app-1.js': entry('renderer/app-1.js', 'text/javascript; charset=utf-8', true),
  };
  writeFileSync(join(folder, 'static-manifest.json'), JSON.stringify(manifest));
  return folder;
}

function getting(
  overrides: Partial<HttpPorts> = {},
  staticFolder: string | null = null,
  clock = () => new Date('2026-01-01T00:00:00Z'),
) {
  const handle = createHandler(portsForTest({}, overrides), { staticFolder, version: '0', clock });
  return (path: string, headers: Record<string, string> = {}) =>
    handle(new Request(`https://127.0.0.1:1${path}`, { headers }), listenerDoor);
}

describe('the pages of the console', () => {
  const get = getting({}, builtFolder());

  it('have a fresh nonce each time, the same in page and policy', async () => {
    const nonces = new Set<string>();
    for (const path of ['/ui/', '/ui/certificates', '/ui/index.html']) {
      const answer = await get(path);
      const nonce = /content="([^"]+)"/.exec(await answer.text())?.[1] as string;
      const policy = answer.headers.get('content-security-policy') as string;
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain('unsafe');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
    expect(nonces).not.toContain('__CSP_NONCE__');
  });

  it('load files that may be cached for ever where their name holds a hash', async () => {
    const answer = await get('/ui/assets/app-1.js');
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual([
      'text/javascript; charset=utf-8',
      'run()',
    ]);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(
      (await get('/ui/assets/app-1.js', { 'if-none-match': answer.headers.get('etag') as string })).status,
    ).toBe(304);
  });

  it.each([
    '/ui/assets/gone.js',
    '/ui/../secret.txt',
    '/ui/%2e%2e/secret.txt',
    '/ui/..%2fsecret.txt',
    '/reference/../secret.txt',
    '/secret.txt',
  ])('serve nothing that is not listed: %s', async (path) => {
    const answer = await get(path);
    expect(await answer.text()).not.toBe('secret');
    expect(answer.status).toBe(404);
  });

  it('are where / leads, and say so where they are not built', async () => {
    expect((await get('/')).headers.get('location')).toBe('/ui/');
    expect((await (await getting()('/ui/')).json()).hint).toContain('npm run build');
  });
});

describe('the reference pages', () => {
  it('run no script that is not a file of ours', async () => {
    const get = getting();
    const page = await get('/reference/');
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    expect(html).not.toMatch(/<script(?![^>]*src=)/);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    const script = await (await get('/reference/start.js')).text();
    expect(script).toContain("url: '/api/v1/openapi.json'");
    expect((await (await get('/api/v1/openapi.json')).json()).openapi).toBe('3.1.0');
  });
});

describe('what authorities publish', () => {
  const der = new Uint8Array([0x30, 0x00]);
  const publication: HttpPorts['publication'] = {
    crl: async (authority) =>
      authority === 'issuing'
        ? {
            bytes: der.length,
            tag: '"signature"',
            thisUpdate: new Date('2025-12-31T00:00:00Z'),
            nextUpdate: new Date('2026-01-01T00:00:20Z'),
            read: () => [der],
          }
        : undefined,
    certificate: async (authority) => (authority === 'issuing' ? { der } : undefined),
  };

  it('needs no token and no open vault, and is not cached beyond nextUpdate', async () => {
    const get = getting({ publication, vaultState: () => 'locked' });
    const crl = await get('/crl/issuing.crl');
    expect(new Uint8Array(await crl.arrayBuffer())).toEqual(der);
    expect(Object.fromEntries(crl.headers)).toMatchObject({
      'content-type': 'application/pkix-crl',
      'cache-control': 'public, max-age=20, must-revalidate',
      'last-modified': 'Wed, 31 Dec 2025 00:00:00 GMT',
      'content-length': String(der.length),
      etag: '"signature"',
    });
    expect(
      (await get('/crl/issuing.crl', { 'if-none-match': crl.headers.get('etag') as string })).status,
    ).toBe(304);
    expect((await get('/ca/issuing.crt')).headers.get('content-type')).toBe('application/pkix-cert');
    expect(await (await get('/healthz')).json()).toEqual({ status: 'locked' });
  });

  it('lets no cache keep a CRL that has lapsed', async () => {
    const get = getting({ publication }, null, () => new Date('2026-02-01T00:00:00Z'));
    expect((await get('/crl/issuing.crl')).headers.get('cache-control')).toContain('max-age=0');
  });

  it('answers 404 for what is not there', async () => {
    const get = getting({ publication });
    expect([
      (await get('/crl/other.crl')).status,
      (await get('/ca/other.crt')).status,
      (await get('/crl/issuing')).status,
    ]).toEqual([404, 404, 404]);
  });
});
