/** Issuing over HTTPS with connections that stay open, by the built console and by Debian's `cfssl serve`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromRoot } from '../../scripts/launch/root.mjs';
import { freePort, installed, output } from './counterpart.ts';
import { newCsr } from './csr.ts';
import { interleaved } from './interleaved.ts';
import type { BenchCase } from './result.ts';

const connections = 8;
const cli = fromRoot('out', 'main', 'cli.js');

/** A server that issues: asks it for so many certificates, over its open connections. */
interface Server {
  issue(times: number): Promise<void>;
  stop(): Promise<void>;
}

export const restIssue: BenchCase = {
  name: 'rest-issue',
  measure: async ({ isQuick }) => {
    const folder = mkdtempSync(join(tmpdir(), 'chancery-bench-rest-'));
    const servers: Server[] = [];
    try {
      const csr = newCsr('a.example');
      const ours = await startChancery(join(folder, 'home'), csr);
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

async function startChancery(home: string, csr: string): Promise<Server> {
  const run = (...args: string[]) =>
    JSON.parse(output(process.execPath, [cli, ...args, '--home', home, '--json']));
  run('init', '--vault', 'file');
  run('quickstart');
  const names = ['--name', 'bench', '--realm', 'default', '--profile', 'tls-server'];
  const { clientId, clientSecret } = run('clients', 'create', ...names);
  const child = spawn(process.execPath, [cli, 'serve', '--home', home, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const url = String(line).replace('listening on ', '');
  const agent = new Agent({
    keepAlive: true,
    maxSockets: connections,
    ca: readFileSync(join(home, 'tls', 'ca.pem')),
  });
  const grant = `grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`;
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const token = await post(agent, `${url}/realms/default/protocol/openid-connect/token`, form, grant);
  const { access_token } = JSON.parse(token) as { access_token: string };
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${access_token}` };
  const body = JSON.stringify({ profile: 'tls-server', csr });
  return serverOf(child, agent, () => post(agent, `${url}/api/v1/certificates`, headers, body));
}

async function startCfssl(folder: string, csr: string): Promise<Server> {
  installed('cfssl', ['version'], 'golang-cfssl');
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
    if (answered) return serverOf(child, agent, issueOne);
    await sleep(100);
  }
}

function serverOf(child: ChildProcess, agent: Agent, issueOne: () => Promise<string>): Server {
  return {
    issue: async (times) => {
      await Promise.all(
        Array.from({ length: connections }, async () => {
          for (let i = 0; i < times / connections; i += 1) await issueOne();
        }),
      );
    },
    stop: async () => {
      agent.destroy();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function post(agent: Agent, url: string, headers: Record<string, string>, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        if ((response.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`${url} answered ${response.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    sent.on('error', reject).end(body);
  });
}
