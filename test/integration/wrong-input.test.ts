import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ErrorCode, errorCatalogue } from '../../src/shared/errors.ts';
import {
  askChancery,
  newClient,
  prepareHome,
  type RunningConsole,
  runChancery,
  startConsole,
} from '../support/chancery-process.ts';
import { askToken, type CurlRequest, curl } from '../support/curl.ts';
import { auditEvents, tableCounts } from '../support/database-reader.ts';
import { newCsr } from '../support/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('wrong');
const home = join(folder, 'home');
const policy = {
  subject: { mode: 'any' },
  subjectAltNames: { mode: 'rules', rules: [{ type: 'dns', allowed: ['**.other.example'] }] },
  keyUsages: { allowed: [], required: ['digitalSignature'] },
  extendedKeyUsages: { allowed: [], required: ['serverAuth'] },
  keyAlgorithms: ['ecdsa-p256'],
  maxValidity: 'P10Y',
};

let running: RunningConsole;
let client: { clientId: string; clientSecret: string };
let other: { id: string; clientId: string; clientSecret: string };
let token: string;
let otherToken: string;
let csr: string;
/** A certificate of the realm `other`. */
let foreignId: string;

beforeAll(async () => {
  client = await prepareHome(home);
  running = await startConsole(home);
  await askChancery(home, ['realms', 'create', '--slug', 'other']);
  const inOther = ['--realm', 'other', '--slug', 'others'];
  // This authority ends before its policy does, so that the issuer's own end is met.
  await askChancery(home, ['authorities', 'create', ...inOther, '--validity', '30d']);
  await askChancery(home, ['policies', 'create', ...inOther, '--definition', JSON.stringify(policy)]);
  const profile = ['--policy', 'others', '--issuer', 'others', '--default-validity', '1d'];
  await askChancery(home, ['profiles', 'create', ...inOther, ...profile]);
  other = await newClient(home, 'Other', 'other', 'others');
  token = (await askToken(running, client)).json.access_token;
  otherToken = (await askToken(running, other, 'other')).json.access_token;
  csr = (await newCsr('/CN=www.example.com', 'DNS:www.example.com')).pem;
  const issued = await curl<{ id: string }>(running, '/api/v1/certificates', {
    token: otherToken,
    json: { subject: { commonName: 'www.other.example' } },
  });
  expect(issued.status).toBe(201);
  foreignId = issued.json.id;
});

afterAll(async () => {
  await running?.stop();
});

/** What the data is, without the audit record. */
const state = () => tableCounts(home);

/** The audit events that the work left, and nothing else was left. */
async function onlyEvents(work: () => Promise<void>) {
  const [before, leaves] = [state(), auditEvents(home).length];
  await work();
  expect(state()).toEqual(before);
  return auditEvents(home).slice(leaves);
}

const issue = (request: CurlRequest) =>
  curl(running, '/api/v1/certificates', { token, method: 'POST', ...request });
const withFields = (fields: object) => () => issue({ json: fields });
const named = (...names: [type: string, value: string][]) =>
  withFields({ subject: {}, subjectAltNames: names.map(([type, value]) => ({ type, value })) });

