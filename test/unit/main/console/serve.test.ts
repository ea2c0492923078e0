import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { request as overSocket } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TlsMaterial } from '../../../../src/main/chancery.ts';
import { ownerSocketPath, ownerSocketPaths } from '../../../../src/main/console/owner-socket-path.ts';
import { type Console, serve } from '../../../../src/main/console/serve.ts';
import { portsForTest } from '../http/ports-for-test.ts';
import { chanceryForTest, tlsForTest } from './chancery-for-test.ts';

const tls = await tlsForTest('console test');
const running: Console[] = [];

async function start(material: TlsMaterial = tls, ports = portsForTest(), port = 0) {
  const chancery = chanceryForTest(material, ports);
  const lines: string[] = [];
  const warnings: string[] = [];
  const options = {
    host: '127.0.0.1',
    port,
    print: (line: string) => lines.push(line),
    warn: (line: string) => warnings.push(line),
  };
  const console = await serve(chancery, options);
  running.push(console);
  return { chancery, console, lines, warnings, port: Number(new URL(console.url).port) };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

function send(
  port: number,
  options: RequestOptions,
  body?: string,
): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, servername: 'localhost', ca: tls.ca, agent: false, ...options },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            text: Buffer.concat(chunks).toString(),
            headers: answer.headers,
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

describe('the console', () => {
  it('announces where it answers and how to sign in first', async () => {
    const { lines, warnings, port, chancery } = await start();
    expect(lines).toEqual([
      `listening on https://127.0.0.1:${port}`,
      `open https://127.0.0.1:${port}/ui/#ticket=one-time`,
    ]);
    expect(warnings).toEqual([]);
    const file = join(chancery.home, 'listener.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      url: `https://127.0.0.1:${port}`,
      caFile: join(chancery.home, 'tls', 'ca.pem'),
      pid: process.pid,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(chancery.home, 'tls', 'ca.pem'), 'utf8')).toBe(tls.ca);
  });

  it('answers over TLS by the certificate that its own CA file verifies', async () => {
    const { port } = await start();
    expect((await send(port, { path: '/healthz' })).text).toBe('{"status":"ok"}');
    expect((await send(port, { path: '/healthz', headers: { host: `LOCALHOST:${port}` } })).status).toBe(200);
  });

  it.each([
    ['a name that is not its own', '/healthz', () => 'evil.example'],
    ['another port', '/healthz', () => '127.0.0.1:1'],
    [
      'an absolute URL of another authority',
      'https://evil.example/healthz',
      (port: number) => `127.0.0.1:${port}`,
    ],
    ['a target that is no path', '*', (port: number) => `127.0.0.1:${port}`],
  ])('refuses %s', async (_, path, host) => {
    const { port } = await start();
    const answer = await send(port, { path, headers: { host: host(port) } });
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([421, 'MISDIRECTED']);
  });

  it('answers an absolute URL of its own authority', async () => {
    const { port } = await start();
    expect((await send(port, { path: `https://127.0.0.1:${port}/healthz` })).status).toBe(200);
  });

  it('refuses a body of 10 MB and two Authorization headers', async () => {
    const { port } = await start();
    const path = '/api/v1/clients';
    const headers = { authorization: 'Bearer admin', 'content-type': 'application/json' };
    expect((await send(port, { path, method: 'POST', headers }, ' '.repeat(10_000_000))).status).toBe(413);
    const doubled = await send(port, {
      path,
      headers: [
        'Host',
        `127.0.0.1:${port}`,
        'Authorization',
        'Bearer admin',
        'Authorization',
        'Bearer reader',
      ],
    });
    expect([doubled.status, JSON.parse(doubled.text).code]).toEqual([400, 'INVALID_INPUT']);
  });

  it('speaks nothing older than TLS 1.2', async () => {
    const { port } = await start();
    const failed = await new Promise<string>((resolve, reject) => {
      const socket = connect({
        host: '127.0.0.1',
        port,
        ca: tls.ca,
        minVersion: 'TLSv1.1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      socket.once('secureConnect', () => reject(new Error('It spoke TLS 1.1.')));
      socket.once('error', (error) => resolve(error.message));
    });
    expect(failed).toMatch(/protocol|version|handshake/i);
  });

  it('presents a new certificate when it is told so, without a restart', async () => {
    const { port, chancery } = await start();
    const next = await tlsForTest('renewed');
    chancery.present(next);
    await expect(send(port, { path: '/healthz' })).rejects.toThrow(/self-signed|verify/i);
    expect((await send(port, { path: '/healthz', ca: next.ca })).status).toBe(200);
    expect(readFileSync(join(chancery.home, 'tls', 'ca.pem'), 'utf8')).toBe(next.ca);
  });

  it('says clearly that a port is taken, and leaves nothing behind', async () => {
    const { port } = await start();
    await expect(start(tls, portsForTest(), port)).rejects.toMatchObject({
      code: 'CONFLICT',
      hint: expect.stringContaining('--port'),
    });
  });

  it('aborts the signal of a caller that leaves', async () => {
    let seen: AbortSignal | undefined;
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const ports = portsForTest({
      'system.health': (_input, { signal }) => {
        seen = signal;
        arrived();
        return new Promise(() => {});
      },
    });
    const { port } = await start(tls, ports);
    const leaving = request({ host: '127.0.0.1', port, ca: tls.ca, path: '/api/v1/health', agent: false });
    leaving.on('error', () => {});
    leaving.end();
    await arrival;
    const gone = new Promise<void>((resolve) => seen?.addEventListener('abort', () => resolve()));
    leaving.destroy();
    await gone;
    expect(seen?.aborted).toBe(true);
  });

  it("finds the owner's socket from another environment, but not in a folder that others may enter", async () => {
    vi.stubEnv('XDG_RUNTIME_DIR', '');
    const { chancery } = await start();
    const path = ownerSocketPath(chancery.home);
    const runtime = mkdtempSync(join(tmpdir(), 'chancery-runtime-'));
    vi.stubEnv('XDG_RUNTIME_DIR', runtime);
    expect(ownerSocketPaths(chancery.home)).toEqual([path]);

    const other = ownerSocketPath(chancery.home);
    expect(other).toContain(runtime);
    mkdirSync(join(runtime, 'chancery'), { mode: 0o755 });
    writeFileSync(other, '');
    expect(ownerSocketPaths(chancery.home)).toEqual([path]);
    chmodSync(join(runtime, 'chancery'), 0o700);
    expect(ownerSocketPaths(chancery.home)).toEqual([other, path]);
    vi.unstubAllEnvs();
  });

  it("takes the owner's word at the socket, and removes what it announced when it stops", async () => {
    const { chancery, console } = await start(
      tls,
      portsForTest({
        'system.health': async (_, { door, principal }) => ({
          status: 'ok',
          version: `${door.kind} ${door.owner} ${principal.name}`,
        }),
      }),
    );
    const socketPath = ownerSocketPath(chancery.home);
    expect(statSync(join(socketPath, '..')).mode & 0o077).toBe(0);
    const text = await new Promise<string>((resolve, reject) => {
      overSocket({ socketPath, path: '/api/v1/health', headers: { host: 'localhost' } }, async (answer) => {
        let all = '';
        for await (const chunk of answer) all += chunk;
        resolve(all);
      })
        .on('error', reject)
        .end();
    });
    expect(JSON.parse(text).version).toBe('command-line true ada');
    await console.stop();
    running.splice(0);
    expect([existsSync(join(chancery.home, 'listener.json')), existsSync(socketPath)]).toEqual([
      false,
      false,
    ]);
  });
});
