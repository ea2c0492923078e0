import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '../../src/shared/operations/index.ts';
import {
  askChancery,
  prepareHome,
  type RunningConsole,
  runChancery,
  startConsole,
} from '../support/chancery-process.ts';
import { askToken, type CurlRequest, curl } from '../support/curl.ts';
import { auditEvents, faultsOf } from '../support/database-reader.ts';
import { newCsr, openssl, opensslText } from '../support/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Issued = Output<'certificates.issue'>;

const folder = temporaryFolder('spine');
const home = join(folder, 'home');
const passphrase = 'a passphrase with ümlaut';
let client: { clientId: string; clientSecret: string };
let running: RunningConsole;
let token: string;

beforeAll(async () => {
  client = await prepareHome(home);
  running = await startConsole(home);
  token = (await askToken(running, client)).json.access_token;
});

afterAll(async () => {
  await running?.stop();
});

const ask = <T>(path: string, request: CurlRequest = {}) =>
  curl<T>(running, `/api/v1${path}`, { token, ...request });

function inFile(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function issue(json: object): Promise<Issued> {
  const answer = await ask<Issued>('/certificates', { json });
  expect(answer.json, answer.json.detail).toMatchObject({ certificate: expect.any(String) });
  expect(answer.status).toBe(201);
  return answer.json;
}

async function fetchCrl(authority: string): Promise<Buffer> {
  const answer = await curl(running, `/crl/${authority}.crl`);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pkix-crl']);
  return answer.body;
}

async function crlText(authority: string): Promise<string> {
  return opensslText(
    'crl',
    '-inform',
    'DER',
    '-text',
    '-noout',
    '-in',
    inFile('text.crl', await fetchCrl(authority)),
  );
}

async function crlNumber(authority: string): Promise<number> {
  const [, hex = ''] = /CRL Number:\s+(?:0x)?([0-9A-Fa-f]+)/.exec(await crlText(authority)) ?? [];
  return Number.parseInt(hex, 16);
}

/** `openssl verify` by the chain that came with the certificate, with the CRLs of all its issuers where asked. */
async function verify(issued: Issued, checksCrls: boolean) {
  const trust = [...issued.chain];
  if (checksCrls) {
    for (const authority of ['issuing', 'root']) {
      const der = inFile(`${authority}.crl`, await fetchCrl(authority));
      trust.push(await opensslText('crl', '-inform', 'DER', '-in', der));
    }
  }
  const caFile = inFile('trust.pem', trust.join(''));
  const file = inFile('leaf.pem', issued.certificate);
  return openssl('verify', ...(checksCrls ? ['-crl_check_all'] : []), '-CAfile', caFile, file);
}

function exportAs(id: string, format: string, accept: string, given: object = {}) {
  const args = ['--header', `Accept: ${accept}`];
  return ask(`/certificates/${id}/export`, { json: { format, ...given }, args });
}

describe('from a request to a revoked certificate, with curl and openssl', () => {
  let issued: Issued;

  it('issues what openssl asked for, and openssl verifies it by the chain', async () => {
    const csr = await newCsr('/CN=web.example.com', 'DNS:web.example.com,IP:192.0.2.7');
    issued = await issue({ csr: csr.pem });
    expect((await verify(issued, false)).stdout).toMatch(/OK$/m);
    const text = await opensslText('x509', '-in', inFile('leaf.pem', issued.certificate), '-noout', '-text');
    expect(text).toContain('DNS:web.example.com, IP Address:192.0.2.7');
    expect(text).toContain('TLS Web Server Authentication');
    const ownKey = await opensslText('pkey', '-in', csr.keyFile, '-pubout');
    expect(
      await opensslText('x509', '-in', inFile('leaf.pem', issued.certificate), '-noout', '-pubkey'),
    ).toBe(ownKey);
  });

  it.each([
    ['the common name', () => 'WEB.example'],
    ['the serial number', () => issued.serialNumber],
    ['the address among its names', () => '192.0.2.7'],
  ])('finds it by %s', async (_, search) => {
    const found = await ask<Output<'certificates.list'>>(`/certificates?search=${search()}`);
    expect(found.json.items.map(({ id, status }) => [id, status])).toEqual([[issued.id, 'valid']]);
    expect(found.json.total).toBe(1);
  });

  it('passes openssl -crl_check before it is revoked', async () => {
    expect((await verify(issued, true)).stdout).toMatch(/OK$/m);
  });

  it('answers a revocation only when the served CRL holds it, and openssl refuses the certificate', async () => {
    const revoked = await ask<Output<'certificates.revoke'>>(`/certificates/${issued.id}/revoke`, {
      json: { reason: 'keyCompromise', comment: 'key on a lost disk' },
    });
    const text = await crlText('issuing');
    expect([revoked.status, revoked.json.status, revoked.json.revocationReason]).toEqual([
      200,
      'revoked',
      'keyCompromise',
    ]);
    expect(text).toContain(`Serial Number: ${issued.serialNumber}`);
    expect(text).toContain('Key Compromise');
    const refused = await verify(issued, true);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('certificate revoked')]);
  });

  it('refuses to revoke it a second time', async () => {
    const again = await ask(`/certificates/${issued.id}/revoke`, { json: {} });
    expect([again.status, again.json.code]).toEqual([409, 'ALREADY_REVOKED']);
  });

  it('keeps everything over a stop and a start', async () => {
    const before = await crlNumber('issuing');
    expect(await running.stop()).toBe(0);
    running = await startConsole(home);
    expect((await askToken(running, client)).status).toBe(200);
    const shown = await ask<Output<'certificates.show'>>(`/certificates/${issued.id}`);
    expect(shown.json).toMatchObject({
      certificate: issued.certificate,
      status: 'revoked',
      chain: issued.chain,
    });
    expect(await crlNumber('issuing')).toBeGreaterThanOrEqual(before);
    expect((await verify(issued, true)).code).toBe(2);
  });
});