/** The same request with one byte of it changed: the sixth from the end lies in the signature. */
function changed(pem: string, fromEnd: number): string {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  der[der.length - fromEnd] = (der[der.length - fromEnd] ?? 0) ^ 1;
  return `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
}

describe('a request that asks for what it must not get', () => {
  it.each<[name: string, code: ErrorCode, ask: () => ReturnType<typeof issue>]>([
    ['a request with a broken signature', 'INVALID_CSR', () => issue({ json: { csr: changed(csr, 6) } })],
    [
      'a request whose names were altered after it was signed',
      'INVALID_CSR',
      () => {
        const der = Buffer.from(csr.replace(/-----[^-]+-----|\s/g, ''), 'base64');
        const at = der.indexOf('www.example.com');
        der.write('xxx', at);
        const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
        return issue({ json: { csr: pem } });
      },
    ],
    ['a request that is no PEM', 'INVALID_CSR', withFields({ csr: 'hello' })],
    ['an empty request', 'INVALID_CSR', withFields({ csr: '' })],
    [
      'a certificate in the place of a request',
      'INVALID_CSR',
      withFields({ csr: '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----' }),
    ],
    ['an email address under tls-server', 'POLICY_VIOLATION', named(['email', 'a@example.com'])],
    ['a URI under tls-server', 'POLICY_VIOLATION', named(['uri', 'https://example.com/'])],
    ['a UPN under tls-server', 'POLICY_VIOLATION', named(['upn', 'a@example.com'])],
    [
      'one wrong name among good ones',
      'POLICY_VIOLATION',
      named(['dns', 'a.example'], ['email', 'a@a.example']),
    ],
    ['a wildcard', 'POLICY_VIOLATION', named(['dns', '*.example.com'])],
    [
      'a wildcard in the common name',
      'POLICY_VIOLATION',
      withFields({ subject: { commonName: '*.example.com' } }),
    ],
    ['a NUL within a name', 'POLICY_VIOLATION', named(['dns', 'www.example.com\0.evil.example'])],
    ['a line break within a name', 'POLICY_VIOLATION', named(['dns', 'www.example.com\n.evil.example'])],
    ['a space within a name', 'POLICY_VIOLATION', named(['dns', 'www.example .com'])],
    ['an underscore in a name', 'POLICY_VIOLATION', named(['dns', 'a_b.example.com'])],
    ['a label of 64 characters', 'POLICY_VIOLATION', named(['dns', `${'a'.repeat(64)}.example`])],
    ['an address with leading zeros', 'POLICY_VIOLATION', named(['ip', '010.0.0.1'])],
    ['an address with a prefix length', 'POLICY_VIOLATION', named(['ip', '10.0.0.0/8'])],
    ['an address in the place of a name', 'POLICY_VIOLATION', named(['dns', '10.0.0.1'])],
    ['nobody', 'POLICY_VIOLATION', withFields({ subject: {} })],
    [
      'a validity beyond the policy',
      'POLICY_VIOLATION',
      withFields({ csr: undefined, subject: { commonName: 'a.example' }, validity: '399d' }),
    ],
    [
      'a validity of calendar years beyond the policy',
      'POLICY_VIOLATION',
      withFields({ subject: { commonName: 'a.example' }, validity: 'P2Y' }),
    ],
    [
      'a validity that is none',
      'INVALID_INPUT',
      withFields({ subject: { commonName: 'a.example' }, validity: 'for ever' }),
    ],
    [
      'a validity of nothing',
      'INVALID_INPUT',
      withFields({ subject: { commonName: 'a.example' }, validity: 'P0D' }),
    ],
    [
      'a validity that goes back',
      'INVALID_INPUT',
      withFields({ subject: { commonName: 'a.example' }, validity: '-90d' }),
    ],
    [
      'a field that there is not',
      'INVALID_INPUT',
      withFields({ subject: { commonName: 'a.example' }, isCa: true }),
    ],
    [
      'a subject attribute that there is not',
      'INVALID_INPUT',
      withFields({ subject: { commonName: 'a.example', title: 'Dr' } }),
    ],
    [
      'a prototype in the place of a subject',
      'INVALID_INPUT',
      () => issue({ input: '{"subject":{"__proto__":{"commonName":"a.example"},"x":1}}', args: json() }),
    ],
    ['a number in the place of a name', 'INVALID_INPUT', withFields({ subject: { commonName: 5 } })],
    [
      'a profile that there is not',
      'NOT_FOUND',
      withFields({ profile: 'no-such', subject: { commonName: 'a.example' } }),
    ],
    [
      'an end entity that there is not',
      'NOT_FOUND',
      withFields({
        endEntityId: '01a20065-db37-795e-bb91-81fbd69184a2',
        subject: { commonName: 'a.example' },
      }),
    ],
  ])('%s', async (_, code, ask) => {
    const events = await onlyEvents(async () => {
      const answer = await ask();
      expect([answer.json.code, answer.status]).toEqual([code, errorCatalogue[code].status]);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    });
    expect(events).toMatchObject([
      { type: 'certificate.issued', outcome: 'failure', actor: { name: client.clientId }, detail: { code } },
    ]);
  });

  it('issues a name with a final dot without it, as names are in certificates', async () => {
    const answer = await issue({
      json: { subject: {}, subjectAltNames: [{ type: 'dns', value: 'dot.example.com.' }] },
    });
    if (answer.status === 201) {
      const found = await curl<{ items: { subjectAltNames: object[] }[] }>(
        running,
        '/api/v1/certificates?search=dot.example',
        { token },
      );
      expect(found.json.items[0]?.subjectAltNames).toEqual([{ type: 'dns', value: 'dot.example.com' }]);
    } else expect([answer.status, answer.json.code]).toEqual([422, 'POLICY_VIOLATION']);
  });

  it('takes a Cyrillic letter that looks Latin for what it is, not for the name that it looks like', async () => {
    const lookalike = { type: 'dns', value: 'www.\u043ether.example' };
    await onlyEvents(async () => {
      const answer = await issue({ token: otherToken, json: { subject: {}, subjectAltNames: [lookalike] } });
      expect([answer.status, answer.json.code]).toEqual([422, 'POLICY_VIOLATION']);
    });
    const allowed = await issue({ json: { subject: {}, subjectAltNames: [lookalike] } });
    expect(allowed.status).toBe(201);
    const list = '/api/v1/certificates?search=xn--ther-45d';
    expect((await curl<{ total: number }>(running, list, { token })).json.total).toBe(1);
  });

  it('a validity beyond its issuer, which the policy would allow', async () => {
    const events = await onlyEvents(async () => {
      const answer = await issue({
        token: otherToken,
        json: { subject: { commonName: 'a.other.example' }, validity: '60d' },
      });
      expect([answer.status, answer.json.code, answer.json.detail]).toEqual([
        422,
        'POLICY_VIOLATION',
        expect.stringContaining('issuer'),
      ]);
    });
    expect(events).toMatchObject([
      { outcome: 'failure', detail: { code: 'POLICY_VIOLATION', rules: ['validity.issuer'] } },
    ]);
  });
});

function json(type = 'application/json'): string[] {
  return ['--header', `Content-Type: ${type}`, '--data-binary', '@-'];
}

describe('a body that cannot be read', () => {
  const tenMegabytes = `{"csr":"${'A'.repeat(10_000_000)}"}`;
  it.each<[name: string, code: ErrorCode, request: CurlRequest]>([
    ['10 MB with a length', 'BODY_TOO_LARGE', { input: tenMegabytes, args: json() }],
    [
      '10 MB in chunks',
      'BODY_TOO_LARGE',
      { input: tenMegabytes, args: ['--header', 'Transfer-Encoding: chunked', ...json()] },
    ],
    ['broken JSON', 'MALFORMED_BODY', { input: '{"csr":', args: json() }],
    [
      'JSON nested too deep',
      'MALFORMED_BODY',
      { input: `{"subject":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, args: json() },
    ],
    ['a list in the place of an object', 'MALFORMED_BODY', { input: '[]', args: json() }],
    [
      'bytes that are no UTF-8',
      'MALFORMED_BODY',
      { input: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), args: json() },
    ],
    [
      'a form',
      'UNSUPPORTED_MEDIA_TYPE',
      { input: 'profile=tls-server', args: json('application/x-www-form-urlencoded') },
    ],
    [
      'text that a page may send without asking first',
      'UNSUPPORTED_MEDIA_TYPE',
      { input: '{}', args: json('text/plain') },
    ],
    [
      'an Idempotency-Key with a control character',
      'INVALID_INPUT',
      { input: '{}', args: ['--header', `Idempotency-Key: ${'k'.repeat(256)}`, ...json()] },
    ],
  ])('%s', async (_, code, request) => {
    const events = await onlyEvents(async () => {
      const answer = await issue(request);
      expect([answer.json.code, answer.status]).toEqual([code, errorCatalogue[code].status]);
    });
    expect(events).toMatchObject([{ type: 'certificate.issued', outcome: 'failure', detail: { code } }]);
  });
});

