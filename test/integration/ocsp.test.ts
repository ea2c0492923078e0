/** What openssl and curl see of the OCSP responder on a status port, beside the console. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStatusListener, type StatusListener } from '../../src/main/console/status-listener.ts';
import { buildOcspRequest, parseCertificate, readOcspResponse, readPem } from '../../src/main/x509/index.ts';
import { type ChanceryInProcess, openInProcess } from '../support/chancery-in-process.ts';
import { auditEvents } from '../support/database-reader.ts';
import { openssl } from '../support/openssl.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = mkdtempSync(join(temporaryFolder('ocsp'), 'one-'));
const at = (name: string) => join(folder, name);
let office: ChanceryInProcess;
let status: StatusListener;
let issuerPem: string;
let issued: { id: string; serialNumber: string; certificate: string };

beforeAll(async () => {
  office = await openInProcess();
  status = await openStatusListener(office.chancery, { host: '127.0.0.1', port: 0 });
  issued = await newCertificate('asked');
  issuerPem = (await office.must('authorities.show', { id: 'issuing' })).certificate;
  const rootPem = (await office.must('authorities.show', { id: 'root' })).certificate;
  writeFileSync(at('issuing.pem'), issuerPem);
  writeFileSync(at('root.pem'), rootPem);
});

afterAll(async () => {
  await status.stop();
  await office.chancery.close();
});

function newCertificate(name: string) {
  return office.must('certificates.issue', {
    profile: 'tls-server',
    subject: { commonName: `${name}.example.com` },
  });
}

const derOf = (pem: string) => readPem(pem)[0]?.der ?? new Uint8Array();

function ask(...args: string[]) {
  const url = ['-url', `${status.url}/ocsp`, '-CAfile', at('root.pem')];
  return openssl('ocsp', '-issuer', at('issuing.pem'), ...args, ...url);
}

const askBySerial = (serialNumber: string, ...args: string[]) => ask('-serial', `0x${serialNumber}`, ...args);

/** As RFC 5019 has it, for one certificate of the issuing authority. */
function requestFor(serialNumber: string, nonce?: Uint8Array): Buffer {
  const issuer = parseCertificate(derOf(issuerPem));
  const fields = {
    issuerNameDer: issuer.subject.der,
    issuerSpki: issuer.spki,
    serialNumber: Buffer.from(serialNumber, 'hex'),
  };
  return Buffer.from(buildOcspRequest([fields], nonce));
}

const post = async (body: Uint8Array) => {
  const headers = { 'content-type': 'application/ocsp-request' };
  const response = await fetch(`${status.url}/ocsp`, { method: 'POST', body: new Uint8Array(body), headers });
  return readOcspResponse(new Uint8Array(await response.arrayBuffer()));
};

async function singleOf(serialNumber: string) {
  const answer = await post(requestFor(serialNumber));
  return answer.status === 'successful' ? answer.basic.responses[0] : answer;
}

const statusWithHost = (host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const outgoing = request(`${status.url}/crl/issuing.crl`, { headers: { host } }, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode);
    });
    outgoing.on('error', reject).end();
  });

describe('openssl ocsp', () => {
  it('verifies that a certificate is good, with its nonce and without', async () => {
    for (const nonce of [['-nonce'], ['-no_nonce']]) {
      const { stdout, stderr } = await askBySerial(issued.serialNumber, ...nonce);
      expect(`${stdout}${stderr}`).toContain('Response verify OK');
      expect(stdout).toContain(': good');
      expect(stderr).not.toContain('no nonce in response');
    }
  });

  it('is told of a revocation at once, with reason and time, although a good answer was kept', async () => {
    const { id, serialNumber } = await newCertificate('revoked');
    expect((await askBySerial(serialNumber, '-no_nonce')).stdout).toContain(': good');
    await office.must('certificates.revoke', { id, reason: 'keyCompromise' });
    const { stdout, stderr } = await askBySerial(serialNumber, '-no_nonce');
    expect(stderr).toContain('Response verify OK');
    expect(stdout).toMatch(/: revoked\n[\s\S]*Reason: keyCompromise\n[\s\S]*Revocation Time: /);
  });

  it('is told that a serial number was never issued', async () => {
    const { stdout, stderr } = await askBySerial('0123456789ABCDEF');
    expect(stderr).toContain('Response verify OK');
    expect(stdout).toContain(': unknown');
  });

  it('is answered for several certificates at once', async () => {
    const other = await newCertificate('second');
    const { stdout } = await askBySerial(issued.serialNumber, '-serial', `0x${other.serialNumber}`);
    expect(stdout.match(/: good/g)).toHaveLength(2);
  });

  it('is refused about an issuer that is not here', async () => {
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      at('other.key'),
    ];
    await openssl('req', '-x509', ...key, '-subj', '/CN=Other', '-out', at('other.pem'));
    const url = ['-url', `${status.url}/ocsp`, '-CAfile', at('root.pem')];
    const { stdout } = await openssl('ocsp', '-issuer', at('other.pem'), '-serial', '1', ...url);
    expect(stdout).toContain('Responder Error: unauthorized (6)');
  });

  it('finds in the signer a short-lived certificate for this alone, recorded and audited', async () => {
    await askBySerial(issued.serialNumber, '-respout', at('response.der'));
    const answer = readOcspResponse(readFileSync(at('response.der')));
    const der = answer.status === 'successful' ? answer.basic.certificates[0] : undefined;
    writeFileSync(at('signer.der'), der ?? '');
    const { stdout } = await openssl('x509', '-inform', 'DER', '-in', at('signer.der'), '-noout', '-text');
    expect(stdout).toMatch(/OCSP Signing/);
    expect(stdout).toMatch(/OCSP No Check/i);
    const signer = parseCertificate(der ?? new Uint8Array());
    const events = auditEvents(office.home).filter(({ detail }) => detail.for === 'ocsp');
    expect(events.map(({ detail }) => detail.serialNumber)).toEqual([signer.serialNumber]);
  });
});

