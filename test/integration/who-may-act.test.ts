import { beforeAll, describe, expect, it } from 'vitest';
import type { Input, OperationId } from '../../src/shared/operations/index.ts';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../support/chancery-in-process.ts';
import { auditEvents } from '../support/database-reader.ts';

const password = 'correct horse battery';
const day = 86_400_000;
let office: ChanceryInProcess;
let ada: string;

const signIn = async (name: string) =>
  (await office.must('sessions.create', { name, password }, { door: listenerDoor })).token;
const as = <Id extends OperationId>(token: string, id: Id, input: Input<Id>) =>
  office.call(id, input, { token, door: listenerDoor });
const asAda = <Id extends OperationId>(id: Id, input: Input<Id>) =>
  office.must(id, input, { token: ada, door: listenerDoor });

beforeAll(async () => {
  office = await openInProcess();
  await office.must('realms.create', { slug: 'plant' });
  await office.must('operators.create', { name: 'ada', role: 'administrator', password });
  ada = await signIn('ada');
});

describe('an operator with several roles', () => {
  it('holds each where it was given, at once, and no longer than it is held', async () => {
    const rita = await asAda('operators.create', {
      name: 'rita',
      role: 'ra-operator',
      realms: ['default'],
      password,
    });
    const token = await signIn('rita');
    await asAda('operators.grant', { id: rita.id, role: 'auditor', realms: ['plant'] });
    const made = (realm: string) => as(token, 'end-entities.create', { realm, commonName: `for ${realm}` });
    expect((await made('default')).status).toBe(201);
    expect((await made('plant')).body.code).toBe('NOT_FOUND');
    const realms = async () =>
      (await as(token, 'end-entities.list', {})).body.items.map(({ realm }) => realm);
    await asAda('end-entities.create', { realm: 'plant', commonName: 'of the plant' });
    expect((await realms()).sort()).toEqual(['default', 'plant']);
    const events = (await as(token, 'audit.list', { limit: 500 })).body.items;
    const plant = (await asAda('realms.list', { search: 'plant' })).items[0]?.id;
    expect(new Set(events.map(({ realm }) => realm))).toEqual(new Set([plant]));

    const access = await asAda('operators.access', { id: rita.id });
    const because = (permission: string) =>
      access.permissions
        .find((one) => one.permission === permission)
        ?.because.map(({ role, realms: at, ownOnly }) => ({ role, at, ownOnly }));
    expect(because('requests.cancel')).toEqual([{ role: 'ra-operator', at: ['default'], ownOnly: true }]);
    expect(because('certificates.read')).toHaveLength(2);
    await asAda('operators.withdraw', { id: rita.id, role: 'auditor', realms: ['plant'] });
    expect(await realms()).toEqual(['default']);
    expect((await as(token, 'audit.list', {})).body.code).toBe('FORBIDDEN');
  });

  it('has what a role is made of by now', async () => {
    await asAda('roles.create', {
      slug: 'desk',
      permissions: ['certificates.read', 'requests.read'],
      ownOnly: ['requests.read'],
    });
    await asAda('operators.create', { name: 'dora', role: 'desk', realms: ['default'], password });
    const token = await signIn('dora');
    expect((await as(token, 'clients.list', {})).body.code).toBe('FORBIDDEN');
    await asAda('roles.update', { slug: 'desk', permissions: ['certificates.read', 'clients.read'] });
    expect((await as(token, 'clients.list', {})).status).toBe(200);
    const asked = await as(ada, 'roles.delete', { slug: 'desk' });
    expect([asked.status, asked.body.code]).toEqual([409, 'CONFLICT']);
  });
});

