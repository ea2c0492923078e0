import { describe, expect, it } from 'vitest';
import { createHandler } from '../../../../src/main/http/app.ts';
import { ChanceryError } from '../../../../src/shared/errors.ts';
import { administrator, listenerDoor, portsForTest } from './ports-for-test.ts';

const client = {
  id: '019aa000-0000-7000-8000-0000000000aa',
  clientId: 'client-1',
  name: 'ci',
  realms: ['default'],
  defaultProfile: null,
  enabled: true,
  active: true,
  createdAt: '2026-01-01T00:00:00Z',
  lastUsedAt: null,
  role: null,
  passwordGrant: false,
  secrets: [],
  certificates: [],
};
const options = { staticFolder: null, version: '1.2.3' };

interface Sent {
  readonly method?: string;
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
  readonly body?: string | ReadableStream<Uint8Array>;
}

function request(path: string, { method = 'GET', token = 'admin', headers = {}, body }: Sent = {}): Request {
  const all = new Headers(headers);
  if (token !== null) all.set('authorization', `Bearer ${token}`);
  if (body !== undefined && !all.has('content-type')) all.set('content-type', 'application/json');
  return new Request(`https://127.0.0.1:8443${path}`, {
    method,
    headers: all,
    ...(body !== undefined && { body, duplex: 'half' }),
  } as RequestInit);
}

function handlerFor(...ports: Parameters<typeof portsForTest>) {
  const made = portsForTest(...ports);
  const handle = createHandler(made, options);
  return { ports: made, send: (path: string, sent?: Sent) => handle(request(path, sent), listenerDoor) };
}

const creating = {
  'clients.create': async (input: { name: string }) => ({
    ...client,
    name: input.name,
    clientSecret: 'shown-once',
  }),
};

