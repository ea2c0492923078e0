/** Issuing over HTTPS with connections that stay open, by the built console and by Debian's `cfssl serve`. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newCsr } from './csr.ts';
import { interleaved } from './interleaved.ts';
import { type IssuingServer, output, post, serverOf, startChancery } from './issuing-server.ts';
import type { BenchCase } from './result.ts';

const connections = 8;

export const restIssue: BenchCase = {
  name: 'rest-issue',
  measure: async ({ isQuick }) => {
    const folder = mkdtempSync(join(tmpdir(), 'chancery-bench-rest-'));
    const servers: IssuingServer[] = [];
    try {
      const csr = newCsr('a.example');
      const ours = await startChancery({ home: join(folder, 'home'), csr, connections });
      servers.push(ours);
      const cfssl = await startCfssl(folder, csr);
      servers.push(cfssl);
      const rates = await interleaved({
        ours: (times) => ours.issue(times),
        yardstick: (times) => cfssl.issue(times),
        rounds: isQuick ? 5 : 21,
        timesPerRound: 400,
      });
      return { unit: '1/s', ...rates, ratio: rates.value / rates.yardstick, goal: 0.8 };
    } finally {
      for (const server of servers) await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function startCfssl(folder: string, csr: string): Promise<IssuingServer> {
  if (spawnSync('cfssl', ['version']).error) install('golang-cfssl');
  const [key, certificate, config] = ['cfssl.key', 'cfssl.pem', 'cfssl.json'].map((name) =>
    join(folder, name),
  );
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '365'];
  const files = ['-keyout', `${key}`, '-out', `${certificate}`];
  output('openssl', ['req', '-x509', '-new', ...curve, ...names, ...files]);
  const usages = ['digital signature', 'server auth'];
  writeFileSync(`${config}`, JSON.stringify({ signing: { default: { usages, expiry: '2160h' } } }));
  const port = await freePort();
  const authority = ['-ca', `${certificate}`, '-ca-key', `${key}`, '-config', `${config}`, '-loglevel', '3'];
  const tls = ['-tls-cert', `${certificate}`, '-tls-key', `${key}`];
  const child = spawn(
    'cfssl',
    ['serve', '-address', '127.0.0.1', '-port', String(port), ...authority, ...tls],
    {
      stdio: 'ignore',
    },
  );
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ca: readFileSync(`${certificate}`) });
  const url = `https://127.0.0.1:${port}/api/v1/cfssl/sign`;
  const body = JSON.stringify({ certificate_request: csr, hosts: ['a.example'] });
  const issueOne = () => post(agent, url, { 'content-type': 'application/json' }, body);
  for (let tries = 0; ; tries += 1) {
    const answered = await issueOne().then(
      () => true,
      (error: unknown) => {
        if (tries > 100) throw error;
        return false;
      },
    );
    if (answered) return serverOf(child, agent, connections, issueOne);
    await sleep(100);
  }
}

/** Debian's package, where this is root; otherwise says what is missing. */
function install(name: string): void {
  if (process.getuid?.() !== 0)
    throw new Error(`Debian's package ${name} is missing: apt-get install ${name}`);
  output('apt-get', ['install', '--yes', '--no-install-recommends', name]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
