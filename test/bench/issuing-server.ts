/** Servers that issue over HTTPS, and the load that asks them: connections that stay open, one call at a time each. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fromRoot } from '../../scripts/launch/root.mjs';

const cli = fromRoot('out', 'main', 'cli.js');

export interface IssuingServer {
  /** Asks for so many certificates, over its connections. */
  issue(times: number): Promise<void>;
  stop(): Promise<void>;
}

export interface ChanceryOptions {
  /** A data folder to be made. */
  readonly home: string;
  /** What it is asked to sign, PEM. */
  readonly csr: string;
  readonly connections: number;
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
}

/** The built console on a new data folder, and a client of its API that has its token. */
export async function startChancery({
  home,
  csr,
  connections,
  nodeOptions = [],
}: ChanceryOptions): Promise<IssuingServer> {
  const run = (...args: string[]) =>
    JSON.parse(output(process.execPath, [cli, ...args, '--home', home, '--json']));
  run('init', '--vault', 'file');
  run('quickstart');
  const names = ['--name', 'bench', '--realm', 'default', '--profile', 'tls-server'];
  const { clientId, clientSecret } = run('clients', 'create', ...names);
  const child = spawn(process.execPath, [...nodeOptions, cli, 'serve', '--home', home, '--port', '0'], {
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
  return serverOf(child, agent, connections, () => post(agent, `${url}/api/v1/certificates`, headers, body));
}

/** A running server; `issueOne` makes one call through the agent. */
export function serverOf(
  child: ChildProcess,
  agent: Agent,
  connections: number,
  issueOne: () => Promise<string>,
): IssuingServer {
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

/** The answer's text; rejects where it is no success. */
export function post(
  agent: Agent,
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<string> {
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

/** What the program prints; throws where it fails. */
export function output(program: string, args: readonly string[]): string {
  const run = spawnSync(program, args, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${program} ${args.slice(0, 3).join(' ')} failed: ${run.stderr}`);
  return run.stdout;
}