describe('an operation over the handler', () => {
  it('answers with the status of the operation and the security headers', async () => {
    const { send } = handlerFor(creating);
    const answer = await send('/api/v1/clients', { method: 'POST', body: '{"name":"ci"}' });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ name: 'ci', clientSecret: 'shown-once' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('strict-transport-security')).toBeNull();
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('hands the validated input with its defaults to the handler', async () => {
    const seen: unknown[] = [];
    const { send } = handlerFor({
      'clients.list': async (input) => {
        seen.push(input);
        return { items: [], nextCursor: null, total: 0, totalIsCapped: false };
      },
    });
    await send('/api/v1/clients?limit=7&search=a%20b');
    await send('/api/v1/clients');
    expect(seen).toEqual([{ limit: 7, search: 'a b' }, { limit: 50 }]);
  });

  it('names every violation with pointer and rule, and refuses unknown fields', async () => {
    const { send, ports } = handlerFor(creating);
    const answer = await send('/api/v1/clients', {
      method: 'POST',
      body: '{"name":"","realms":["a",1],"nmae":1}',
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const problem = await answer.json();
    expect(problem).toMatchObject({
      type: 'urn:chancery:error:INVALID_INPUT',
      status: 400,
      code: 'INVALID_INPUT',
    });
    expect(problem.instance).toBe(`urn:uuid:${answer.headers.get('x-request-id')}`);
    const found = problem.violations.map(
      (one: { pointer: string; rule: string }) => `${one.pointer} ${one.rule}`,
    );
    expect(found).toEqual(expect.arrayContaining(['/name min', '/realms/1 type', '/nmae unknownField']));
    expect(ports.failures).toEqual(['clients.create ada INVALID_INPUT']);
  });

  it('refuses a path field that is given in the body as well', async () => {
    const { send } = handlerFor();
    const answer = await send(`/api/v1/clients/${client.id}/reset-secret`, {
      method: 'POST',
      body: `{"id":"${client.id}"}`,
    });
    expect(await answer.json()).toMatchObject({ violations: [{ pointer: '/id', rule: 'unknownField' }] });
  });

  it('answers a conditional GET with 304 and no body', async () => {
    const { send } = handlerFor({
      'clients.list': async () => ({ items: [client], nextCursor: null, total: 1, totalIsCapped: false }),
    });
    const first = await send('/api/v1/clients');
    const tag = first.headers.get('etag') as string;
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    const second = await send('/api/v1/clients', { headers: { 'if-none-match': `"other", W/${tag}` } });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
  });

  it('answers HEAD like GET without a body', async () => {
    const { send } = handlerFor({
      'clients.list': async () => ({ items: [], nextCursor: null, total: 0, totalIsCapped: false }),
    });
    const answer = await send('/api/v1/clients', { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(answer.headers.get('etag')).not.toBeNull();
  });

  it('says which methods a path has', async () => {
    const { send } = handlerFor();
    const answer = await send('/api/v1/clients', { method: 'PUT', body: '{}' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
    expect((await send('/api/v1/nothing')).status).toBe(404);
  });

  it('turns what nobody threw on purpose into INTERNAL and tells its message to the log alone', async () => {
    const { send, ports } = handlerFor({
      'clients.list': async () => {
        throw new Error('SQLITE_CORRUPT at /home/ada');
      },
    });
    const answer = await send('/api/v1/clients');
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toContain('SQLITE');
    expect(ports.lines.join()).toContain('SQLITE_CORRUPT');
    expect(ports.lines.join()).toContain(answer.headers.get('x-request-id'));
  });

  it('checks an answer against the output schema where that is asked for', async () => {
    const broken = { items: [{}], nextCursor: null, total: 1, totalIsCapped: false } as never;
    const { send } = handlerFor({ 'clients.list': async () => broken });
    expect((await send('/api/v1/clients')).status).toBe(500);
  });
});

describe('who may call', () => {
  it.each([
    ['no token', null, 401, 'UNAUTHENTICATED', 'Bearer realm="chancery"'],
    ['an expired token', 'expired', 401, 'TOKEN_EXPIRED', 'error="invalid_token"'],
    ['an unknown token', 'what', 401, 'TOKEN_INVALID', 'error="invalid_token"'],
    ['a token without the permission', 'reader', 403, 'FORBIDDEN', null],
  ])('%s is refused', async (_, token, status, code, challenge) => {
    const { send } = handlerFor();
    const answer = await send('/api/v1/clients', { method: 'POST', token, body: '{"name":"x"}' });
    expect(answer.status).toBe(status);
    expect((await answer.json()).code).toBe(code);
    if (challenge === null) expect(answer.headers.get('www-authenticate')).toBeNull();
    else expect(answer.headers.get('www-authenticate')).toContain(challenge);
  });

  it('refuses two Authorization headers and other schemes, and takes the scheme in any case', async () => {
    const { send } = handlerFor({
      'clients.list': async () => ({ items: [], nextCursor: null, total: 0, totalIsCapped: false }),
    });
    const using = (authorization: string) =>
      send('/api/v1/clients', { token: null, headers: { authorization } });
    expect((await using('Bearer admin, Bearer reader')).status).toBe(400);
    expect((await using('Basic YTpi')).status).toBe(401);
    expect((await using('bEARER admin')).status).toBe(200);
  });

  it('records the refusal of a change by somebody known, and of a public sign-in', async () => {
    const { send, ports } = handlerFor({
      'sessions.create': async () => {
        throw new ChanceryError({ code: 'WRONG_CREDENTIALS', detail: 'Name or password is wrong.' });
      },
    });
    await send('/api/v1/clients', { method: 'POST', token: 'reader', body: '{"name":"x"}' });
    await send('/api/v1/clients', { method: 'POST', token: null, body: '{"name":"x"}' });
    await send('/api/v1/sessions', { method: 'POST', token: null, body: '{"name":"x","password":"y"}' });
    expect(ports.failures).toEqual([
      'clients.create rita FORBIDDEN',
      'sessions.create nobody WRONG_CREDENTIALS',
    ]);
  });

  it('refuses while the vault is locked, save what may be called then', async () => {
    const health = async () => ({ status: 'locked' as const, version: '1' });
    const { send } = handlerFor({ 'system.health': health }, { vaultState: () => 'locked' });
    const refused = await send('/api/v1/clients');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
    expect((await send('/api/v1/health', { token: null })).status).toBe(200);
  });

  it('passes on when to come back', async () => {
    const { send } = handlerFor({
      'sessions.create': async () => {
        throw new ChanceryError({
          code: 'RATE_LIMITED',
          detail: 'Too many attempts.',
          data: { retryAfterSeconds: 12.2 },
        });
      },
    });
    const answer = await send('/api/v1/sessions', {
      method: 'POST',
      token: null,
      body: '{"name":"x","password":"y"}',
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '13']);
  });
});

describe('pages of other origins', () => {
  it.each([
    ['https://127.0.0.1:8443', undefined, 201],
    ['https://evil.example', undefined, 403],
    ['https://127.0.0.1:9443', undefined, 403],
    ['null', undefined, 403],
    ['chancery://app', undefined, 403],
    [undefined, 'cross-site', 403],
    [undefined, 'same-origin', 201],
    [undefined, undefined, 201],
  ])('Origin %s with Sec-Fetch-Site %s is answered %i', async (origin, site, status) => {
    const { send } = handlerFor(creating);
    const headers = { ...(origin && { origin }), ...(site && { 'sec-fetch-site': site }) };
    expect((await send('/api/v1/clients', { method: 'POST', headers, body: '{"name":"ci"}' })).status).toBe(
      status,
    );
  });

  it('the window of the desktop has an origin of its own', async () => {
    const handle = createHandler(portsForTest(creating), options);
    const from = (origin: string) =>
      handle(request('/api/v1/clients', { method: 'POST', headers: { origin }, body: '{"name":"ci"}' }), {
        ...listenerDoor,
        kind: 'desktop',
      });
    expect((await from('chancery://app')).status).toBe(201);
    expect((await from('https://127.0.0.1:8443')).status).toBe(403);
  });
});

describe('bodies', () => {
  const post = (body: Sent['body'], headers: Record<string, string> = {}) =>
    handlerFor(creating).send('/api/v1/clients', {
      method: 'POST',
      headers,
      ...(body !== undefined && { body }),
    });

  it('stops reading at 1 MiB, also where no length was announced', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
    });
    const answer = await post(endless);
    expect(answer.status).toBe(413);
    expect(pulled).toBeLessThan(25);
  });

  it('says where broken JSON breaks, without repeating it', async () => {
    const answer = await post('{\n  "name": "s3cret",\n  "realms": [1,]\n}');
    expect(answer.status).toBe(400);
    const problem = await answer.json();
    expect(problem).toMatchObject({ code: 'MALFORMED_BODY', line: 3, column: 16 });
    expect(JSON.stringify(problem)).not.toContain('s3cret');
  });

  it.each([
    ['nested too deep', `{"name":${'['.repeat(40)}${']'.repeat(40)}}`, {}, 400, 'MALFORMED_BODY'],
    ['an array', '[]', {}, 400, 'MALFORMED_BODY'],
    [
      'a form',
      'name=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'another charset',
      '{}',
      { 'content-type': 'application/json; charset=latin1' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a compressed one', '{}', { 'content-encoding': 'gzip' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['none at all', undefined, {}, 400, 'INVALID_INPUT'],
  ])('%s is refused', async (_, body, headers, status, code) => {
    const answer = await post(body, headers as Record<string, string>);
    expect([answer.status, (await answer.json()).code]).toEqual([status, code]);
  });
});

describe('Idempotency-Key', () => {
  it('gives key and fingerprint to the service, and replays what it kept', async () => {
    const kept = new Map<string, unknown>();
    let calls = 0;
    const { send } = handlerFor(
      {
        'clients.create': async (input, context) => {
          calls += 1;
          const output = { ...client, name: input.name, clientSecret: `secret-${calls}` };
          if (context.idempotency)
            kept.set(`${context.idempotency.key} ${context.idempotency.fingerprint}`, output);
          return output;
        },
      },
      {
        idempotency: {
          find: async (principal, { key, fingerprint }) => {
            expect(principal.id).toBe(administrator.id);
            const output = kept.get(`${key} ${fingerprint}`);
            return output === undefined ? undefined : { output };
          },
          keep: async (principal, { key, fingerprint }, output) => {
            expect([principal.id, output]).toEqual([administrator.id, kept.get(`${key} ${fingerprint}`)]);
          },
        },
      },
    );
    const create = (body: string) =>
      send('/api/v1/clients', { method: 'POST', headers: { 'idempotency-key': 'k1' }, body });
    const first = await create('{"name":"a","realms":[]}');
    const second = await create('{ "realms": [], "name": "a" }');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect([second.status, await second.text()]).toEqual([201, await first.text()]);
    expect(calls).toBe(1);
  });

  it('refuses a second request while the first still runs', async () => {
    let release = () => {};
    const running = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { send } = handlerFor({
      'clients.create': async (input) => {
        await running;
        return { ...client, name: input.name, clientSecret: 's' };
      },
    });
    const create = (name: string) =>
      send('/api/v1/clients', {
        method: 'POST',
        headers: { 'idempotency-key': 'k1' },
        body: `{"name":"${name}"}`,
      });
    const first = create('a');
    const second = await create('a');
    const other = await create('b');
    release();
    expect([second.status, (await second.json()).code]).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS']);
    expect((await other.json()).code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await first).status).toBe(201);
    expect((await create('b')).status).toBe(201);
  });

  it('refuses keys that are too long', async () => {
    const answer = await handlerFor(creating).send('/api/v1/clients', {
      method: 'POST',
      headers: { 'idempotency-key': 'x'.repeat(256) },
      body: '{"name":"a"}',
    });
    expect(answer.status).toBe(400);
  });
});

describe('files as answers', () => {
  const file = {
    fileName: '../naïve "x".pem',
    mediaType: 'application/x-pem-file',
    contentBase64: Buffer.from('PEM').toString('base64'),
  };
  const exporting = { 'certificates.export': async () => file };
  const path = `/api/v1/certificates/${client.id}/export`;

  it('are JSON, or the bare bytes where Accept names their type', async () => {
    const { send } = handlerFor(exporting);
    expect(
      await (await send(path, { method: 'POST', body: '{}', headers: { accept: '*/*' } })).json(),
    ).toEqual(file);
    for (const accept of ['application/x-pem-file', 'text/html, application/octet-stream;q=0.5']) {
      const answer = await send(path, { method: 'POST', body: '{}', headers: { accept } });
      expect(await answer.text()).toBe('PEM');
      expect(answer.headers.get('content-type')).toBe('application/x-pem-file');
      expect(answer.headers.get('content-disposition')).toBe(
        'attachment; filename="__na_ve _x_.pem"; filename*=UTF-8\'\'__na%C3%AFve%20_x_.pem',
      );
    }
  });
});