describe('nobody', () => {
  it('gives more than they have, or takes over who has more', async () => {
    await asAda('roles.create', {
      slug: 'people',
      permissions: ['operators.read', 'operators.write', 'roles.read', 'roles.write', 'realms.read'],
    });
    await asAda('operators.create', { name: 'petra', role: 'people', password });
    const petra = await signIn('petra');
    const codeOf = async <Id extends OperationId>(id: Id, input: Input<Id>) =>
      (await as(petra, id, input)).body.code;
    const { id } = (await asAda('operators.list', { search: 'petra' })).items[0] ?? { id: '' };
    const administrator = (await asAda('operators.list', { search: 'ada' })).items[0]?.id ?? '';
    expect(await codeOf('operators.grant', { id, role: 'administrator' })).toBe('FORBIDDEN');
    expect(await codeOf('operators.grant', { id, role: 'approver', realms: ['default'] })).toBe('FORBIDDEN');
    expect(await codeOf('roles.create', { slug: 'more', permissions: ['vault.manage'] })).toBe('FORBIDDEN');
    expect(await codeOf('operators.set-password', { id: administrator, password })).toBe('FORBIDDEN');
    expect(await codeOf('operators.disable', { id: administrator })).toBe('FORBIDDEN');
    expect((await as(petra, 'operators.create', { name: 'paul', role: 'people', password })).status).toBe(
      201,
    );
  });

  it('takes away the last administrator', async () => {
    const { id } = (await asAda('operators.list', { search: 'ada' })).items[0] ?? { id: '' };
    expect((await as(ada, 'operators.withdraw', { id, role: 'administrator' })).body.code).toBe('CONFLICT');
    expect((await as(ada, 'operators.disable', { id })).body.code).toBe('CONFLICT');
  });
});

describe('a realm that is archived', () => {
  it('is read where it is named, changed no more, and gives no tokens, until it is restored', async () => {
    await asAda('realms.create', { slug: 'old' });
    const client = await asAda('clients.create', { name: 'old', realms: ['old'] });
    const token = await office.token(client, 'old');
    const person = await asAda('end-entities.create', { realm: 'old', commonName: 'kept' });
    await asAda('realms.archive', { id: 'old' });
    expect((await as(token, 'certificates.list', {})).body.code).toBe('TOKEN_INVALID');
    expect((await office.askToken(client, 'old')).status).toBe(404);
    expect((await as(ada, 'end-entities.create', { realm: 'old', commonName: 'new' })).body.code).toBe(
      'CONFLICT',
    );
    expect((await as(ada, 'end-entities.archive', { id: person.id })).body.code).toBe('NOT_FOUND');
    expect((await asAda('end-entities.list', { realm: 'old' })).items).toHaveLength(1);
    expect((await asAda('end-entities.list', { search: 'kept' })).items).toHaveLength(0);
    await asAda('realms.restore', { id: 'old' });
    expect((await as(token, 'certificates.list', {})).status).toBe(200);
  });
});

