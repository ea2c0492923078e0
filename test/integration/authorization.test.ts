import { beforeAll, describe, expect, it } from 'vitest';
import { permissions } from '../../src/shared/model/permissions.ts';
import { type Input, type OperationId, operations } from '../../src/shared/operations/index.ts';
import {
  type ChanceryInProcess,
  type Client,
  listenerDoor,
  openInProcess,
} from '../support/chancery-in-process.ts';
import { auditEvents, readRows, tableCounts } from '../support/database-reader.ts';
import { harmlessInput } from '../support/operation-inputs.ts';
import { mayUse, roles, rowOf, table } from '../support/permission-table.ts';

const password = 'correct horse battery';

/** Without effect only with other data, or the end of everything that comes after: their own tests have them. */
const triedElsewhere: readonly OperationId[] = [
  'vault.lock',
  'sessions.end',
  'system.quickstart',
  'authorities.publish-crl',
];

let office: ChanceryInProcess;
const tokens = new Map<string, string | null>();
let client: Client;
let other: Client;

beforeAll(async () => {
  office = await openInProcess();
  client = await office.newClient({ name: 'One' });
  other = await office.newClient({ name: 'Two' });
  tokens.set('nobody', null);
  tokens.set('api-client', await office.token(client));
  // The first operator makes sign-in necessary, so it comes last of what the owner does.
  await office.must('operators.create', { name: 'administrator', role: 'administrator', password });
  const signIn = async (name: string) =>
    (await office.must('sessions.create', { name, password }, { door: listenerDoor })).token;
  tokens.set('administrator', await signIn('administrator'));
  for (const role of ['auditor', 'ra-operator', 'approver'] as const) {
    const realms = role === 'auditor' ? {} : { realms: ['default'] };
    await office.must(
      'operators.create',
      { name: role, role, password, ...realms },
      { token: tokens.get('administrator') ?? null },
    );
    tokens.set(role, await signIn(role));
  }
});

const call = (id: OperationId, input: object, who: string) =>
  office.call(id, input as Input<OperationId>, { token: tokens.get(who) ?? null, door: listenerDoor });

const callers = ['nobody', 'api-client', 'auditor', 'approver', 'ra-operator', 'administrator'] as const;
const walked = operations.filter(
  ({ permission, id }) => permission !== 'public' && !triedElsewhere.includes(id),
);

describe.each(callers)('%s', (who) => {
  const role = who === 'nobody' ? null : who;

  it('may what the table says and nothing else; what is refused leaves nothing but a line in the record', async () => {
    const refused = walked.filter(({ id }) => !mayUse(id, role));
    const counts = tableCounts(office.home);
    const leaves = auditEvents(office.home).length;
    const expected = who === 'nobody' ? '401 UNAUTHENTICATED' : '403 FORBIDDEN';
    const answers: string[] = [];
    for (const operation of refused) {
      const { status, body } = await call(operation.id, harmlessInput(operation), who);
      answers.push(`${operation.id} ${status} ${body.code}`);
    }
    expect(answers).toEqual(refused.map(({ id }) => `${id} ${expected}`));
    expect(tableCounts(office.home)).toEqual(counts);
    const recorded = refused.filter((operation) => 'audit' in operation && who !== 'nobody');
    const events = auditEvents(office.home).slice(leaves);
    expect(events.map(({ outcome, detail }) => [outcome, detail.operation, detail.code])).toEqual(
      recorded.map(({ id }) => ['failure', id, 'FORBIDDEN']),
    );

    const wrong: string[] = [];
    for (const operation of walked.filter(({ id }) => mayUse(id, role))) {
      const { body } = await call(operation.id, harmlessInput(operation), who);
      const stopped = ['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID_INPUT'].includes(body.code ?? '');
      if (stopped) wrong.push(`${operation.id} ${body.code} ${body.detail}`);
    }
    expect(wrong).toEqual([]);
  });

  it('is told of the permissions that it has, no more and no fewer', async () => {
    const { body } = await call('sessions.whoami', {}, who);
    const held =
      role === null ? [] : Object.keys(table).filter((row) => table[row]?.[roles.indexOf(role)] !== '');
    expect([...(body as { permissions: string[] }).permissions].sort()).toEqual(held.sort());
  });
});

