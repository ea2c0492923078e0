import { beforeAll, describe, expect, it } from 'vitest';
import type { Input } from '../../src/shared/operations/index.ts';
import {
  type Answer,
  type ChanceryInProcess,
  listenerDoor,
  openInProcess,
} from '../support/chancery-in-process.ts';
import { auditEvents, faultsOf, readRows } from '../support/database-reader.ts';
import { newCsr, opensslText } from '../support/openssl.ts';

let office: ChanceryInProcess;
let token: string;

beforeAll(async () => {
  office = await openInProcess();
  token = await office.token(await office.newClient());
});

const codes = (answers: readonly Answer<object>[]) =>
  answers.map(({ status, body }) => body.code ?? status).sort();
const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const issue = (commonName: string, fields: Input<'certificates.issue'> = {}) =>
  office.call('certificates.issue', { subject: { commonName }, ...fields }, { token });

let pendings = 0;
async function newPending(): Promise<string> {
  pendings += 1;
  const certificate = await opensslText(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    '/dev/null',
    '-subj',
    `/CN=device-${pendings}`,
  );
  return (await office.must('pending.add', { realm: 'default', certificate })).id;
}

describe('at once', () => {
  it('two operators accept one certificate: one does, the other is told that it is decided', async () => {
    const id = await newPending();
    const answers = await times(2, (index) => office.call('pending.accept', { id, alias: `by-${index}` }));
    expect(codes(answers)).toEqual([201, 'NOT_FOUND']);
    expect((await office.must('device-clients.list', {})).total).toBe(1);
  });

  it('one accepts what the other rejects: one decision stands', async () => {
    const id = await newPending();
    const answers = await Promise.all([
      office.call('pending.accept', { id, alias: 'accepted' }),
      office.call('pending.reject', { id, reason: 'unknown device' }),
    ]);
    expect(answers.filter(({ status }) => status < 400)).toHaveLength(1);
    const [row] = readRows<{ state: string }>(
      office.home,
      'select state from pending_certificates where id = ?',
      id,
    );
    const hasClient =
      readRows(office.home, 'select 1 from device_clients where pendingId = ?', id).length === 1;
    expect(hasClient).toBe(row?.state === 'accepted');
  });

  it('two certificates want one alias: one gets it, whatever the case, and the other still waits', async () => {
    const ids = [await newPending(), await newPending()];
    const answers = await Promise.all(
      ids.map((id, index) =>
        office.call('pending.accept', { id, alias: ['Press-7', 'PRESS-7'][index] ?? '' }),
      ),
    );
    expect(codes(answers)).toEqual([201, 'ALREADY_EXISTS']);
    const waiting = (await office.must('pending.list', {})).items.map(({ id }) => id);
    expect(ids.filter((id) => waiting.includes(id))).toHaveLength(1);
  });

  it('one certificate is added twice: it waits once', async () => {
    const certificate = (await office.must('authorities.show', { id: 'root' })).certificate;
    const answers = await times(3, () => office.call('pending.add', { realm: 'default', certificate }));
    expect(codes(answers)).toEqual([201, 'ALREADY_EXISTS', 'ALREADY_EXISTS']);
  });

  it('one certificate is revoked twice: once with its reason, and in the CRL when either answers', async () => {
    const { body } = await issue('revoked-twice.example.com');
    const answers = await Promise.all(
      (['keyCompromise', 'superseded'] as const).map((reason) =>
        office.call('certificates.revoke', { id: body.id, reason }, { token }),
      ),
    );
    expect(codes(answers)).toEqual([200, 'ALREADY_REVOKED']);
    const won = answers.find(({ status }) => status === 200);
    const shown = await office.must('certificates.show', { id: body.id });
    expect(shown.revocationReason).toBe(won?.body.revocationReason);
    const events = auditEvents(office.home).filter(
      ({ type, outcome, subject }) =>
        type === 'certificate.revoked' && outcome === 'success' && subject?.id === body.id,
    );
    expect(events).toHaveLength(1);
  });

  it('the first certificates of one name are issued: all are, for one end entity', async () => {
    const answers = await times(12, () => issue('brand-new.example.com'));
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
    const entities = await office.must('end-entities.list', { search: 'brand-new' });
    expect(entities.total).toBe(1);
    const owners = readRows<{ endEntityId: string }>(
      office.home,
      "select distinct endEntityId from certificates where commonName = 'brand-new.example.com'",
    );
    expect(owners).toEqual([{ endEntityId: entities.items[0]?.id }]);
    expect(new Set(answers.map(({ body }) => body.serialNumber)).size).toBe(12);
  });

  it('one request with one Idempotency-Key is sent ten times: there is one certificate', async () => {
    const { pem } = await newCsr('/CN=ten-times.example.com');
    const headers = { 'idempotency-key': 'ten-times' };
    const answers = await times(10, () =>
      office.call('certificates.issue', { csr: pem }, { token, headers }),
    );
    for (const { status, body } of answers)
      expect(status === 201 || body.code === 'IDEMPOTENCY_IN_PROGRESS').toBe(true);
    const again = await office.must('certificates.issue', { csr: pem }, { token, headers });
    expect(answers.filter(({ status }) => status === 201).every(({ body }) => body.id === again.id)).toBe(
      true,
    );
    expect((await office.must('certificates.list', { search: 'ten-times' })).total).toBe(1);
  });

  it('two callers use one Idempotency-Key: each has its own', async () => {
    const other = await office.token(await office.newClient({ name: 'Other' }));
    const headers = { 'idempotency-key': 'shared' };
    const ask = (one: string) =>
      office.must(
        'certificates.issue',
        { subject: { commonName: 'shared.example.com' } },
        { token: one, headers },
      );
    const [first, second] = await Promise.all([ask(token), ask(other)]);
    expect(first.id).not.toBe(second.id);
  });

  it('authorities of one slug are created: one is, and the losers leave neither key nor half an authority', async () => {
    const keys = () => readRows(office.home, 'select id from keys').length;
    const before = keys();
    const answers = await times(4, () =>
      office.call('authorities.create', { slug: 'twice', realm: 'default' }),
    );
    expect(codes(answers)).toEqual([201, 'ALREADY_EXISTS', 'ALREADY_EXISTS', 'ALREADY_EXISTS']);
    expect(keys() - before).toBe(1);
  });

  it('CRLs are published by many: numbers go up, and the newest is served', async () => {
    const answers = await times(20, () => office.call('authorities.publish-crl', { id: 'issuing' }));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const newest = Math.max(...answers.map(({ body }) => body.number));
    expect((await office.must('authorities.show', { id: 'issuing' })).crl?.number).toBe(newest);
    expect(new Set(answers.map(({ body }) => body.number)).size).toBeLessThan(20);
  });

  it('a client is deleted while it issues: what it was given is there, then nothing more is given', async () => {
    const client = await office.newClient({ name: 'Leaving' });
    const held = await office.token(client);
    const issuing = times(20, (index) =>
      office.call(
        'certificates.issue',
        { subject: { commonName: `leaving-${index}.example.com` } },
        { token: held },
      ),
    );
    const deleted = office.call('clients.delete', { id: client.id });
    const answers = await issuing;
    expect((await deleted).status).toBe(200);
    const given = answers.filter(({ status }) => status === 201).length;
    expect((await office.must('certificates.list', { search: 'leaving-', limit: 100 })).total).toBe(given);
    expect((await office.call('certificates.list', {}, { token: held })).body.code).toBe('TOKEN_INVALID');
  });

  it('an operator of one name is created twice, and the last administrator disabled by two: one stays', async () => {
    const own = await openInProcess({ prepares: 'vault' });
    const name = { name: 'ada', role: 'administrator', password: 'correct horse battery' } as const;
    const made = await times(3, () => own.call('operators.create', name));
    expect(codes(made)).toEqual([201, 'ALREADY_EXISTS', 'ALREADY_EXISTS']);
    const { token: session } = await own.must(
      'sessions.create',
      { name: 'ADA', password: name.password },
      { door: listenerDoor },
    );
    const bob = await own.must('operators.create', { ...name, name: 'bob' }, { token: session });
    const ada = made.find(({ status }) => status === 201)?.body.id ?? '';
    const answers = await Promise.all(
      [ada, bob.id].map((id) => own.call('operators.disable', { id }, { token: session })),
    );
    expect(codes(answers)).toEqual([200, 'CONFLICT']);
    const enabled = readRows(
      own.home,
      `select 1 from operators join operator_grants on operatorId = operators.id
       where disabledAt is null and operator_grants.role = 'administrator'`,
    );
    expect(enabled).toHaveLength(1);
    await own.chancery.close();
  });

  it('everything above has left a whole record', () => {
    expect(faultsOf(office.home)).toEqual([]);
    expect(office.logged).toEqual([]);
  });
});

