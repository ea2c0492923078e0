import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '../../src/shared/operations/index.ts';
import { newClient, type RunningConsole, runChancery, startConsole } from '../support/chancery-process.ts';
import { askToken, type CurlAnswer, type CurlRequest, curl } from '../support/curl.ts';
import { auditEvents, readRows } from '../support/database-reader.ts';
import { opensslText } from '../support/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('secrets');
const home = join(folder, 'home');
const passphrase = 'vault passphrase 8f3a1c';
const password = 'operator password 77b0e2';
const exportPassphrase = 'export passphrase 51d9aa';
/** Names of the secrets that were used, and their values as they may lie in a file. */
const secrets = new Map<string, Buffer[]>();
const outputs: string[] = [];
let running: RunningConsole;

const asText = (text: string) => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
  Buffer.from(Buffer.from(text).toString('base64').replace(/=+$/, '')),
];

function secretFile(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** The secret number of a P-256 key, which every encoding of it holds in one piece. */
async function scalarOf(pem: string): Promise<Buffer[]> {
  const text = await opensslText('pkey', '-in', secretFile('key.pem', pem), '-text', '-noout');
  const hex =
    /priv:\s+([0-9a-f:\s]+?)\npub/
      .exec(text)?.[1]
      ?.replace(/[^0-9a-f]/g, '')
      .slice(-64) ?? '';
  expect(hex).toHaveLength(64);
  return [Buffer.from(hex, 'hex'), Buffer.from(hex)];
}

async function run(...args: string[]): Promise<string> {
  const ran = await runChancery(home, [...args, '--json'], {
    env: { CHANCERY_PASSPHRASE_FILE: join(folder, 'passphrase') },
  });
  if (ran.code !== 0) throw new Error(ran.stderr);
  outputs.push(ran.stderr);
  return ran.stdout;
}

beforeAll(async () => {
  const passphraseFile = secretFile('passphrase', passphrase);
  await run('init', '--vault', 'passphrase', '--passphrase-file', passphraseFile);
  await run('quickstart');
  const client = JSON.parse(
    await run('clients', 'create', '--name', 'Secret', '--realm', 'default', '--profile', 'tls-server'),
  );
  running = await startConsole(home);
  await run('vault', 'unlock', '--passphrase-file', passphraseFile);
  const ask = <T>(path: string, request: CurlRequest) => curl<T>(running, path, request);
  const token = (await askToken(running, client)).json.access_token;
  const headers = ['--header', 'Idempotency-Key: kept'];
  const issue = { token, json: { subject: { commonName: 'kept.example.com' } }, args: headers };
  const issued = await ask<Output<'certificates.issue'>>('/api/v1/certificates', issue);
  const recovery = { passphrase: exportPassphrase, reason: 'to look for it' };
  expect(
    (await ask(`/api/v1/certificates/${issued.json.id}/private-key`, { token, json: recovery })).status,
  ).toBe(200);

  // What goes wrong must not tell either: each secret is sent once to where it is refused.
  const refused: CurlAnswer<unknown>[] = [
    await askToken(running, { ...client, clientSecret: `${client.clientSecret}x` }),
    await ask('/api/v1/certificates', { token: client.clientSecret, json: {} }),
    await ask('/api/v1/certificates', { token: `${token}x`, json: {} }),
    await ask('/api/v1/sessions', { json: { name: 'ada', password } }),
    await ask('/api/v1/sessions', { json: { name: 'ada', password, passphrase } }),
    await ask('/api/v1/sessions', { json: { name: 'ada', password: { value: password } } }),
    await ask('/api/v1/vault/unlock', { json: { passphrase: `${passphrase}x` } }),
    await ask('/api/v1/operators', { token, json: { name: 'ada', role: 'administrator', password } }),
    await ask('/api/v1/certificates', { token, json: { csr: issued.json.privateKey } }),
    await ask('/api/v1/certificates', { token, json: { subject: {}, clientSecret: client.clientSecret } }),
  ];
  for (const { status, body } of refused) {
    expect(status).toBeGreaterThanOrEqual(400);
    outputs.push(body.toString());
  }
  await run(
    'operators',
    'create',
    '--name',
    'ada',
    '--role',
    'administrator',
    '--password-file',
    secretFile('password', password),
  );
  const session = await ask<{ token: string }>('/api/v1/sessions', { json: { name: 'ADA', password } });
  expect(session.status).toBe(201);
  secrets.set('passphrase of the vault', asText(passphrase));
  secrets.set('password of an operator', asText(password));
  secrets.set('passphrase of an export', asText(exportPassphrase));
  secrets.set('secret of a client', asText(client.clientSecret));
  secrets.set('access token', asText(token.split('.')[2] ?? ''));
  secrets.set('session token', asText(session.json.token));
  secrets.set('ticket', asText(running.ticket ?? 'no ticket was printed'));
  secrets.set('private key', await scalarOf(issued.json.privateKey ?? ''));
});

afterAll(async () => {
  await running?.stop();
});

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function findIn(content: Buffer): string[] {
  return [...secrets]
    .filter(([, forms]) => forms.some((form) => content.includes(form)))
    .map(([name]) => name);
}

describe('a secret that was used', () => {
  it('would be found if it lay somewhere', () => {
    for (const [name, [first]] of secrets)
      expect(findIn(Buffer.concat([Buffer.from('xx'), first ?? Buffer.alloc(0)]))).toContain(name);
    expect(secrets.size).toBe(8);
  });

  it('lies in no file of the data folder while it is served', () => {
    const served = Object.fromEntries(
      filesBelow(home).map((file) => [file.slice(home.length), findIn(readFileSync(file))]),
    );
    expect(Object.keys(served)).toEqual(
      expect.arrayContaining(['/chancery.db', '/chancery.db-wal', '/listener.json', '/tls/ca.pem']),
    );
    expect(Object.values(served).flat()).toEqual([]);
  });

  it('is in no audit event', () => {
    const events = auditEvents(home);
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'vault.unlocked',
        'client.created',
        'session.created',
        'token.refused',
        'certificate.private-key-recovered',
      ]),
    );
    expect(findIn(Buffer.from(JSON.stringify(events)))).toEqual([]);
  });

  it('is in no answer of a refusal, and in nothing that the console or the command line says beside its answer', () => {
    expect(findIn(Buffer.from(outputs.join('\n')))).toEqual([]);
    const said = running.output().replace(running.ticket ?? '', '');
    expect(findIn(Buffer.from(said))).toEqual([]);
    expect(said.split('\n').filter((line) => /error|warn|at .*\.ts/i.test(line))).toEqual([]);
  });

  it('no private key is stored in the clear: not one sealed key can be read as PKCS#8', () => {
    const keys = readRows<{ sealed: Buffer }>(home, 'select sealed from keys');
    expect(keys.length).toBeGreaterThan(4);
    // Version 0 of PKCS#8 and the algorithms that we use (RFC 5958), which no ciphertext holds by chance.
    const marks = [
      '020100301306072a8648ce3d0201',
      '020100300506032b6570',
      '020100300d06092a864886f70d010101',
    ];
    for (const { sealed } of keys)
      for (const mark of marks) expect(sealed.includes(Buffer.from(mark, 'hex'))).toBe(false);
  });
});