describe('the table', () => {
  it('has every operation in exactly one row, and every permission that there is', () => {
    expect(operations.map(({ id }) => id).filter((id) => !rowOf.has(id))).toEqual([]);
    expect([...rowOf.keys()].sort()).toEqual(operations.map(({ id }) => id).sort());
    expect(Object.keys(table).sort()).toEqual([...permissions].sort());
  });
});

describe('those left out above', () => {
  it.each([
    ['system.quickstart', {}, ['administrator']],
    ['authorities.publish-crl', { id: 'issuing' }, ['administrator']],
  ] as const)('%s', async (id, input, allowed: readonly string[]) => {
    for (const who of callers) {
      const { status } = await call(id, input, who);
      expect([who, status < 300]).toEqual([who, allowed.includes(who)]);
    }
  });

  it('vault.lock is for administrators', async () => {
    for (const who of callers.filter((one) => one !== 'administrator')) {
      expect([401, 403]).toContain((await call('vault.lock', {}, who)).status);
    }
    expect(office.chancery.vaultState()).toBe('open');
  });
});

describe('what a role holds for its own only', () => {
  it('an API client gets the key of its own certificate and not of another client', async () => {
    const issued = await office.must(
      'certificates.issue',
      { subject: { commonName: 'own.example.com' } },
      { token: await office.token(client) },
    );
    const ask = async (one: Client) =>
      (
        await office.call(
          'certificates.private-key',
          { id: issued.id, passphrase: 'long enough', reason: 'trying' },
          { token: await office.token(one) },
        )
      ).status;
    expect([await ask(client), await ask(other)]).toEqual([200, 404]);
  });

  it('an API client sees itself in the list of clients, and no other', async () => {
    const token = await office.token(client);
    for (const search of [undefined, 'two', other.clientId]) {
      const { items, total } = await office.must('clients.list', search === undefined ? {} : { search }, {
        token,
      });
      const expected = search === undefined ? [client.clientId] : [];
      expect([items.map(({ clientId }) => clientId), total]).toEqual([expected, expected.length]);
    }
    expect((await office.must('system.overview', {}, { token })).clients).toBe(1);
  });
});

describe('the owner of the machine', () => {
  const owner = (id: OperationId, input: object) => office.call(id, input as Input<OperationId>);

  it('is nobody in particular once there is an operator', async () => {
    expect((await owner('certificates.list', {})).body.code).toBe('UNAUTHENTICATED');
    expect((await owner('sessions.enter', {})).body.code).toBe('FORBIDDEN');
    expect(await office.chancery.newTicket()).toBeNull();
  });

  it('cannot enter by the listener, whatever the door of a request says', async () => {
    const own = await openInProcess({ prepares: 'vault' });
    expect((await own.call('sessions.enter', {}, { door: listenerDoor })).body.code).toBe('FORBIDDEN');
    expect((await own.call('certificates.list', {}, { door: listenerDoor })).body.code).toBe(
      'UNAUTHENTICATED',
    );
    expect((await own.call('sessions.enter', {})).status).toBe(201);
    const ticket = (await own.chancery.newTicket()) ?? '';
    const redeemed = await own.must('sessions.redeem', { ticket }, { door: listenerDoor });
    expect((await own.call('settings.list', {}, { door: listenerDoor, token: redeemed.token })).status).toBe(
      200,
    );
    await own.chancery.close();
  });

  it('loses the sessions it had when the first operator is made', async () => {
    const own = await openInProcess({ prepares: 'vault' });
    const { token } = await own.must('sessions.enter', {});
    await own.must('operators.create', { name: 'ada', role: 'administrator', password });
    expect((await own.call('settings.list', {}, { token })).body.code).toBe('TOKEN_INVALID');
    await own.chancery.close();
  });
});

describe('a disabled operator', () => {
  it('is signed out at once and cannot sign in again', async () => {
    const administrator = tokens.get('administrator') ?? null;
    const made = await office.must(
      'operators.create',
      { name: 'leaving', role: 'auditor', password },
      { token: administrator },
    );
    const ask = () => office.call('sessions.create', { name: 'leaving', password }, { door: listenerDoor });
    const session = (await ask()).body.token;
    await office.must('operators.disable', { id: made.id }, { token: administrator });
    expect((await office.call('audit.list', {}, { token: session })).body.code).toBe('TOKEN_INVALID');
    expect((await ask()).body.code).toBe('WRONG_CREDENTIALS');
    expect(
      readRows(office.home, "select 1 from operators where name = 'leaving' and disabledAt is not null"),
    ).toHaveLength(1);
  });
});
