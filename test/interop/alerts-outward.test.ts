/** Alerts on their way out: a webhook that checks signatures by its own means, and a real mail server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Input, Output } from '../../src/shared/operations/index.ts';
import { type ChanceryInProcess, openInProcess } from '../support/chancery-in-process.ts';
import { opensslText } from '../support/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const folder = temporaryFolder('outward');
const path = (name: string) => join(folder, name);
/** Debian's, whose package of aiosmtpd no other Python sees. */
const python = '/usr/bin/python3';
const hasMailServer = existsSync('/usr/lib/python3/dist-packages/aiosmtpd');
const minuteMs = 60_000;

let office: ChanceryInProcess;
let trust: string;
beforeAll(async () => {
  await opensslText(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', path('key.pem'), '-out', path('cert.pem')],
  );
  trust = readFileSync(path('cert.pem'), 'utf8');
  office = await openInProcess();
});
afterAll(() => office.chancery.close());

const issue = (commonName: string) =>
  office.must('certificates.issue', { profile: 'tls-server', realm: 'default', subject: { commonName } });
const stateOf = async (id: string) =>
  (await office.must('alert-destinations.list', {})).items.find((one) => one.id === id);

describe('a webhook', () => {
  const received: Received[] = [];
  let status = 204;
  let server: Server;
  let hook: Output<'alert-destinations.create'>;

  beforeAll(async () => {
    const tls = { cert: readFileSync(path('cert.pem')), key: readFileSync(path('key.pem')) };
    server = createServer(tls, (request, answer) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
        });
        answer.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('ignored');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    hook = await office.must('alert-destinations.create', {
      name: 'Receiver',
      kind: 'webhook',
      url: `https://localhost:${port}/hook?key=1`,
      notices: ['certificate.issued', 'certificate.revoked', 'certificate.expiring', 'request.pending'],
      trust,
    });
  });
  afterAll(() => server.close());

  /** By the definition of Standard Webhooks and not by the product's own function. */
  function isSigned({ headers, body }: Received): boolean {
    const key = Buffer.from((hook.signingSecret ?? '').replace(/^whsec_/, ''), 'base64');
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  }

  it('is sent a test that it can verify, and says what it answered', async () => {
    expect(hook.signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await office.must('alert-destinations.test', { id: hook.id })).toMatchObject({ ok: true });
    const [test] = received as [Received];
    expect(test.path).toBe('/hook?key=1');
    expect(test.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(isSigned(test)).toBe(true);
    expect(isSigned({ ...test, body: test.body.replace('test', 'best') })).toBe(false);
    expect(Math.abs(Date.now() / 1000 - Number(test.headers['webhook-timestamp']))).toBeLessThan(60);
    expect(JSON.parse(test.body)).toMatchObject({ specversion: '1.0', type: 'chancery.test' });
    received.length = 0;
  });

  it('is told of what it wants to know, in order, and of nothing else', async () => {
    const first = await issue('one.example');
    const second = await issue('two.example');
    await office.must('certificates.renew', { id: first.id });
    await office.must('certificates.revoke', { id: second.id, reason: 'keyCompromise' });
    await office.chancery.runDueTasks();
    expect(received.every(isSigned)).toBe(true);
    const events = received.map(({ body }) => JSON.parse(body));
    expect(events.map(({ type, data }) => [type, data.about.name])).toEqual([
      ['chancery.certificate.issued', 'one.example'],
      ['chancery.certificate.issued', 'two.example'],
      ['chancery.certificate.revoked', 'two.example'],
    ]);
    expect(events[0]).toMatchObject({
      source: '/realms/default',
      subject: `certificate/${first.id}`,
      datacontenttype: 'application/json',
      data: { realm: 'default', severity: 'info', detail: { serialNumber: first.serialNumber } },
    });
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    await office.chancery.runDueTasks();
    expect(received).toHaveLength(3);
    received.length = 0;
  });

  it('gets the same again after it failed, before what came later, and is not followed elsewhere', async () => {
    status = 302;
    await issue('three.example');
    await office.chancery.runDueTasks();
    await issue('four.example');
    await office.chancery.runDueTasks();
    expect(received).toHaveLength(1);
    expect(await stateOf(hook.id)).toMatchObject({ waiting: 2, failures: 1, lastError: /answered 302/ });
    status = 500;
    office.advance(2 * minuteMs);
    await office.chancery.runDueTasks();
    expect(received).toHaveLength(2);
    status = 204;
    office.advance(3 * minuteMs);
    await office.chancery.runDueTasks();
    const names = received.map(({ body }) => JSON.parse(body).data.about.name);
    expect(names).toEqual(['three.example', 'three.example', 'three.example', 'four.example']);
    expect(new Set(received.slice(0, 3).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(received.every(isSigned)).toBe(true);
    expect(await stateOf(hook.id)).toMatchObject({ waiting: 0, failures: 0, lastError: null });
    received.length = 0;
  });

  it('is told once of what waits for a decision, and people here once when it cannot be reached', async () => {
    const profile = 'tls-server-approval';
    const asked = await office.call('certificates.issue', {
      profile,
      subject: { commonName: 'wait.example' },
    });
    expect(asked.status).toBe(202);
    status = 503;
    for (let attempt = 0; attempt < 8; attempt += 1) {
      office.advance(61 * minuteMs);
      await office.chancery.runDueTasks();
    }
    const told = await office.must('alerts.list', { realm: 'system', kind: 'delivery.failed' });
    expect(told.items).toMatchObject([
      { subjectId: hook.id, severity: 'critical', detail: { name: 'Receiver' } },
    ]);
    expect(told.items[0]?.message).toContain('503');
    status = 200;
    received.length = 0;
    office.advance(61 * minuteMs);
    await office.chancery.runDueTasks();
    await office.chancery.runDueTasks();
    expect(received.map(({ body }) => JSON.parse(body).type)).toEqual(['chancery.request.pending']);
    expect((await office.must('alerts.list', { realm: 'system', kind: 'delivery.failed' })).items).toEqual(
      [],
    );
  });

  it('is not sent to a server whose certificate is not trusted, nor signed by a secret that was replaced', async () => {
    const { signingSecret } = await office.must('alert-destinations.reset-secret', { id: hook.id });
    expect(signingSecret).not.toBe(hook.signingSecret);
    received.length = 0;
    await office.must('alert-destinations.test', { id: hook.id });
    expect(isSigned(received[0] as Received)).toBe(false);
    await office.must('alert-destinations.update', { id: hook.id, trust: null });
    received.length = 0;
    const test = await office.must('alert-destinations.test', { id: hook.id });
    expect(test).toMatchObject({ ok: false, detail: expect.stringContaining('certificate') });
    expect(received).toEqual([]);
  });
});

describe.skipIf(!hasMailServer)('a mail server', () => {
  const mails: { from: string; to: string[]; data: string; tls: boolean }[] = [];
  let child: ChildProcess;
  let ports: { starttls: number; tls: number };
  let fields: Input<'alert-destinations.create'>;

  beforeAll(async () => {
    const script = new URL('mail-server.py', import.meta.url).pathname;
    child = spawn(python, [script, path('cert.pem'), path('key.pem')], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    ports = JSON.parse((await once(lines, 'line'))[0]);
    lines.on('line', (line) => mails.push(JSON.parse(line)));
    fields = {
      name: 'Mail',
      kind: 'smtp',
      host: 'localhost',
      port: ports.starttls,
      security: 'starttls',
      username: 'chancery',
      password: 'correct horse',
      sender: 'chancery@example.com',
      recipients: ['one@example.com', 'two@example.com'],
      notices: ['certificate.issued', 'certificate.expiring', 'certificate.expired'],
      trust,
    };
  });
  afterAll(async () => {
    child.stdin?.end();
    await once(child, 'close');
  });

  it.each(['starttls', 'tls'] as const)('gets many alerts in one mail by %s', async (security) => {
    mails.length = 0;
    const { id } = await office.must('alert-destinations.create', {
      ...fields,
      security,
      port: ports[security],
    });
    await issue('mail.example');
    await issue('grüße.example');
    await office.chancery.runDueTasks();
    expect(mails).toHaveLength(1);
    const [mail] = mails as [(typeof mails)[number]];
    expect(mail).toMatchObject({ from: 'chancery@example.com', to: fields.recipients, tls: true });
    expect(mail.data).toMatch(/^Subject: \[Chancery\] 2 messages/m);
    expect(mail.data).toMatch(/^Auto-Submitted: auto-generated/m);
    const text = mail.data.replace(/=\r?\n/g, '');
    expect(text).toContain('The certificate mail.example was issued.');
    expect(text).toContain('gr=C3=BC=C3=9Fe.example was issued.');
    await office.must('alert-destinations.delete', { id });
  });

  it('is refused a wrong password, and what it says of that is not repeated', async () => {
    const { id } = await office.must('alert-destinations.create', { ...fields, password: 'wrong' });
    const { ok, detail } = await office.must('alert-destinations.test', { id });
    expect(ok).toBe(false);
    expect(detail).toBe('The mail server answered 535 to AUTH PLAIN');
    await office.must('alert-destinations.delete', { id });
  });

  it('that refuses one of the recipients has delivered to the others, and says so', async () => {
    mails.length = 0;
    const recipients = ['one@example.com', 'nobody@example.com'];
    const { id } = await office.must('alert-destinations.create', { ...fields, recipients });
    await issue('partly.example');
    await office.chancery.runDueTasks();
    await office.chancery.runDueTasks();
    expect(mails.map(({ to }) => to)).toEqual([['one@example.com']]);
    expect((await stateOf(id))?.lastError).toContain('nobody@example.com');
    await office.must('alert-destinations.delete', { id });
  });

  it('is sent no password where its certificate is not trusted', async () => {
    mails.length = 0;
    const { id } = await office.must('alert-destinations.create', { ...fields, trust: null });
    expect(await office.must('alert-destinations.test', { id })).toMatchObject({ ok: false });
    expect(mails).toEqual([]);
    await office.must('alert-destinations.delete', { id });
  });

  it('takes its password anew where it is to go elsewhere', async () => {
    const { id, hasPassword } = await office.must('alert-destinations.create', fields);
    expect(hasPassword).toBe(true);
    const moved = await office.call('alert-destinations.update', { id, host: '127.0.0.1' });
    expect(moved).toMatchObject({ status: 400, body: { violations: [{ path: ['password'] }] } });
    const same = await office.must('alert-destinations.update', { id, name: 'Post' });
    expect(same).toMatchObject({ name: 'Post', hasPassword: true });
    const stored = readFileSync(join(office.home, 'chancery.db'));
    writeFileSync(path('copy.db'), stored);
    expect(stored.includes('correct horse')).toBe(false);
    await office.must('alert-destinations.delete', { id });
  });
});
