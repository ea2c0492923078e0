import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Input } from '../../src/shared/operations/index.ts';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../support/chancery-in-process.ts';
import { hasSlapd, type RunningSlapd, startSlapd } from '../support/slapd.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('ldap');

describe.skipIf(!hasSlapd)("accounts of a directory, by Debian's slapd", () => {
  let office: ChanceryInProcess;
  let slapd: RunningSlapd;

  const settings = (more: object = {}) =>
    ({
      kind: 'ldap',
      url: slapd.url,
      ca: slapd.ca,
      bindDn: 'cn=svc,dc=example,dc=com',
      baseDn: 'ou=people,dc=example,dc=com',
      userFilter: '(|(uid={username})(cn={username}))',
      groupBaseDn: 'dc=example,dc=com',
      domains: ['KEYEXAMPLE', 'example.com'],
      ...more,
    }) as Input<'identity-providers.create'>['settings'];
  const rules = [
    { claim: 'groupNames', value: 'CLM-Admins', role: 'ra-operator' as const, realms: ['default'] },
    { claim: 'uid', value: 'bob', role: 'auditor' as const },
  ];
  const change = (more: object) =>
    office.must('identity-providers.update', { id: 'directory', settings: settings(more) });

  beforeAll(async () => {
    slapd = await startSlapd(mkdtempSync(join(folder, 'slapd-')));
    office = await openInProcess();
    const fields = { slug: 'directory', settings: settings(), clientSecret: 'svcpw', rules };
    await office.must('identity-providers.create', fields);
  });
  afterAll(async () => {
    await office?.chancery.close();
    await slapd?.stop();
  });

  const ask = (name: string, password: string) =>
    office.call(
      'sessions.whoami',
      {},
      {
        door: listenerDoor,
        headers: { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` },
      },
    );

  it('takes no password before it is enabled', async () => {
    const answer = await ask('alice', 'alicepw');
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('UNAUTHENTICATED');
    await office.must('identity-providers.update', { id: 'directory', enabled: true });
  });

  it.each([
    ['alice', 'alicepw', 'directory/alice'],
    ['KEYEXAMPLE\\alice', 'alicepw', 'directory/alice'],
    ['keyexample\\ALICE', 'alicepw', 'directory/alice'],
    ['alice@example.com', 'alicepw', 'directory/alice'],
    ['bob', 'b:ob pw', 'directory/bob'],
    ['Bob (Ops, *special*)', 'b:ob pw', 'directory/bob'],
  ])('knows %s', async (name, password, shown) => {
    const answer = await ask(name, password);
    expect(answer.status, answer.body.detail).toBe(200);
    expect(answer.body).toMatchObject({ kind: 'client', name: shown });
  });

  it('gives what the rules give, by groups and by attributes, and no more', async () => {
    expect((await ask('alice', 'alicepw')).body).toMatchObject({ realms: ['default'] });
    const { permissions } = (await ask('bob', 'b:ob pw')).body;
    expect(permissions).toContain('audit.read');
    expect(permissions).not.toContain('certificates.issue');
    await office.must('identity-providers.update', { id: 'directory', rules: rules.slice(1) });
    expect((await ask('alice', 'alicepw')).status, 'at once, whatever was remembered').toBe(403);
    await office.must('identity-providers.update', { id: 'directory', rules });
  });

  it.each([
    ['a wrong password', 'alice', 'bobpw'],
    ['an empty password, with which a directory binds as nobody', 'alice', ''],
    ['a name that is not there', 'eve', 'alicepw'],
    ['a name that is a pattern', 'ali*', 'alicepw'],
    ['a name that is part of a filter', 'alice)(uid=*', 'alicepw'],
    ['a name that is every account', '*', 'b:ob pw'],
  ])('refuses %s', async (_what, name, password) => {
    const answer = await ask(name, password);
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('WRONG_CREDENTIALS');
  });

  it('asks no directory for a domain that is none of its own', async () => {
    const before = await slapd.binds();
    expect((await ask('ELSEWHERE\\alice', 'alicepw')).body.code).toBe('UNAUTHENTICATED');
    expect(await slapd.binds()).toBe(before);
  });

  it('remembers a right password for a minute, and a wrong one not at all', async () => {
    await ask('alice', 'alicepw');
    const before = await slapd.binds();
    for (let call = 0; call < 5; call += 1) expect((await ask('alice', 'alicepw')).status).toBe(200);
    expect(await slapd.binds()).toBe(before);
    office.advance(61_000);
    expect((await ask('alice', 'alicepw')).status).toBe(200);
    expect(await slapd.binds()).toBe(before + 1);
    expect((await ask('alice', 'not that')).status).toBe(401);
  });

  it('slows guessing down, without keeping out who has been let in', async () => {
    office.advance(120_000);
    expect((await ask('bob', 'b:ob pw')).status).toBe(200);
    for (let guess = 0; guess < 5; guess += 1) await ask('bob', `guess ${guess}`);
    expect((await ask('bob', 'another guess')).body.code).toBe('RATE_LIMITED');
    expect((await ask('bob', 'b:ob pw')).status).toBe(200);
    office.advance(120_000);
  });

  it('works over LDAPS as over StartTLS', async () => {
    await change({ url: slapd.tlsUrl });
    expect((await ask('alice', 'alicepw')).status).toBe(200);
    const test = await office.must('identity-providers.test', {
      id: 'directory',
      username: 'EXAMPLE\\alice',
    });
    expect(test).toMatchObject({
      ok: true,
      checks: [
        { name: 'connection', ok: true },
        { name: 'account', detail: 'uid=alice,ou=people,dc=example,dc=com' },
      ],
      explanation: {
        isAdmitted: true,
        rules: [{ matches: true, found: ['clm-admins'] }, { matches: false }],
      },
    });
    expect(JSON.stringify(test)).not.toContain('alicepw');
  });

  it('says nothing to a server whose certificate nobody vouches for', async () => {
    for (const url of [slapd.url, slapd.tlsUrl]) {
      const before = await slapd.binds();
      await change({ url, ca: undefined });
      const answer = await ask('alice', 'alicepw');
      expect(answer.body.code).toBe('PROVIDER_UNAVAILABLE');
      expect(answer.body.detail).toContain('certificate');
      expect(await slapd.binds()).toBe(before);
    }
  });

  it('never says a password in clear: a server without StartTLS learns nothing', async () => {
    let heard = '';
    const server = createServer((socket) =>
      socket.on('data', (data) => {
        heard += data.toString('latin1');
        // RFC 4511: an extended response with the result code protocolError, to message 1.
        socket.write(Buffer.from('300c02010178070a010204000400', 'hex'));
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await change({ url: `ldap://127.0.0.1:${port}` });
    expect((await ask('alice', 'alicepw')).body.code).toBe('PROVIDER_UNAVAILABLE');
    server.close();
    expect(heard).toContain('1.3.6.1.4.1.1466.20037');
    for (const secret of ['svcpw', 'alicepw', 'svc']) expect(heard).not.toContain(secret);
  });

  it('says what is wrong where it cannot be asked, and lets it be tried out', async () => {
    await change({ url: 'ldap://127.0.0.1:1' });
    expect((await ask('alice', 'alicepw')).body).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    await change({ bindDn: 'cn=nobody,dc=example,dc=com' });
    const test = await office.must('identity-providers.test', { id: 'directory' });
    expect(test).toMatchObject({ ok: false, checks: [{ name: 'connection', ok: false }] });
    expect(test.checks[0]?.detail).toContain('does not let cn=nobody');
    await change({ baseDn: 'ou=elsewhere,dc=example,dc=com' });
    expect((await office.must('identity-providers.test', { id: 'directory' })).ok).toBe(false);
    const filter = settings({ userFilter: '(uid={username}' });
    expect(
      (await office.call('identity-providers.update', { id: 'directory', settings: filter })).status,
    ).toBe(400);
  });
});