/** What the profiles of quickstart allow. */
const offered = ['ecdsa-p256', 'ecdsa-p384', 'ed25519', 'rsa-2048', 'rsa-3072', 'rsa-4096'] as const;

describe('issuing', () => {
  it.each(offered)('takes a request with a key of %s', async (algorithm) => {
    const csr = await newCsr(`/CN=${algorithm}.example.com`, undefined, algorithm);
    const issued = await issue({ csr: csr.pem });
    expect((await verify(issued, true)).stdout).toMatch(/OK$/m);
  });

  it.each(offered)('makes a key of %s that fits the certificate', async (algorithm) => {
    const issued = await issue({
      subject: { commonName: `own-${algorithm}.example.com` },
      keyAlgorithm: algorithm,
    });
    expect((await verify(issued, true)).stdout).toMatch(/OK$/m);
    const key = inFile('own.key', issued.privateKey ?? '');
    const ownKey = await opensslText('pkey', '-in', key, '-pubout');
    expect(await opensslText('x509', '-in', inFile('own.pem', issued.certificate), '-noout', '-pubkey')).toBe(
      ownKey,
    );
  });

  it('renews with a new key under the same order, and the old certificate stays valid', async () => {
    const first = await issue({
      subject: { commonName: 'renewed.example.com' },
      subjectAltNames: [{ type: 'dns', value: 'renewed.example.com' }],
    });
    const answer = await ask<Issued>(`/certificates/${first.id}/renew`, { json: {} });
    expect([answer.status, answer.json.orderId]).toEqual([201, first.orderId]);
    expect(answer.json.serialNumber).not.toBe(first.serialNumber);
    expect(answer.json.privateKey).not.toBe(first.privateKey);
    const { json: found } = await ask<Output<'certificates.list'>>(
      '/certificates?search=renewed.example.com',
    );
    expect(found.items.map(({ status, orderId }) => [status, orderId])).toEqual([
      ['valid', first.orderId],
      ['valid', first.orderId],
    ]);
    const names = async (pem: string) =>
      opensslText('x509', '-noout', '-subject', '-ext', 'subjectAltName', '-in', inFile('names.pem', pem));
    expect(await names(answer.json.certificate)).toBe(await names(first.certificate));
  });

  it('renews from a new request with the names that the certificate had', async () => {
    const first = await issue({ csr: (await newCsr('/CN=again.example.com')).pem });
    const other = await newCsr('/CN=somebody-else.example.com', 'DNS:somebody-else.example.com', 'rsa-2048');
    const { status, json } = await ask<Issued>(`/certificates/${first.id}/renew`, {
      json: { csr: other.pem },
    });
    expect(status).toBe(201);
    const text = await opensslText('x509', '-noout', '-text', '-in', inFile('renewed.pem', json.certificate));
    expect(text).toContain('again.example.com');
    expect(text).not.toContain('somebody-else');
    expect(text).toContain('Public-Key: (2048 bit)');
  });
});