describe('a GET', () => {
  const urlOf = (serialNumber: string) =>
    `${status.url}/ocsp/${encodeURIComponent(requestFor(serialNumber).toString('base64'))}`;

  it('by curl is answered for caches, which are answered 304 while it stays the same', async () => {
    const args = ['--silent', '--include', urlOf(issued.serialNumber)];
    const { stdout } = await runProgram('curl', args);
    expect(stdout).toMatch(/content-type: application\/ocsp-response/i);
    expect(stdout).toMatch(/cache-control: max-age=60, public, no-transform, must-revalidate/i);
    const etag = /etag: (\S+)/i.exec(stdout)?.[1] ?? '';
    const again = await runProgram('curl', [...args, '--header', `If-None-Match: ${etag}`]);
    expect(again.stdout).toContain('304 Not Modified');
  });

  it('through the handler of every door says the same', async () => {
    const path = `/ocsp/${encodeURIComponent(requestFor(issued.serialNumber).toString('base64'))}`;
    const door = { kind: 'listener', principal: null, peer: { address: null, certificates: [] } } as const;
    const { signal } = new AbortController();
    const response = await office.chancery.handle(new Request(`https://localhost${path}`), {
      ...door,
      signal,
    });
    expect(response.headers.get('cache-control')).toContain('no-transform');
    const answer = readOcspResponse(new Uint8Array(await response.arrayBuffer()));
    expect(answer.status === 'successful' && answer.basic.responses[0]?.status).toBe('good');
  });
});

describe('the status port', () => {
  it('answers what is no OCSP request with malformedRequest, and more than 16 KiB with 413', async () => {
    expect(await post(Buffer.from('nonsense'))).toEqual({ status: 'malformedRequest' });
    const large = await fetch(`${status.url}/ocsp`, { method: 'POST', body: new Uint8Array(20_000) });
    expect(large.status).toBe(413);
  });

  it('serves CRLs and CA certificates, and no other path', async () => {
    const statusOf = async (path: string) => (await fetch(`${status.url}${path}`)).status;
    expect([await statusOf('/crl/issuing.crl'), await statusOf('/ca/root.crt')]).toEqual([200, 200]);
    for (const path of ['/', '/ui/', '/healthz', '/api/v1/certificates', '/crl/../healthz', '/ocspx']) {
      expect(await statusOf(path)).toBe(404);
    }
  });

  it('answers under its own name and those of publication URLs only', async () => {
    expect(await statusWithHost('pki.example.com')).toBe(421);
    await office.must('authorities.create', {
      slug: 'published',
      realm: 'default',
      publicationUrl: 'http://pki.example.com',
    });
    expect(await statusWithHost('pki.example.com')).toBe(200);
    expect(await statusWithHost('rebound.example.com')).toBe(421);
  });
});

describe('while the vault is locked', () => {
  it('what was signed before is still answered until its nextUpdate, and everything else is tryLater', async () => {
    const fresh = await newCertificate('fresh');
    await singleOf(issued.serialNumber);
    await office.must('vault.lock', {});
    expect(await singleOf(issued.serialNumber)).toMatchObject({ status: 'good' });
    expect(await singleOf(fresh.serialNumber)).toEqual({ status: 'tryLater' });
    office.advance(25 * 3_600_000);
    expect(await singleOf(issued.serialNumber)).toEqual({ status: 'tryLater' });
  });
});
