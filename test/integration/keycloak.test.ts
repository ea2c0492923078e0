import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../support/chancery-in-process.ts';
import { type KeycloakDouble, startKeycloakDouble } from '../support/keycloak-double.ts';

describe('API clients that are in Keycloak, too', () => {
  let office: ChanceryInProcess;
  let keycloak: KeycloakDouble;
  const nothing = { added: [], renamed: [], disabled: [], enabled: [], vanished: [], conflicting: [] };

  beforeAll(async () => {
    keycloak = await startKeycloakDouble();
    office = await openInProcess();
  });
  afterAll(async () => {
    await office?.chancery.close();
    await keycloak?.stop();
  });

  beforeEach(() => {
    keycloak.trouble = 'none';
  });

  const there = (clientId: string) => [...keycloak.clients.values()].find((one) => one.clientId === clientId);
  const here = async (search: string) => (await office.must('clients.list', { search })).items;
  const connection = () => {
    const { url, realm, account } = keycloak;
    return { url, realm, clientId: account.clientId, clientSecret: account.secret };
  };
  /** Lets the outbox try again. */
  const later = async () => {
    office.advance(3_600_000);
    await office.chancery.runDueTasks();
  };
  const actsWith = async (token: string) =>
    (await office.call('certificates.list', {}, { token, door: listenerDoor })).status;

  it('is connected only with an account that works, and shows no secret', async () => {
    expect((await office.call('keycloak.compare', {})).body.detail).toContain('no connection');
    const wrong = await office.call('keycloak.connect', { ...connection(), clientSecret: 'wrong' });
    expect(wrong.body.code).toBe('CONFLICT');
    expect((await office.must('keycloak.show', {})).connected).toBe(false);
    const shown = await office.must('keycloak.connect', connection());
    expect(shown).toMatchObject({ connected: true, clients: 0, waiting: [], error: null });
    expect(JSON.stringify(shown)).not.toContain(keycloak.account.secret);
  });

  it('makes a client on both sides, which gets its tokens there and acts here', async () => {
    const client = await office.newClient({ name: 'Build server' });
    expect(there(client.clientId)).toMatchObject({
      name: 'Build server',
      secret: client.clientSecret,
      serviceAccountsEnabled: true,
      standardFlowEnabled: false,
      directAccessGrantsEnabled: false,
    });
    const refused = await office.askToken(client);
    expect(refused.body.error).toBe('unauthorized_client');
    expect(refused.body.error_description).toContain('Keycloak');
    expect(await actsWith(await keycloak.token(client.clientId))).toBe(200);
    expect(await office.must('keycloak.compare', {})).toEqual(nothing);
  });

  it('takes no token of a person that was given out to the client, nor one of a client that is only there', async () => {
    const [client] = await here('Build server');
    const person = await keycloak.token(client?.clientId ?? '', { sub: 'a person' });
    expect(await actsWith(person)).toBe(401);
    expect(await actsWith(await keycloak.token(client?.clientId ?? '', { typ: 'ID' }))).toBe(401);
    keycloak.makeClient({ clientId: 'stranger' });
    expect(await actsWith(await keycloak.token('stranger'))).toBe(401);
    keycloak.clients.delete(there('stranger')?.id ?? '');
  });

  it('gives a new secret there, after which earlier tokens are void here', async () => {
    const client = await office.newClient({ name: 'Forgetful' });
    const before = await keycloak.token(client.clientId);
    const { clientSecret } = await office.must('clients.reset-secret', { id: client.id });
    expect(clientSecret).not.toBe(client.clientSecret);
    expect(await actsWith(before)).toBe(401);
  });

  it.each(['unavailable', 'silent', 'wrong'] as const)(
    'makes no half of a client while Keycloak is %s',
    async (trouble) => {
      keycloak.trouble = trouble;
      const answer = await office.call('clients.create', { name: `During ${trouble}`, realms: ['default'] });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      keycloak.trouble = 'none';
      expect(await here(`During ${trouble}`)).toEqual([]);
      await later();
      expect([...keycloak.clients.values()].map(({ name }) => name)).not.toContain(`During ${trouble}`);
      expect((await office.must('keycloak.show', {})).waiting).toEqual([]);
    },
  );

  it('removes a client there whose creation was done and not answered, and no other of that id', async () => {
    keycloak.trouble = 'after-the-change';
    const answer = await office.call('clients.create', { name: 'Lost answer', realms: ['default'] });
    expect(answer.body.code).toBe('PROVIDER_UNAVAILABLE');
    const left = [...keycloak.clients.values()].find(({ name }) => name === 'Lost answer');
    expect(left).toBeDefined();
    expect((await office.must('keycloak.show', {})).waiting).toMatchObject([{ kind: 'delete', attempts: 1 }]);
    expect(await here('Lost answer'), 'nothing here before').toEqual([]);
    keycloak.trouble = 'none';
    await later();
    expect(keycloak.clients.has(left?.id ?? '')).toBe(false);
    expect(await office.must('keycloak.compare', {})).toEqual(nothing);
  });

  it('deletes here at once and there when it can, and does not bring the client back meanwhile', async () => {
    const client = await office.newClient({ name: 'Retired' });
    const uuid = there(client.clientId)?.id ?? '';
    keycloak.trouble = 'unavailable';
    await office.must('clients.delete', { id: client.id });
    keycloak.trouble = 'none';
    expect(await here(client.clientId)).toEqual([]);
    expect(keycloak.clients.has(uuid)).toBe(true);
    expect((await office.must('keycloak.compare', {})).added).toEqual([]);
    await later();
    expect(keycloak.clients.has(uuid)).toBe(false);
  });

  it('shows what was changed there before it takes it in, matched by uuid', async () => {
    const renamed = await office.newClient({ name: 'Before' });
    const disabled = await office.newClient({ name: 'Switched off' });
    const vanished = await office.newClient({ name: 'Gone' });
    const onlyHere = (await here('Build server'))[0]?.clientId ?? '';
    const uuidOf = (client: { clientId: string }) => there(client.clientId)?.id ?? '';
    Object.assign(there(renamed.clientId) ?? {}, { name: 'After' });
    Object.assign(there(disabled.clientId) ?? {}, { enabled: false });
    keycloak.clients.delete(uuidOf(vanished));
    keycloak.makeClient({ clientId: 'made-there', name: 'Made there' });
    // Another client under a client id that is taken here is not the one here.
    Object.assign(there(onlyHere) ?? {}, { clientId: 'renamed-there' });

    const difference = await office.must('keycloak.compare', {});
    expect(difference).toMatchObject({
      added: [{ clientId: 'made-there', name: 'Made there' }],
      renamed: [{ id: renamed.id, from: 'Before', to: 'After' }],
      disabled: [{ id: disabled.id }],
      vanished: [{ id: vanished.id, name: 'Gone' }],
    });
    expect(await here('made-there'), 'a look changes nothing').toHaveLength(0);
    expect(await office.must('keycloak.sync', {})).toEqual(difference);
    expect(await here('made-there')).toMatchObject([{ name: 'Made there', realms: [], active: false }]);
    expect((await here('After'))[0]?.id).toBe(renamed.id);
    expect((await here('Switched off'))[0]?.enabled).toBe(false);
    expect((await here('Gone'))[0], 'kept until a person deletes it').toMatchObject({ enabled: false });
    expect(await office.must('keycloak.compare', {})).toEqual(nothing);
    expect(await actsWith(await keycloak.token('made-there')), 'no realm, no deeds').toBe(401);
  });

  it('takes in what was made there while somebody searches for it, and by the clock', async () => {
    keycloak.makeClient({ clientId: 'searched-for' });
    office.advance(120_000);
    expect(await here('searched-for')).toHaveLength(1);
    keycloak.makeClient({ clientId: 'by-the-clock' });
    office.advance(20 * 60_000);
    await office.chancery.runDueTasks();
    expect((await office.must('clients.list', {})).items.map(({ clientId }) => clientId)).toContain(
      'by-the-clock',
    );
  });

  it('lists, searches and says what is wrong while Keycloak is down', async () => {
    keycloak.trouble = 'silent';
    office.advance(120_000);
    expect(await here('After')).toHaveLength(1);
    expect((await office.call('keycloak.sync', {})).body.code).toBe('PROVIDER_UNAVAILABLE');
    expect((await office.must('keycloak.show', {})).error).toContain('cannot be used');
    keycloak.trouble = 'none';
    await office.must('keycloak.sync', {});
    expect((await office.must('keycloak.show', {})).error).toBeNull();
  });

  it('reads more clients than a page has', async () => {
    for (let number = 0; number < 230; number += 1) keycloak.makeClient({ clientId: `many-${number}` });
    expect((await office.must('keycloak.sync', {})).added).toHaveLength(230);
    expect(await office.must('keycloak.compare', {})).toEqual(nothing);
  });
});