describe('the quick start', () => {
  it('makes one set when it is pressed twice, and both callers have it', async () => {
    const own = await openInProcess({ prepares: 'vault' });
    const answers = await times(2, () => own.call('system.quickstart', {}));
    expect(codes(answers)).toEqual([200, 200]);
    const lists = await Promise.all([
      own.must('authorities.list', { realm: 'default' }),
      own.must('policies.list', {}),
      own.must('profiles.list', {}),
    ]);
    for (const { items } of lists) expect(new Set(items.map(({ slug }) => slug)).size).toBe(items.length);
    expect(lists[0].items.map(({ slug }) => slug).sort()).toEqual(['issuing', 'root']);
    const again = await own.must('system.quickstart', {});
    expect(again.created).toEqual([]);
    expect(faultsOf(own.home)).toEqual([]);
    await own.chancery.close();
  });
});

describe('the first vault', () => {
  it('is made once when two ask for it, and is the one that the data are sealed under', async () => {
    const first = await openInProcess({ prepares: 'nothing' });
    expect(codes(await times(2, () => first.call('vault.initialise', { vault: 'file' })))).toEqual([
      201,
      'ALREADY_EXISTS',
    ]);
    await first.must('system.quickstart', {});
    await first.chancery.close();
    const second = await openInProcess({ home: first.home, prepares: 'nothing' });
    expect(await second.chancery.unlockUnattended()).toBe(true);
    await second.must('authorities.publish-crl', { id: 'issuing' });
    await second.chancery.close();
  });
});