describe('a caller who is not who they say', () => {
  const refuse = async (request: CurlRequest, code: ErrorCode, path = '/api/v1/certificates') => {
    const events = await onlyEvents(async () => {
      const answer = await curl(running, path, { json: { csr }, ...request });
      expect([answer.json.code, answer.status]).toEqual([code, errorCatalogue[code].status]);
    });
    return events;
  };

  it('nobody, by any path, leaves no event, so that nobody can fill the record', async () => {
    expect(await refuse({}, 'UNAUTHENTICATED')).toEqual([]);
  });

  it.each([
    ['a token with another signature', () => `${token.slice(0, -4)}AAAA`],
    [
      'a token with no signature and alg none',
      () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`,
    ],
    ['a token whose realm was altered', () => altered({ realm: 'other' })],
    ['a token whose end was altered', () => altered({ exp: 4_000_000_000 })],
    ['a session that there is not', () => 'chs_nobody'],
    ['the secret itself', () => client.clientSecret],
    ['no token at all', () => 'x'],
  ])('%s', async (_, forged) => {
    await refuse({ token: forged() }, 'TOKEN_INVALID');
  });

  function altered(claims: object): string {
    const [head, body = '', signature] = token.split('.');
    const all = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), ...claims };
    return [head, Buffer.from(JSON.stringify(all)).toString('base64url'), signature].join('.');
  }

  it('a wrong secret, an unknown client and another realm get one and the same answer, each with its event', async () => {
    const answers: unknown[] = [];
    const events = await onlyEvents(async () => {
      for (const [wrong, realm] of [
        [{ ...client, clientSecret: 'chc_wrong' }, 'default'],
        [{ clientId: 'nobody', clientSecret: 'chc_wrong' }, 'default'],
        [client, 'other'],
      ] as const) {
        const { status, json: problem, headers } = await askToken(running, wrong, realm);
        answers.push([status, problem, headers['www-authenticate']]);
      }
    });
    expect(answers[0]).toMatchObject([401, { error: 'invalid_client' }, expect.stringContaining('Basic')]);
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(events.map(({ type, outcome, detail }) => [type, outcome, detail.clientId])).toEqual([
      ['token.refused', 'failure', client.clientId],
      ['token.refused', 'failure', 'nobody'],
      ['token.refused', 'failure', client.clientId],
    ]);
  });

  it('is slowed down after a few wrong secrets, while the one who knows is not', async () => {
    const guess = { clientId: 'guessed', clientSecret: 'x' };
    const statuses: number[] = [];
    for (let tries = 0; tries < 6; tries += 1) statuses.push((await askToken(running, guess)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await askToken(running, client)).status).toBe(200);
  });

  it('a realm that there is not, and the built-in one, have no token endpoint', async () => {
    for (const realm of ['no-such', 'system'])
      expect((await askToken(running, client, realm)).status).toBe(404);
  });
});

describe('a token of another realm', () => {
  it.each<[name: string, path: string, request: CurlRequest]>([
    ['sees no certificate of it', '', {}],
    ['cannot revoke it', '/revoke', { json: {} }],
    ['cannot renew it', '/renew', { json: {} }],
    ['cannot export it', '/export', { json: {} }],
    ['cannot have its key', '/private-key', { json: { passphrase: 'long enough', reason: 'because' } }],
  ])('%s', async (_, path, request) => {
    await onlyEvents(async () => {
      const answer = await curl(running, `/api/v1/certificates/${foreignId}${path}`, { token, ...request });
      expect([answer.status, answer.json.code]).toEqual([404, 'NOT_FOUND']);
    });
  });

  it.each([
    ['certificates', '?search=other.example'],
    ['certificates', '?authority=others'],
    ['authorities', '?search=others'],
    ['profiles', '?search=others'],
    ['end-entities', '?search=other.example'],
    ['clients', '?search=other'],
    ['realms', '?search=other'],
  ])('finds nothing of it in the list of %s%s', async (area, query) => {
    const answer = await curl<{ items: object[] }>(running, `/api/v1/${area}${query}`, { token });
    expect([answer.status, answer.json.items]).toEqual([200, []]);
  });

  it.each([
    ['certificates?realm=other', {}],
    ['authorities/others', {}],
    ['authorities/others/crl', {}],
    ['end-entities', { json: { realm: 'other', commonName: 'x' } }],
    ['certificates', { json: { profile: 'others', subject: { commonName: 'a.other.example' } } }],
    [
      'certificates',
      { json: { profile: 'others', realm: 'other', subject: { commonName: 'a.other.example' } } },
    ],
    [
      'certificates',
      { json: { profile: 'tls-server', realm: 'other', subject: { commonName: 'a.example' } } },
    ],
  ])('is told that there is no %s', async (path, request: CurlRequest) => {
    await onlyEvents(async () => {
      const answer = await curl(running, `/api/v1/${path}`, { token, ...request });
      expect([answer.status, answer.json.code]).toEqual([404, 'NOT_FOUND']);
      // Not even the words of the refusal tell what the other realm has.
      expect(JSON.stringify(answer.json).replaceAll('others', '')).not.toContain('other.example');
    });
  });
});

describe('a token whose time is over', () => {
  it('ends with its lifetime', async () => {
    await askChancery(home, ['settings', 'set', 'tokens.lifetimeSeconds', '1']);
    const short = (await askToken(running, client)).json.access_token;
    await askChancery(home, ['settings', 'set', 'tokens.lifetimeSeconds', '300']);
    await sleep(2_100);
    await onlyEvents(async () => {
      const answer = await curl(running, '/api/v1/certificates', { token: short, json: { csr } });
      expect([answer.status, answer.json.code]).toEqual([401, 'TOKEN_EXPIRED']);
      expect(answer.headers['www-authenticate']).toContain('invalid_token');
    });
  });

  it('ends with a reset of the secret, as the old secret does, and the new one works at once', async () => {
    const { id, ...kept } = await newClient(home, 'Reset');
    const before = (await askToken(running, kept)).json.access_token;
    const fresh = await askChancery<typeof kept>(home, ['clients', 'reset-secret', id]);
    const after = (await askToken(running, fresh)).json.access_token;
    const list = async (one: string) =>
      (await curl(running, '/api/v1/certificates', { token: one })).json.code;
    expect([await list(before), await list(after)]).toEqual(['TOKEN_INVALID', undefined]);
    expect((await askToken(running, kept)).status).toBe(401);
  });

  it('ends when its client is deleted', async () => {
    const { id, ...kept } = await newClient(home, 'Gone');
    const held = (await askToken(running, kept)).json.access_token;
    await askChancery(home, ['clients', 'delete', id]);
    expect((await curl(running, '/api/v1/certificates', { token: held })).json.code).toBe('TOKEN_INVALID');
  });
});

describe('a request from the wrong place', () => {
  it.each([
    ['a host that is not ours', 'MISDIRECTED', ['--header', 'Host: evil.example']],
    ['our host with another port', 'MISDIRECTED', ['--header', 'Host: 127.0.0.1:1']],
    ['a page of another origin', 'ORIGIN_REFUSED', ['--header', 'Origin: https://evil.example']],
    ['a page without an origin', 'ORIGIN_REFUSED', ['--header', 'Origin: null']],
    [
      'a page that the browser calls cross-site',
      'ORIGIN_REFUSED',
      ['--header', 'Sec-Fetch-Site: cross-site'],
    ],
  ] as const)('%s', async (_, code, args) => {
    await onlyEvents(async () => {
      const answer = await issue({ json: { subject: { commonName: 'a.example' } }, args });
      expect([answer.json.code, answer.status]).toEqual([code, errorCatalogue[code].status]);
    });
  });

  it('is not answered in plain HTTP', async () => {
    const url = running.url.replace('https:', 'http:');
    await expect(curl({ ...running, url }, '/healthz')).rejects.toThrow(/curl ended with/);
  });
});

describe('the command line', () => {
  const certificate = ['certificates', 'issue', '--profile', 'tls-server', '--json'];
  const inFile = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  it.each<[name: string, exit: number, code: ErrorCode | null, args: () => string[]]>([
    [
      'a broken request',
      2,
      'INVALID_CSR',
      () => [...certificate, '--csr', inFile('broken.csr', changed(csr, 6))],
    ],
    [
      'a name outside the policy',
      4,
      'POLICY_VIOLATION',
      () => [...certificate, '--san', 'email:a@example.com'],
    ],
    [
      'a validity beyond the policy',
      4,
      'POLICY_VIOLATION',
      () => [...certificate, '--san', 'dns:a.example', '--validity', '10y'],
    ],
    [
      'a profile that there is not',
      1,
      'NOT_FOUND',
      () => ['certificates', 'issue', '--json', '--profile', 'none', '--san', 'dns:a.example'],
    ],
    [
      'a certificate that there is not',
      1,
      'NOT_FOUND',
      () => ['certificates', 'show', '01a20065-db37-795e-bb91-81fbd69184a2', '--json'],
    ],
    ['an id that is none', 2, 'INVALID_INPUT', () => ['certificates', 'show', 'x', '--json']],
    ['a flag that there is not', 2, 'INVALID_INPUT', () => [...certificate, '--no-such-flag', 'x']],
    ['a file that there is not', 2, 'INVALID_INPUT', () => [...certificate, '--csr', join(folder, 'none')]],
    ['a second vault', 1, 'ALREADY_EXISTS', () => ['init', '--vault', 'file', '--json']],
    [
      'a setting that cannot be',
      2,
      'INVALID_INPUT',
      () => ['settings', 'set', 'tokens.lifetimeSeconds', '0', '--json'],
    ],
  ])('ends as it should with %s', async (_, exit, code, args) => {
    await onlyEvents(async () => {
      const ran = await runChancery(home, args());
      expect([ran.code, ran.stdout]).toEqual([exit, '']);
      expect(JSON.parse(ran.stderr).code).toBe(code);
    });
  });

  it('refuses a token with exit code 4', async () => {
    const ran = await runChancery(home, ['certificates', 'list', '--json'], {
      env: { CHANCERY_TOKEN: 'chs_x' },
    });
    expect([ran.code, JSON.parse(ran.stderr).code]).toEqual([4, 'TOKEN_INVALID']);
  });

  it('is refused a data folder that is served already, and told by whom', async () => {
    await onlyEvents(async () => {
      const ran = await runChancery(home, ['serve', '--port', '0', '--json']);
      const problem = JSON.parse(ran.stderr);
      expect([ran.code, problem.code, problem.pid]).toEqual([1, 'DATA_FOLDER_IN_USE', running.pid]);
    });
    expect((await curl(running, '/healthz')).status).toBe(200);
  });
});

describe('a vault that is not open', () => {
  it('answers NOT_INITIALISED where there is none, at the listener and at the command line', async () => {
    const empty = join(folder, 'empty');
    const bare = await runChancery(empty, ['certificates', 'list', '--json']);
    expect([bare.code, JSON.parse(bare.stderr).code]).toEqual([1, 'NOT_INITIALISED']);
    const console = await startConsole(empty);
    try {
      const answer = await curl(console, '/api/v1/certificates');
      expect([answer.status, answer.json.code]).toEqual([409, 'NOT_INITIALISED']);
      expect((await curl<{ status: string }>(console, '/healthz')).json.status).toBe('uninitialised');
      expect(auditEvents(empty)).toEqual([]);
    } finally {
      await console.stop();
    }
  });

  it('answers LOCKED while it is locked, exit code 3, and serves CRLs all the same', async () => {
    const locked = join(folder, 'locked');
    const passphraseFile = inLocked('passphrase', 'correct horse battery staple\n');
    const ask = (args: string[]) => runChancery(locked, [...args, '--json']);
    await ask(['init', '--vault', 'passphrase', '--passphrase-file', passphraseFile]);
    await ask(['quickstart', '--passphrase-file', passphraseFile]);
    const made = await ask([
      'clients',
      'create',
      '--name',
      'X',
      '--realm',
      'default',
      '--passphrase-file',
      passphraseFile,
    ]);
    const console = await startConsole(locked);
    try {
      const before = tableCounts(locked);
      const answer = await curl(console, '/api/v1/certificates', { json: { csr } });
      expect([answer.status, answer.json.code]).toEqual([503, 'LOCKED']);
      const refused = await askToken(console, JSON.parse(made.stdout));
      expect([refused.status, refused.json.error]).toEqual([503, 'temporarily_unavailable']);
      expect((await curl(console, '/crl/issuing.crl')).status).toBe(200);
      const listed = await ask(['certificates', 'list']);
      expect([listed.code, JSON.parse(listed.stderr).code]).toEqual([3, 'LOCKED']);
      const wrong = await ask([
        'vault',
        'unlock',
        '--passphrase-file',
        inLocked('wrong', 'not the passphrase'),
      ]);
      expect([wrong.code, JSON.parse(wrong.stderr).code]).toEqual([4, 'WRONG_CREDENTIALS']);
      expect(tableCounts(locked)).toEqual(before);
      expect(auditEvents(locked).at(-1)).toMatchObject({ type: 'vault.unlocked', outcome: 'failure' });
      expect((await ask(['vault', 'unlock', '--passphrase-file', passphraseFile])).code).toBe(0);
      expect((await askToken(console, JSON.parse(made.stdout))).status).toBe(200);
    } finally {
      await console.stop();
    }
  });

  function inLocked(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }
});