describe('the secrets of an API client', () => {
  const created = () => asAda('clients.create', { name: 'rotating', realms: ['default'] });
  const isGood = async (clientId: string, clientSecret: string) =>
    (await office.askToken({ clientId, clientSecret })).status === 200;

  it('can both be used for the overlap, two at most, and no longer', async () => {
    const { clientId, clientSecret: first } = await created();
    const token = await office.token({ clientId, clientSecret: first });
    const second = await asAda('clients.reset-secret', { id: clientId, overlap: 'P7D' });
    expect((await as(token, 'certificates.list', {})).status).toBe(200);
    expect([await isGood(clientId, first), await isGood(clientId, second.clientSecret)]).toEqual([
      true,
      true,
    ]);
    const third = await asAda('clients.reset-secret', { id: clientId, overlap: 'P7D' });
    expect([await isGood(clientId, first), await isGood(clientId, second.clientSecret)]).toEqual([
      false,
      true,
    ]);
    expect((await asAda('clients.show', { id: clientId })).secrets).toHaveLength(2);
    office.advance(7 * day + 1000);
    ada = await signIn('ada');
    expect([await isGood(clientId, second.clientSecret), await isGood(clientId, third.clientSecret)]).toEqual(
      [false, true],
    );
  });

  it('dies at once with its tokens where there is no overlap, and when the client is disabled', async () => {
    const { clientId, clientSecret } = await created();
    const token = await office.token({ clientId, clientSecret });
    const next = await asAda('clients.reset-secret', { id: clientId });
    expect(await isGood(clientId, clientSecret)).toBe(false);
    expect((await as(token, 'certificates.list', {})).body.code).toBe('TOKEN_INVALID');
    const another = await office.token(next);
    await asAda('clients.disable', { id: clientId });
    expect((await as(another, 'certificates.list', {})).body.code).toBe('TOKEN_INVALID');
    await asAda('clients.enable', { id: clientId });
    expect((await as(another, 'certificates.list', {})).body.code, 'what died stays dead').toBe(
      'TOKEN_INVALID',
    );
    expect(await isGood(clientId, next.clientSecret)).toBe(true);
  });

  it('is told of before it ends', async () => {
    const { clientId } = await asAda('clients.create', {
      name: 'ending',
      realms: ['default'],
      secretValidity: 'P30D',
    });
    office.advance(20 * day);
    ada = await signIn('ada');
    await office.chancery.runDueTasks();
    const alerts = await asAda('alerts.list', { search: clientId });
    expect(alerts.items.map(({ kind }) => kind)).toEqual(['client.secret-expiring']);
    await asAda('clients.reset-secret', { id: clientId });
    await office.chancery.runDueTasks();
    expect(
      (await asAda('alerts.list', { search: clientId })).items.filter(
        ({ resolvedAt }) => resolvedAt === null,
      ),
    ).toEqual([]);
  });
});

describe('the default policy', () => {
  it('is what the request says, else its address, else what the client has; else the error lists what there is', async () => {
    const client = await asAda('clients.create', {
      name: 'defaults',
      realms: ['default'],
      defaultProfile: 'tls-client',
    });
    const bearer = await office.token(client);
    const issue = async (query: string, fields: object) => {
      const request = new Request(`https://127.0.0.1/api/v1/certificates${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify({ subject: { commonName: 'a.example.com' }, ...fields }),
      });
      const made = await (await office.chancery.handle(request, listenerDoor)).json();
      return made.id === undefined ? made : (await asAda('certificates.show', { id: made.id })).profile;
    };
    const san = { subjectAltNames: [{ type: 'dns', value: 'a.example.com' }] };
    expect(await issue('', san)).toBe('tls-client');
    expect(await issue('?profile=tls-server', san)).toBe('tls-server');
    expect(await issue('?profile=tls-client', { ...san, profile: 'tls-server' })).toBe('tls-server');
    await asAda('clients.update', { id: client.id, defaultProfile: null });
    expect(await issue('', san)).toMatchObject({
      code: 'INVALID_INPUT',
      hint: expect.stringContaining('tls-server'),
    });
  });
});

describe('guessing', () => {
  it('makes neither the audit record grow without bound nor the right one wait', async () => {
    const client = await asAda('clients.create', { name: 'guessed', realms: ['default'] });
    const before = auditEvents(office.home).length;
    for (let attempt = 0; attempt < 100; attempt += 1) {
      await office.askToken({ clientId: `guess-${attempt}`, clientSecret: 'x' });
    }
    const refusals = auditEvents(office.home)
      .slice(before)
      .filter(({ type }) => type === 'token.refused');
    expect(refusals.length).toBeGreaterThan(0);
    expect(refusals.length).toBeLessThanOrEqual(10);
    expect((await office.askToken(client)).status).toBe(200);
    office.advance(61_000);
    await office.askToken({ clientId: 'guess-again', clientSecret: 'x' });
    expect(auditEvents(office.home).at(-1)?.detail).toMatchObject({ unwritten: 100 - refusals.length });
  });
});