describe('the files of the data folder', () => {
  it.skipIf(process.platform === 'win32')(
    'are their owner’s alone, but for the CA certificate that anyone may have',
    () => {
      const mode = (name: string) => (statSync(join(home, name)).mode & 0o777).toString(8);
      expect([mode('.'), mode('tls'), mode('lock.db'), mode('listener.json'), mode('tls/ca.pem')]).toEqual([
        '700',
        '700',
        '600',
        '600',
        '644',
      ]);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'has the key of a vault in a file for its owner alone, whatever the umask',
    async () => {
      const own = join(folder, 'file-vault');
      const before = process.umask(0o000);
      try {
        expect((await runChancery(own, ['init', '--vault', 'file'])).code).toBe(0);
        const client = await newClientOf(own);
        expect(statSync(join(own, 'vault.key')).mode & 0o777).toBe(0o600);
        expect(statSync(own).mode & 0o777).toBe(0o700);
        expect(client).toMatch(/^chc_/);
      } finally {
        process.umask(before);
      }
      const key = readFileSync(join(own, 'vault.key'));
      const others = filesBelow(own).filter((file) => !file.endsWith('vault.key'));
      const raw = key.toString().trim();
      for (const file of others) {
        const content = readFileSync(file);
        expect(content.includes(Buffer.from(raw))).toBe(false);
        expect(content.includes(Buffer.from(raw, 'base64'))).toBe(false);
      }
    },
  );

  async function newClientOf(own: string): Promise<string> {
    await runChancery(own, ['quickstart']);
    return (await newClient(own, 'Test')).clientSecret;
  }
});
