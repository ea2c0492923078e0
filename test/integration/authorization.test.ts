import { beforeAll, describe, expect, it } from 'vitest';
import { ownOnly, type BuiltInRole as Role, roleGrants } from '../../src/shared/model/permissions.ts';
import {
  type AnyOperation,
  type Input,
  type OperationId,
  operations,
} from '../../src/shared/operations/index.ts';
import type { OperationFields } from '../../src/shared/operations/operation.ts';
import {
  type ChanceryInProcess,
  type Client,
  listenerDoor,
  openInProcess,
} from '../support/chancery-in-process.ts';
import { auditEvents, readRows, tableCounts } from '../support/database-reader.ts';

const unknownId = '01a20065-db37-795e-bb91-81fbd69184a2';
const password = 'correct horse battery';

/** Input that is valid and, where it names something, names what is not there: so a caller who may gets past. */
const definition = {
  subject: { mode: 'any' },
  subjectAltNames: { mode: 'none' },
  keyUsages: { allowed: [], required: [] },
  extendedKeyUsages: { allowed: [], required: [] },
  keyAlgorithms: ['ecdsa-p256'],
  maxValidity: 'P1D',
};

const inputs: Partial<Record<OperationId, object>> = {
  'certificates.issue': { profile: 'no-such', subject: { commonName: 'a.example' } },
  'certificates.preview': { profile: 'no-such', subject: { commonName: 'a.example' } },
  'certificates.import': { files: [{ name: 'a.pem', contentBase64: '' }] },
  'certificates.issue-bulk': { csv: 'commonName', profile: 'no-such', dryRun: true },
  'certificates.renew-bulk': { ids: [unknownId], expected: 2 },
  'certificates.revoke-bulk': { ids: [unknownId], expected: 2 },
  'certificates.metadata': { id: unknownId, metadata: null },
  'certificates.private-key': { id: unknownId, passphrase: 'long enough', reason: 'because' },
  'authorities.create': { slug: 'new', parent: 'no-such', realm: 'default' },
  'authorities.issue-intermediate': { id: 'no-such', csr: 'none' },
  'authorities.request': { slug: 'new', realm: 'no-such' },
  'authorities.install': { id: 'no-such', certificate: 'none' },
  'authorities.import': { slug: 'new', realm: 'no-such', pkcs12: 'AAAA' },
  'policies.create': { slug: 'new', realm: 'no-such', definition },
  'policies.test': { policy: 'no-such' },
  'policies.impact': { id: 'no-such', definition },
  'profiles.create': { slug: 'new', realm: 'no-such', policy: 'x', issuer: 'x' },
  'requests.create': { profile: 'no-such', subject: { commonName: 'a.example' } },
  'requests.complete': { id: unknownId, certificate: 'x' },
  'requests.approve': { id: unknownId, askedHash: '0'.repeat(64) },
  'requests.reject': { id: unknownId, askedHash: '0'.repeat(64), reason: 'because' },
  'clients.create': { name: 'New', realms: ['no-such'] },
  'pending.add': { realm: 'no-such', certificate: 'x' },
  'pending.accept': { id: unknownId, alias: 'x' },
  'realms.create': { slug: 'system' },
  'end-entities.create': { realm: 'no-such', commonName: 'x' },
  'operators.create': { name: 'new', role: 'approver', realms: ['no-such'], password },
  'inspect.file': { content: 'x' },
  'inspect.asn1': { content: 'x' },
  'inspect.compare': { first: 'x', second: 'x' },
  'inspect.lint': { content: 'x' },
  'inspect.verify': { content: 'x' },
  'settings.set': { key: 'keyfactor.realm', value: 'no-such' },
  'alerts.acknowledge': { ids: [unknownId] },
  'vault.initialise': { vault: 'file' },
  'vault.confirm-recovery': { recoveryKey: 'wrong' },
};

/** Without effect only with other data, or the end of everything that comes after: their own tests have them. */
const triedElsewhere: readonly OperationId[] = [
  'vault.lock',
  'sessions.end',
  'system.quickstart',
  'authorities.publish-crl',
];

function inputOf(operation: AnyOperation): object {
  const given = inputs[operation.id];
  if (given) return given;
  return Object.hasOwn(operation.input.shape, 'id') ? { id: unknownId } : {};
}

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
const withPermission = operations.filter(
  ({ permission, id }) => permission !== 'public' && !triedElsewhere.includes(id),
);

describe.each(callers)('%s', (who) => {
  const grants: readonly string[] = who === 'nobody' ? [] : roleGrants[who as Role];
  const may = ({ permission }: OperationFields) =>
    permission === 'public' || (permission === 'signed-in' ? who !== 'nobody' : grants.includes(permission));

  it.each(withPermission.map((operation) => [operation.id, operation] as const))(
    'calls %s only where its role says so',
    async (id, operation) => {
      const counts = tableCounts(office.home);
      const leaves = auditEvents(office.home).length;
      const { status, body } = await call(id, inputOf(operation), who);
      if (may(operation)) {
        expect(['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID_INPUT'], body.detail).not.toContain(body.code);
        return;
      }
      expect([status, body.code]).toEqual(who === 'nobody' ? [401, 'UNAUTHENTICATED'] : [403, 'FORBIDDEN']);
      expect(tableCounts(office.home)).toEqual(counts);
      const events = auditEvents(office.home).slice(leaves);
      const isRecorded = 'audit' in operation && who !== 'nobody';
      expect(events.map(({ outcome, detail }) => [outcome, detail.code])).toEqual(
        isRecorded ? [['failure', 'FORBIDDEN']] : [],
      );
    },
  );

  it('is told of the permissions that it has, no more and no fewer', async () => {
    const { body } = await call('sessions.whoami', {}, who);
    expect(body).toMatchObject({ permissions: expect.any(Array) });
    expect([...(body as { permissions: string[] }).permissions].sort()).toEqual([...grants].sort());
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
  it('is named in the table, and the table is part of the grants', () => {
    for (const role of Object.keys(ownOnly) as Role[])
      expect(roleGrants[role]).toEqual(expect.arrayContaining([...ownOnly[role]]));
    expect(ownOnly['api-client']).toEqual(
      expect.arrayContaining(['certificates.private-key', 'clients.read']),
    );
  });

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
