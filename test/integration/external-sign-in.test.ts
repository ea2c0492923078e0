import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import { exportSPKI, generateKeyPair, importJWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLoopbackRedirect } from '../../src/main/console/loopback-redirect.ts';
import type { Input } from '../../src/shared/operations/index.ts';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../support/chancery-in-process.ts';
import { type ScriptedIssuer, startScriptedIssuer } from '../support/scripted-issuer.ts';

const returnTo = 'https://127.0.0.1/ui/signed-in';
const hash = (text: string) => createHash('sha256').update(text).digest('base64url');

describe('signing in with an identity provider', () => {
  let office: ChanceryInProcess;
  let issuer: ScriptedIssuer;
  let other: ScriptedIssuer;
  let admin: string;
  const asAdmin = () => ({ token: admin });
  const asListener = { door: listenerDoor };
  const advance = (ms: number) => {
    office.advance(ms);
    issuer.aheadMs += ms;
  };

  beforeAll(async () => {
    [issuer, other] = await Promise.all([startScriptedIssuer(), startScriptedIssuer()]);
    office = await openInProcess({
      systemBrowser: { listen: openLoopbackRedirect, open: async (url) => visited(url) },
    });
  });
  afterAll(async () => {
    await office?.chancery.close();
    await issuer?.stop();
    await other?.stop();
  });

  /** What the browser of the system does with an address. */
  let visited: (url: string) => void = () => undefined;

  const settings = (of: ScriptedIssuer, more: object = {}) =>
    ({
      kind: 'oidc',
      issuer: of.issuer,
      clientId: 'chancery-client',
      tokenAudience: 'chancery-api',
      ...more,
    }) as Input<'identity-providers.create'>['settings'];

  /** Begins in a window of its own; answers what the browser is sent with. */
  const begin = async (slug = 'corp') => {
    const windowSecret = randomBytes(32).toString('base64url');
    const begun = await office.must(
      'identity-providers.begin-sign-in',
      { id: slug, windowHash: hash(windowSecret), returnTo },
      asListener,
    );
    const sent = new URL(begun.authorizationUrl).searchParams;
    return { ...begun, windowSecret, nonce: sent.get('nonce') ?? '', sent };
  };
  type Begun = Awaited<ReturnType<typeof begin>>;

  /** What the provider's token endpoint will answer. */
  const willAnswer = (id_token: string, more: object = {}) => {
    issuer.answers['/token'] = () => ({
      body: { access_token: 'opaque', token_type: 'bearer', id_token, ...more },
    });
  };
  const complete = (begun: Begun, more: { answer?: string; windowSecret?: string } = {}) =>
    office.call(
      'identity-providers.complete-sign-in',
      {
        state: begun.state,
        windowSecret: more.windowSecret ?? begun.windowSecret,
        answer: more.answer ?? `?code=a-code&state=${begun.state}&iss=${encodeURIComponent(issuer.issuer)}`,
      },
      asListener,
    );

  it('is set up by an administrator, is off at first, and keeps its secret', async () => {
    const rules = [{ claim: 'groups', value: 'ra', role: 'ra-operator' as const, realms: ['default'] }];
    const fields = {
      slug: 'corp',
      name: 'Corporation',
      settings: settings(issuer),
      clientSecret: 'client secret',
      rules,
    };
    const created = await office.must('identity-providers.create', fields);
    expect(created).toMatchObject({ enabled: false, hasSecret: true, rules });
    expect(JSON.stringify(created)).not.toContain('client secret');
    expect((await office.must('identity-providers.offered', {})).items).toEqual([]);
    const early = await office.call('identity-providers.update', { id: 'corp', enabled: true });
    expect(early.body.detail, 'nobody may lock themselves out').toContain(
      'No administrator here has a password',
    );

    await office.must('operators.create', {
      name: 'ada',
      role: 'administrator',
      password: 'a password of ada',
    });
    admin = (await office.must('sessions.create', { name: 'ada', password: 'a password of ada' })).token;
    await office.must('identity-providers.update', { id: 'corp', enabled: true }, asAdmin());
    expect((await office.must('identity-providers.offered', {}, asListener)).items).toEqual([
      { slug: 'corp', name: 'Corporation' },
    ]);
  });

  it.each([
    ['an address that is not encrypted', { issuer: 'http://provider.example' }],
    ['an address with a user in it', { issuer: 'https://user@provider.example' }],
    ['its own client as the audience of tokens', { tokenAudience: 'chancery-client' }],
    ['an algorithm without a signature', { algorithms: ['none'] }],
    ['an algorithm whose key is known to both', { algorithms: ['HS256'] }],
    ['scopes without openid', { scopes: ['profile'] }],
  ])('refuses %s', async (_what, wrong) => {
    const fields = { slug: 'wrong', settings: settings(issuer, wrong) };
    const answer = await office.call('identity-providers.create', fields, asAdmin());
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('INVALID_INPUT');
  });

  it('sends the browser with PKCE, state and nonce, and back to nowhere but here', async () => {
    const { sent, authorizationUrl } = await begin();
    expect(authorizationUrl.startsWith(`${issuer.issuer}/authorize?`)).toBe(true);
    expect(Object.fromEntries(sent)).toMatchObject({
      response_type: 'code',
      client_id: 'chancery-client',
      code_challenge_method: 'S256',
      redirect_uri: returnTo,
      scope: 'openid profile email',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(sent.get(name)).toMatch(/^[\w-]{43}$/);
    const astray = { id: 'corp', windowHash: hash('x'), returnTo: 'https://elsewhere.example/ui/signed-in' };
    expect((await office.call('identity-providers.begin-sign-in', astray, asListener)).status).toBe(400);
  });

  it('makes an operator of whom a rule names, with the role of the rule, and the same one again', async () => {
    const first = await begin();
    willAnswer(await issuer.token({ nonce: first.nonce, preferred_username: 'rita', groups: ['ra', 'x'] }));
    const entered = await complete(first);
    expect(entered.status).toBe(201);
    const as = { token: entered.body.token, door: listenerDoor };
    expect(await office.must('sessions.whoami', {}, as)).toMatchObject({
      kind: 'operator',
      name: 'corp/rita',
      realms: ['default'],
    });
    expect((await office.call('operators.list', {}, as)).status, 'and no more than that').toBe(403);

    const again = await begin();
    willAnswer(await issuer.token({ nonce: again.nonce, preferred_username: 'renamed', groups: 'ra' }));
    expect((await complete(again)).status).toBe(201);
    const operators = (await office.must('operators.list', {}, asAdmin())).items;
    expect(operators.filter(({ name }) => name.startsWith('corp/'))).toHaveLength(1);
    const password = await office.call('sessions.create', { name: 'corp/rita', password: 'anything at all' });
    expect(password.status, 'no password opens it').toBe(401);
  });

  it('leaves an administrator with a password, whoever else it makes administrator', async () => {
    const provider = (await office.must('identity-providers.list', {}, asAdmin())).items[0];
    const rules = provider?.rules ?? [];
    const chiefs = { claim: 'groups', value: 'chiefs', role: 'administrator' };
    await office.must('identity-providers.update', { id: 'corp', rules: [...rules, chiefs] }, asAdmin());
    const begun = await begin();
    willAnswer(await issuer.token({ nonce: begun.nonce, sub: 'chief', groups: ['chiefs'] }));
    const as = { token: (await complete(begun)).body.token, door: listenerDoor };
    const { items } = await office.must('operators.list', { search: 'ada' }, as);
    const answer = await office.call('operators.disable', { id: items[0]?.id ?? '' }, as);
    expect([answer.status, answer.body.code]).toEqual([409, 'CONFLICT']);
    await office.must('identity-providers.update', { id: 'corp', rules }, asAdmin());
  });

  it('lets nobody in whom no rule names, and says so', async () => {
    const begun = await begin();
    willAnswer(await issuer.token({ nonce: begun.nonce, sub: 'somebody else', groups: ['others'] }));
    const refused = await complete(begun);
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toContain('no rule here gives you a role');
    const operators = (await office.must('operators.list', {}, asAdmin())).items;
    expect(operators).toHaveLength(3);
  });

  describe('does not fall for', () => {
    let begun: Begun;
    const good = (more = {}) => issuer.token({ nonce: begun.nonce, groups: ['ra'], ...more });
    const isRefused = async (answer: Awaited<ReturnType<typeof complete>>) => {
      expect(answer.status, answer.body.detail).toBe(401);
      expect(answer.body.code).toBe('WRONG_CREDENTIALS');
    };
    beforeEach(async () => {
      begun = await begin();
      willAnswer(await good());
    });

    it('a state that was never given, or belongs to another sign-in', async () => {
      await isRefused(await complete({ ...begun, state: 'never given' }));
      await isRefused(await complete(begun, { answer: `?code=c&state=other&iss=${issuer.issuer}` }));
    });
    it('a code that is brought by another window', async () => {
      await isRefused(await complete(begun, { windowSecret: randomBytes(32).toString('base64url') }));
    });
    it('the same answer a second time', async () => {
      expect((await complete(begun)).status).toBe(201);
      await isRefused(await complete(begun));
    });
    it('an answer that comes too late', async () => {
      advance(6 * 60_000);
      await isRefused(await complete(begun));
    });
    it('an answer of another issuer, or of none', async () => {
      await isRefused(await complete(begun, { answer: `?code=c&state=${begun.state}&iss=${other.issuer}` }));
      const next = await begin();
      await isRefused(await complete(next, { answer: `?code=c&state=${next.state}` }));
    });
    it('an ID token for another nonce, and without one', async () => {
      willAnswer(await good({ nonce: 'another' }));
      await isRefused(await complete(begun));
      begun = await begin();
      willAnswer(await issuer.token({ groups: ['ra'] }));
      await isRefused(await complete(begun));
    });
    it('an ID token for another client', async () => {
      willAnswer(await good({ aud: 'another-client' }));
      await isRefused(await complete(begun));
    });
    it('an ID token of another issuer', async () => {
      willAnswer(await good({ iss: other.issuer }));
      await isRefused(await complete(begun));
    });
    it('an ID token that has expired', async () => {
      willAnswer(await good({ exp: Math.floor(Date.now() / 1000) - 3_600, iat: 1 }));
      await isRefused(await complete(begun));
    });
    it('an ID token by another key', async () => {
      const { privateKey } = await generateKeyPair('RS256');
      willAnswer(await issuer.token({ nonce: begun.nonce, groups: ['ra'] }, { key: privateKey }));
      await isRefused(await complete(begun));
    });
    it('an ID token without a signature', async () => {
      const [, body] = (await good()).split('.');
      const header = Buffer.from('{"alg":"none"}').toString('base64url');
      willAnswer(`${header}.${body}.`);
      await isRefused(await complete(begun));
    });
    it('what the provider itself refuses', async () => {
      const denied = `?error=access_denied&state=${begun.state}&iss=${encodeURIComponent(issuer.issuer)}`;
      await isRefused(await complete(begun, { answer: denied }));
      begun = await begin();
      issuer.answers['/token'] = () => ({ status: 400, body: { error: 'invalid_grant' } });
      await isRefused(await complete(begun));
    });
  });

  it('lets the owner of the machine sign in by the browser of the system, on a port that is opened for it', async () => {
    const windowSecret = randomBytes(32).toString('base64url');
    visited = (url) => {
      const sent = new URL(url).searchParams;
      void issuer.token({ nonce: sent.get('nonce') ?? '', groups: ['ra'], sub: 'desktop' }).then((token) => {
        willAnswer(token);
        const back = new URLSearchParams({ code: 'c', state: sent.get('state') ?? '', iss: issuer.issuer });
        return fetch(`${sent.get('redirect_uri')}?${back}`);
      });
    };
    const begun = await office.must('identity-providers.begin-sign-in', {
      id: 'corp',
      windowHash: hash(windowSecret),
    });
    expect(begun.opensBrowser).toBe(true);
    const { state } = begun;
    const entered = await office.call('identity-providers.complete-sign-in', { state, windowSecret });
    expect(entered.status).toBe(201);
    const elsewhere = { id: 'corp', windowHash: hash(windowSecret) };
    const remote = await office.call('identity-providers.begin-sign-in', elsewhere, asListener);
    expect(remote.status, 'nobody from elsewhere opens a port or a browser here').toBe(400);
  });

  it('says that a provider is down, slow or wrong, and lets people with a password in', async () => {
    const begun = await begin();
    issuer.answers['/token'] = () => ({ status: 502, body: '<html>' });
    expect((await complete(begun)).body.code).toBe('PROVIDER_UNAVAILABLE');
    const redirected = await begin();
    issuer.answers['/token'] = () => ({ status: 302, location: `${other.issuer}/token`, body: {} });
    expect((await complete(redirected)).body.code).toBe('PROVIDER_UNAVAILABLE');
    expect(other.asked.get('/token'), 'nothing is sent after a redirect').toBeUndefined();
    const tooLong = await begin();
    issuer.answers['/token'] = () => ({ body: 'x'.repeat(2_000_000) });
    expect((await complete(tooLong)).body.code).toBe('PROVIDER_UNAVAILABLE');
    const password = await office.call('sessions.create', { name: 'ada', password: 'a password of ada' });
    expect(password.status).toBe(201);
  });

  describe('a session', () => {
    const enter = async (claims: object = {}) => {
      const begun = await begin();
      const token = await issuer.token({ nonce: begun.nonce, groups: ['ra'], sub: 'watched', ...claims });
      willAnswer(token, { refresh_token: 'refresh' });
      return (await complete(begun)).body.token;
    };
    const later = async () => {
      advance(6 * 60_000);
      await office.chancery.runDueTasks();
    };
    const isAlive = async (token: string) =>
      (await office.call('sessions.whoami', {}, { token, door: listenerDoor })).status === 200;

    it('lasts while the provider vouches, and while it is down', async () => {
      const token = await enter();
      const exp = Math.floor(Date.now() / 1000) + 86_400;
      willAnswer(await issuer.token({ groups: ['ra'], sub: 'watched', exp }));
      await later();
      expect(await isAlive(token)).toBe(true);
      issuer.answers['/token'] = () => ({ status: 503, body: {} });
      await later();
      expect(await isAlive(token)).toBe(true);
    });
    it('ends once the provider refuses', async () => {
      const token = await enter();
      issuer.answers['/token'] = () => ({ status: 400, body: { error: 'invalid_grant' } });
      await later();
      expect(await isAlive(token)).toBe(false);
    });
    it('ends once the rules make something else of it', async () => {
      const token = await enter();
      willAnswer(await issuer.token({ groups: ['others'], sub: 'watched' }));
      await later();
      expect(await isAlive(token)).toBe(false);
    });
    it('ends when the provider is switched off, and when the operator is disabled', async () => {
      const token = await enter();
      await office.must('identity-providers.update', { id: 'corp', enabled: false }, asAdmin());
      expect(await isAlive(token)).toBe(false);
      await office.must('identity-providers.update', { id: 'corp', enabled: true }, asAdmin());
      const next = await enter();
      const operators = (await office.must('operators.list', {}, asAdmin())).items;
      const watched = operators.find(({ name }) => name === 'corp/watched');
      await office.must('operators.disable', { id: watched?.id ?? '' }, asAdmin());
      expect(await isAlive(next)).toBe(false);
      expect(await enter(), 'and cannot come back').toBeUndefined();
    });
  });

  describe('an access token', () => {
    const claims = { aud: 'chancery-api', groups: ['ra'], client_id: 'deploy', sub: 'service' };
    const ask = (token: string) => office.call('certificates.list', {}, { token, door: listenerDoor });
    const whoami = (token: string) => office.must('sessions.whoami', {}, { token, door: listenerDoor });

    it('is accepted where a rule names its holder, for no more than that', async () => {
      const token = await issuer.token(claims);
      expect((await ask(token)).status).toBe(200);
      expect(await whoami(token)).toMatchObject({ kind: 'client', name: 'corp/deploy', realms: ['default'] });
      expect((await office.call('settings.list', {}, { token, door: listenerDoor })).status).toBe(403);
    });
    it('is worth nothing without a rule', async () => {
      expect((await ask(await issuer.token({ ...claims, groups: [] }))).status).toBe(403);
    });
    it('never decides on requests, for its holder might decide on their own', async () => {
      const approver = [{ claim: 'groups', value: 'deciders', role: 'administrator' as const }];
      const { rules } = (await office.must('identity-providers.list', {}, asAdmin())).items[0] ?? {
        rules: [],
      };
      await office.must(
        'identity-providers.update',
        { id: 'corp', rules: [...rules, ...approver] },
        asAdmin(),
      );
      const { permissions } = await whoami(await issuer.token({ ...claims, groups: ['deciders'] }));
      expect(permissions).toContain('settings.write');
      expect(permissions).not.toContain('requests.decide');
    });
    it.each([
      ['for another audience', { aud: 'chancery-client' }, 'TOKEN_INVALID'],
      ['that has expired', { exp: 1_700_000_000 }, 'TOKEN_EXPIRED'],
      ['that is not valid yet', { nbf: 4_000_000_000 }, 'TOKEN_INVALID'],
      ['that is an ID token', { typ: 'ID' }, 'TOKEN_INVALID'],
      ['of an issuer that nobody set up', { iss: 'https://elsewhere.example' }, 'TOKEN_INVALID'],
    ])('is refused %s', async (_what, wrong, code) => {
      const answer = await ask(await issuer.token({ ...claims, ...wrong }));
      expect(answer.status).toBe(401);
      expect(answer.body.code).toBe(code);
    });
    it('is refused where it is forged: alg none, another key, HS256 with the public key', async () => {
      const [header, body, signature] = (await issuer.token(claims)).split('.');
      const none = Buffer.from('{"alg":"none"}').toString('base64url');
      const { privateKey } = await generateKeyPair('RS256');
      const published = (await (await fetch(`${issuer.issuer}/keys`)).json()) as { keys: [object] };
      const spki = await exportSPKI(
        (await importJWK(published.keys[0], 'RS256', { extractable: true })) as CryptoKey,
      );
      const forged = [
        `${none}.${body}.`,
        `${none}.${body}.${signature}`,
        `${header}.${Buffer.from(JSON.stringify({ ...claims, iss: issuer.issuer })).toString('base64url')}.${signature}`,
        await issuer.token(claims, { key: privateKey }),
        await issuer.token(claims, { header: { alg: 'HS256' }, key: createSecretKey(Buffer.from(spki)) }),
      ];
      for (const token of forged) expect((await ask(token)).status).toBe(401);
    });
    it('is accepted by a new key of the issuer, which is not asked for each forgery', async () => {
      await issuer.changeKey();
      advance(60_000);
      expect((await ask(await issuer.token(claims))).status).toBe(200);
      const before = issuer.asked.get('/keys') ?? 0;
      const { privateKey } = await generateKeyPair('RS256');
      for (let number = 0; number < 5; number += 1) {
        const token = await issuer.token(claims, {
          header: { alg: 'RS256', kid: `k${number}` },
          key: privateKey,
        });
        expect((await ask(token)).status).toBe(401);
      }
      expect(issuer.asked.get('/keys')).toBe(before);
    });
    it('is still verified while the issuer is down', async () => {
      await issuer.stop();
      advance(20 * 60_000);
      expect((await ask(await issuer.token(claims))).status).toBe(200);
      await issuer.start();
    });
  });

  it('explains which rule gives what to whom, and why', async () => {
    const claims = JSON.stringify({ sub: 'x', groups: ['others', 'ra'] });
    const test = await office.must('identity-providers.test', { id: 'corp', claims }, asAdmin());
    expect(test.ok).toBe(true);
    expect(test.checks.map(({ name, ok }) => `${name} ${ok}`)).toEqual([
      'discovery true',
      'keys true',
      'sign-in true',
    ]);
    expect(test.explanation?.rules).toMatchObject([
      { claim: 'groups', value: 'ra', role: 'ra-operator', matches: true, found: ['others', 'ra'] },
      { value: 'deciders', matches: false },
    ]);
    const nobody = await office.must('identity-providers.test', { id: 'corp', claims: '{}' }, asAdmin());
    expect(nobody).toMatchObject({ ok: false, explanation: { isAdmitted: false } });
  });
});