describe('files of a certificate', () => {
  let issued: Issued;
  beforeAll(async () => {
    issued = await issue({ subject: { commonName: 'files.example.com', organization: 'Example & Söhne' } });
  });

  const fingerprint = (...args: string[]) =>
    opensslText('x509', '-noout', '-fingerprint', '-sha256', ...args);
  const own = () => fingerprint('-in', inFile('issued.pem', issued.certificate));

  it('gives PEM and DER that openssl reads as the same certificate', async () => {
    const pem = inFile('got.pem', (await exportAs(issued.id, 'pem', 'application/x-pem-file')).body);
    const der = inFile('got.crt', (await exportAs(issued.id, 'der', 'application/pkix-cert')).body);
    expect(await fingerprint('-in', pem)).toBe(await own());
    expect(await fingerprint('-inform', 'DER', '-in', der)).toBe(await own());
  });

  it('gives the chain as PEM and as PKCS#7, the certificate first', async () => {
    const chain = (await exportAs(issued.id, 'pem-chain', 'application/x-pem-file')).body.toString();
    expect(chain).toBe([issued.certificate, ...issued.chain].join(''));
    const p7 = inFile('got.p7c', (await exportAs(issued.id, 'pkcs7', 'application/pkcs7-mime')).body);
    const listed = await opensslText('pkcs7', '-inform', 'DER', '-print_certs', '-in', p7);
    expect(listed.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
  });

  it('gives PKCS#12 without the key, which openssl opens', async () => {
    const p12 = inFile(
      'got.p12',
      (await exportAs(issued.id, 'pkcs12', 'application/x-pkcs12', { passphrase })).body,
    );
    const listed = await opensslText('pkcs12', '-in', p12, '-nodes', '-passin', `pass:${passphrase}`);
    expect(listed.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    expect(listed).not.toContain('PRIVATE KEY');
  });

  it('gives the key as PKCS#12 to the client that asked for the certificate, with a reason in the record', async () => {
    const answer = await ask(`/certificates/${issued.id}/private-key`, {
      json: { passphrase, reason: 'the server was set up anew' },
      args: ['--header', 'Accept: application/x-pkcs12'],
    });
    const p12 = inFile('key.p12', answer.body);
    const opened = await opensslText(
      'pkcs12',
      '-in',
      p12,
      '-nodes',
      '-nocerts',
      '-passin',
      `pass:${passphrase}`,
    );
    const key = await opensslText('pkey', '-in', inFile('opened.key', opened));
    expect(key).toBe(await opensslText('pkey', '-in', inFile('given.key', issued.privateKey ?? '')));
    expect((await openssl('pkcs12', '-in', p12, '-noout', '-passin', 'pass:wrong')).code).not.toBe(0);
    const last = auditEvents(home).at(-1);
    expect(last).toMatchObject({
      type: 'certificate.private-key-recovered',
      outcome: 'success',
      detail: { reason: 'the server was set up anew' },
    });
  });

  it('names the file after the certificate, whatever is in its name', async () => {
    const { json } = await ask<Output<'certificates.export'>>(`/certificates/${issued.id}/export`, {
      json: { format: 'der' },
    });
    expect(json.fileName).toBe('files.example.com.crt');
  });
});

describe('repeating a request', () => {
  const json = { subject: { commonName: 'once.example.com' } };
  const once = (key: string, body: object = json) =>
    ask<Issued>('/certificates', { json: body, args: ['--header', `Idempotency-Key: ${key}`] });

  it('gives the same certificate and the same key for the same Idempotency-Key, also after a restart', async () => {
    const first = await once('order-4711');
    await running.stop();
    running = await startConsole(home);
    const second = await once('order-4711');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json).toEqual(first.json);
    expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    const { json: found } = await ask<Output<'certificates.list'>>('/certificates?search=once.example.com');
    expect(found.total).toBe(1);
  });

  it('refuses the key for another request', async () => {
    const other = await once('order-4711', { subject: { commonName: 'other.example.com' } });
    expect([other.status, other.json.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('gives the same authority, whose first CRL was only known after it was made', async () => {
    const session = await ask<{ token: string }>('/sessions/redeem', { json: { ticket: running.ticket } });
    const create = () =>
      ask<Output<'authorities.create'>>('/authorities', {
        token: session.json.token,
        json: { slug: 'repeated', keyAlgorithm: 'ecdsa-p256' },
        args: ['--header', 'Idempotency-Key: root-once'],
      });
    const first = await create();
    const second = await create();
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json).toEqual(first.json);
    expect(second.headers['idempotency-replayed']).toBe('true');
  });

  it('answers one of two at the same moment, and issues one certificate', async () => {
    const [a, b] = await Promise.all([
      once('at-once', { subject: { commonName: 'twin.example.com' } }),
      once('at-once', { subject: { commonName: 'twin.example.com' } }),
    ]);
    expect([a, b].map(({ status }) => status).sort()).toEqual(expect.arrayContaining([201]));
    const { json: found } = await ask<Output<'certificates.list'>>('/certificates?search=twin.example.com');
    expect(found.total).toBe(1);
  });

  it('sends 304 and no body for a list that has not changed, and the list once it has', async () => {
    const first = await ask('/certificates?search=once.example.com');
    const args = ['--header', `If-None-Match: ${first.headers.etag}`];
    const second = await ask('/certificates?search=once.example.com', { args });
    expect([first.status, second.status, second.body.length]).toEqual([200, 304, 0]);
    await issue({ subject: { commonName: 'sub.once.example.com' } });
    expect((await ask('/certificates?search=once.example.com', { args })).status).toBe(200);
  });

  it('sends 304 for the CRL until there is another one', async () => {
    const first = await curl(running, '/crl/issuing.crl');
    const args = ['--header', `If-None-Match: ${first.headers.etag}`];
    expect((await curl(running, '/crl/issuing.crl', { args })).status).toBe(304);
    await askChancery(home, ['authorities', 'publish-crl', 'issuing']);
    expect((await curl(running, '/crl/issuing.crl', { args })).status).toBe(200);
  });
});

describe('the command line on the same data', () => {
  it('issues, lists, exports and revokes through the instance that runs', async () => {
    const csr = inFile('cli.csr', (await newCsr('/CN=cli.example.com')).pem);
    const issued = await askChancery<Issued>(home, [
      'certificates',
      'issue',
      '--profile',
      'tls-server',
      '--csr',
      csr,
    ]);
    const out = join(folder, 'cli.p7c');
    expect(
      (await runChancery(home, ['certificates', 'export', issued.id, '--format', 'pkcs7', '--out', out]))
        .code,
    ).toBe(0);
    expect(await opensslText('pkcs7', '-inform', 'DER', '-print_certs', '-in', out)).toContain(
      'CN = cli.example.com',
    );
    const listed = await askChancery<Output<'certificates.list'>>(home, [
      'certificates',
      'list',
      '--search',
      'cli.example',
    ]);
    expect(listed.items.map(({ id }) => id)).toEqual([issued.id]);
    await askChancery(home, ['certificates', 'revoke', issued.id, '--reason', 'superseded']);
    expect((await verify(issued, true)).stderr).toContain('certificate revoked');
  });

  it('does the same in its own process once the instance has stopped', async () => {
    expect(await running.stop()).toBe(0);
    const issued = await askChancery<Issued>(home, [
      'certificates',
      'issue',
      '--profile',
      'tls-server',
      '--san',
      'dns:alone.example.com',
    ]);
    const crl = join(folder, 'alone.crl');
    await askChancery(home, ['certificates', 'revoke', issued.id]);
    await runChancery(home, ['authorities', 'crl', 'issuing', '--out', crl]);
    expect(await opensslText('crl', '-inform', 'DER', '-text', '-noout', '-in', crl)).toContain(
      issued.serialNumber,
    );
    expect(readFileSync(crl).length).toBeGreaterThan(100);
    expect(faultsOf(home)).toEqual([]);
    running = await startConsole(home);
  });
});
