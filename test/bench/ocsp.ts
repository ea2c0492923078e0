/** OCSP answers: signed before and sent over HTTP, against Debian's `cfssl ocspserve`; and signed on demand. */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromRoot } from '../../scripts/launch/root.mjs';
import { systemContext } from '../../src/main/services/context.ts';
import { buildOcspRequest, parseCertificate, readOcspResponse, readPem } from '../../src/main/x509/index.ts';
import { freePort, installed } from './counterpart.ts';
import { type HttpLoad, openHttpLoad, postRequest } from './http-load.ts';
import { interleaved } from './interleaved.ts';
import { output } from './issuing-server.ts';
import { inOffice } from './office.ts';
import type { BenchCase } from './result.ts';

const cli = fromRoot('out', 'main', 'cli.js');
const connections = 8;
const certificates = 100;
const contentType = 'application/ocsp-request';

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
}

/** The answers that cfssl is given are ours, so that both send the same bytes. */
export const ocspHttp: BenchCase = {
  name: 'ocsp-http',
  measure: async ({ isQuick }) => {
    const folder = mkdtempSync(join(tmpdir(), 'chancery-bench-ocsp-'));
    const servers: Server[] = [];
    const loads: HttpLoad[] = [];
    try {
      const requests = issueSome(join(folder, 'home'));
      const ours = await startChancery(join(folder, 'home'));
      servers.push(ours);
      const answers = await Promise.all(requests.map((request) => ask(ours.port, '/ocsp', request)));
      const file = join(folder, 'responses');
      writeFileSync(file, answers.map((answer) => answer.toString('base64')).join('\n'));
      const cfssl = await startCfssl(file, requests[0] ?? new Uint8Array());
      servers.push(cfssl);
      const accepts = (body: Buffer) => answers.some((answer) => answer.equals(body));
      const load = async (port: number, path: string) => {
        const posts = requests.map((request) => postRequest(port, path, contentType, request));
        const opened = await openHttpLoad(port, connections, posts, accepts);
        loads.push(opened);
        return opened;
      };
      const [ownLoad, otherLoad] = [await load(ours.port, '/ocsp'), await load(cfssl.port, '/')];
      const rates = await interleaved({
        ours: (times) => ownLoad.send(times),
        yardstick: (times) => otherLoad.send(times),
        rounds: isQuick ? 5 : 21,
        timesPerRound: 8_000,
      });
      return { unit: '1/s', ...rates, ratio: rates.value / rates.yardstick, goal: 1.2 };
    } finally {
      for (const load of loads) load.close();
      for (const { child } of servers) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

export const ocspLive: BenchCase = {
  name: 'ocsp-live',
  measure: ({ isQuick }) =>
    inOffice(async ({ rooms, handlers }) => {
      const { certificate, chain } = (await handlers['certificates.issue'](
        { profile: 'tls-server', subject: { commonName: 'a.example' } },
        systemContext,
      )) as { certificate: string; chain: string[] };
      const fields = certIdOf(certificate, chain[0] ?? '');
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const data = Buffer.alloc(200, 7);
      const requests = Array.from({ length: 100 }, () => buildOcspRequest([fields], randomBytes(32)));
      const first = readOcspResponse((await rooms.ocsp.respond(requests[0] ?? new Uint8Array())).der);
      if (first.status !== 'successful') throw new Error(`the responder answered ${first.status}`);
      const rates = await interleaved({
        ours: async (times) => {
          for (let i = 0; i < times; i += 1) await rooms.ocsp.respond(requests[i % 100] ?? new Uint8Array());
        },
        yardstick: (times) => {
          for (let i = 0; i < times; i += 1) sign('sha256', data, privateKey);
        },
        rounds: isQuick ? 5 : 41,
        timesPerRound: 1000,
      });
      return { unit: '1/s', ...rates, ratio: rates.value / rates.yardstick, goal: 0.75 };
    }),
};

/** Fills a data folder with certificates, and gives back an OCSP request for each. */
function issueSome(home: string): Uint8Array[] {
  const run = (...args: string[]) =>
    JSON.parse(output(process.execPath, [cli, ...args, '--home', home, '--json']));
  run('init', '--vault', 'file');
  run('quickstart');
  return Array.from({ length: certificates }, (_, index) => {
    const names = ['--profile', 'tls-server', '--subject-common-name', `host-${index}.example`];
    const { certificate, chain } = run('certificates', 'issue', ...names);
    return buildOcspRequest([certIdOf(certificate, chain[0])]);
  });
}

function certIdOf(certificatePem: string, issuerPem: string) {
  const [certificate, issuer] = [certificatePem, issuerPem].map((pem) => {
    const der = readPem(pem)[0]?.der;
    if (!der) throw new Error('an answer holds no certificate');
    return parseCertificate(der);
  });
  if (!certificate || !issuer) throw new Error('an answer holds no certificate');
  return {
    issuerNameDer: issuer.subject.der,
    issuerSpki: issuer.spki,
    serialNumber: Buffer.from(certificate.serialNumber, 'hex'),
  };
}

async function startChancery(home: string): Promise<Server> {
  const args = ['serve', '--home', home, '--port', '0', '--status-port', '0'];
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) {
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) return { child, port: Number(port) };
  }
  throw new Error('the console ended before it listened');
}

async function startCfssl(file: string, request: Uint8Array): Promise<Server> {
  installed('cfssl', ['version'], 'golang-cfssl');
  const port = await freePort();
  const args = ['ocspserve', '-address', '127.0.0.1', '-port', String(port), '-responses', file];
  const child = spawn('cfssl', [...args, '-loglevel', '3'], { stdio: 'ignore' });
  for (let tries = 0; ; tries += 1) {
    const answered = await ask(port, '/', request).catch((error: unknown) => {
      if (tries > 100) throw error;
    });
    if (answered) return { child, port };
    await sleep(100);
  }
}

async function ask(port: number, path: string, request: Uint8Array): Promise<Buffer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    body: new Uint8Array(request),
    headers: { 'content-type': contentType },
  });
  const answer = Buffer.from(await response.arrayBuffer());
  if (readOcspResponse(answer).status !== 'successful') throw new Error(`port ${port} gave no answer`);
  return answer;
}
