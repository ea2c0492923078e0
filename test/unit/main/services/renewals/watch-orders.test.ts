import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Input } from '../../../../../src/shared/operations/index.ts';
import { type ChanceryInProcess, openInProcess } from '../../../../support/chancery-in-process.ts';
import { readRows } from '../../../../support/database-reader.ts';
import { opensslText } from '../../../../support/openssl.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const dayMs = 86_400_000;
const folder = temporaryFolder('elsewhere');

/** The certificate of a CA of openssl for the request, good for 90 days. */
async function signedElsewhere(csr: string): Promise<string> {
  const path = (name: string) => join(folder, name);
  writeFileSync(path('leaf.csr'), csr);
  await opensslText(
    ...['req', '-x509', '-newkey', 'ed25519', '-nodes', '-days', '365', '-subj', '/CN=Outside CA'],
    ...['-keyout', path('ca.key'), '-out', path('ca.pem')],
  );
  await opensslText(
    ...['x509', '-req', '-in', path('leaf.csr'), '-CA', path('ca.pem'), '-CAkey', path('ca.key')],
    ...['-days', '90', '-out', path('leaf.pem')],
  );
  return readFileSync(path('leaf.pem'), 'utf8');
}

describe('orders that renew themselves', () => {
  let office: ChanceryInProcess;
  beforeAll(async () => {
    office = await openInProcess();
  });
  afterAll(() => office.chancery.close());

  const issue = (commonName: string, validity = '90d') =>
    office.must('certificates.issue', {
      profile: 'tls-server',
      realm: 'default',
      subject: { commonName },
      validity,
    });
  const openAlerts = async (orderId: string) =>
    (await office.must('alerts.list', { limit: 500 })).items
      .filter(({ subjectId }) => subjectId === orderId)
      .map(({ kind }) => kind);

  it('renews when its time has come, once, and the order resolves to the new one', async () => {
    const { id, orderId } = await issue('auto.example');
    const set = await office.must('certificates.configure', { id, autoRenew: true, renewBefore: '30d' });
    expect(set).toMatchObject({ autoRenew: true, renewBefore: '30d', setBy: 'order', attempts: 0 });
    await office.chancery.runDueTasks();
    expect((await office.must('orders.show', { id: orderId })).newest.id).toBe(id);
    office.advance(60 * dayMs + 60_000);
    await office.chancery.runDueTasks();
    await office.chancery.runDueTasks();
    const order = await office.must('orders.show', { id: orderId });
    expect(order.certificates.map(({ id }) => id)).toEqual([order.newest.id, id]);
    expect(order.newest).toMatchObject({ hasPrivateKey: true, status: 'valid', commonName: 'auto.example' });
    expect(order.renewal.lastRenewedAt).not.toBeNull();
    const [before, after] = await Promise.all(
      [id, order.newest.id].map((one) => office.must('certificates.show', { id: one })),
    );
    expect(before).toMatchObject({ renewedById: order.newest.id, renewsId: null, status: 'valid' });
    expect(after).toMatchObject({ renewsId: id, renewedById: null });
    expect(await openAlerts(orderId)).toEqual([]);
    // Whoever asked for it at first can fetch the key of the renewal too.
    expect(after?.requestedBy).toBe(before?.requestedBy);
  });

  it('tells of one that nobody renews, and is calm when it is renewed or revoked', async () => {
    const first = await issue('by-hand.example');
    const second = await issue('given-up.example');
    office.advance(61 * dayMs);
    await office.chancery.runDueTasks();
    await office.chancery.runDueTasks();
    expect(await openAlerts(first.orderId)).toEqual(['certificate.expiring']);
    expect(await openAlerts(second.orderId)).toEqual(['certificate.expiring']);
    await office.must('certificates.renew', { id: first.id });
    await office.must('certificates.revoke', { id: second.id });
    await office.chancery.runDueTasks();
    expect(await openAlerts(first.orderId)).toEqual([]);
    expect(await openAlerts(second.orderId)).toEqual([]);
  });

  it('tells of one that has ended, also after a sleep over its whole last month', async () => {
    const { orderId } = await issue('slept.example', '40d');
    office.advance(100 * dayMs);
    await office.chancery.runDueTasks();
    expect(await openAlerts(orderId)).toEqual(['certificate.expired']);
  });

  const profileWith = async (slug: string, fields: Partial<Input<'profiles.create'>>) =>
    office.must('profiles.create', {
      ...{ slug, realm: 'default', policy: 'tls-server', issuer: 'issuing' },
      renewal: { autoRenew: true, renewBefore: '50%' },
      ...fields,
    });
  const issueUnder = (profile: string, commonName: string) =>
    office.must('certificates.issue', {
      ...{ profile, realm: 'default', subject: { commonName }, validity: '90d' },
    });
  const lineOf = async (id: string) => (await office.must('orders.show', { id })).certificates.length;

  it('does what the profile says, from the round on in which it says so', async () => {
    await profileWith('by-itself', { renewal: { autoRenew: false } });
    const { orderId } = await issueUnder('by-itself', 'by-profile.example');
    office.advance(50 * dayMs);
    await office.chancery.runDueTasks();
    expect(await lineOf(orderId)).toBe(1);
    await office.must('profiles.update', {
      id: 'by-itself',
      renewal: { autoRenew: true, renewBefore: '50%' },
    });
    await office.chancery.runDueTasks();
    expect(await lineOf(orderId)).toBe(2);
    const { renewal } = await office.must('orders.show', { id: orderId });
    expect(renewal).toMatchObject({ autoRenew: true, renewBefore: '50%', setBy: 'profile' });
  });

  it('makes no key that nobody is there to take', async () => {
    await profileWith('now-forgetful', {});
    const { id, orderId } = await issueUnder('now-forgetful', 'forgotten.example');
    await office.must('profiles.update', { id: 'now-forgetful', keyRetention: 'handed-out' });
    expect((await office.must('orders.show', { id: orderId })).renewal.autoRenew).toBe(false);
    const refused = await office.call('certificates.configure', { id, autoRenew: true });
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('keeps none')]);
    office.advance(61 * dayMs);
    await office.chancery.runDueTasks();
    expect(await lineOf(orderId)).toBe(1);
    expect(await openAlerts(orderId)).toEqual(['certificate.expiring']);
  });

  it('does not take on a key that is elsewhere', async () => {
    const { id, certificate } = await issue('elsewhere.example');
    const imported = await office.must('certificates.import', {
      realm: 'default',
      files: [{ name: 'a.pem', contentBase64: Buffer.from(certificate).toString('base64') }],
    });
    expect(imported.imported + imported.known).toBe(1);
    const { items } = await office.must('certificates.list', { origin: 'imported' });
    for (const one of items) {
      const answer = await office.call('certificates.configure', { id: one.id, autoRenew: true });
      expect(answer).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    }
    expect(items.map((one) => one.id)).not.toContain(id);
  });

  it('leaves what an authority outside has issued to people, and authorities to themselves', async () => {
    // One whose clock is that of openssl.
    await office.chancery.close();
    office = await openInProcess();
    await profileWith('outside', {});
    const { requestId } = await office.must('requests.create', {
      ...{ profile: 'outside', realm: 'default', subject: { commonName: 'outside.example' } },
    });
    const csr = await office.must('requests.csr', { id: requestId });
    const certificate = await signedElsewhere(Buffer.from(csr.contentBase64, 'base64').toString());
    const { certificateId } = await office.must('requests.complete', { id: requestId, certificate });
    office.advance(70 * dayMs);
    await office.chancery.runDueTasks();
    expect(await lineOf(certificateId ?? '')).toBe(1);
    expect(await openAlerts(certificateId ?? '')).toEqual(['certificate.expiring']);
    const [root] = readRows<{ id: string }>(office.home, 'select id from certificates where isAuthority = 1');
    const answer = await office.call('certificates.configure', { id: root?.id ?? '', renewBefore: '30d' });
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining('of an authority')]);
  });
});

describe('what else people are told of', () => {
  let office: ChanceryInProcess;
  beforeAll(async () => {
    office = await openInProcess();
  });
  afterAll(() => office.chancery.close());
  const open = async (kind: Input<'alerts.list'>['kind']) =>
    (await office.must('alerts.list', { kind })).items.map(({ detail }) => detail.name);

  it('is an API client whose last secret ends, until it has a later one', async () => {
    const { id, clientId } = await office.newClient({ name: 'Short', secretValidity: '60d' });
    await office.newClient({ name: 'Endless' });
    await office.chancery.runDueTasks();
    expect(await open('client.secret-expiring')).toEqual([]);
    office.advance(50 * dayMs);
    await office.chancery.runDueTasks();
    await office.chancery.runDueTasks();
    expect(await open('client.secret-expiring')).toEqual([clientId]);
    await office.must('clients.reset-secret', { id });
    await office.chancery.runDueTasks();
    expect(await open('client.secret-expiring')).toEqual([]);
  });

  it('is a request that waits for a decision, until that is made', async () => {
    const asked = await office.call('certificates.issue', {
      profile: 'tls-server-approval',
      subject: { commonName: 'waits.example' },
    });
    const { requestId } = asked.body as unknown as { requestId: string };
    await office.chancery.runDueTasks();
    await office.chancery.runDueTasks();
    expect(await open('request.pending')).toEqual(['waits.example']);
    await office.must('requests.cancel', { id: requestId });
    await office.chancery.runDueTasks();
    expect(await open('request.pending')).toEqual([]);
  });
});

it('an order renews itself as its profile says, where nothing else was set for it', async () => {
  const office = await openInProcess();
  const realm = 'default';
  await office.must('profiles.create', {
    ...{ slug: 'self-renewing', realm, policy: 'tls-server', issuer: 'issuing' },
    renewal: { autoRenew: true, renewBefore: '30d' },
  });
  const subject = { commonName: 'profile.example' };
  const { id, orderId } = await office.must('certificates.issue', {
    profile: 'self-renewing',
    realm,
    subject,
  });
  await office.chancery.runDueTasks();
  office.advance(60 * dayMs + 60_000);
  await office.chancery.runDueTasks();
  const order = await office.must('orders.show', { id: orderId });
  expect(order.newest.id).not.toBe(id);
  expect(order.renewal).toMatchObject({ autoRenew: true, renewBefore: '30d', setBy: 'profile' });
  await office.chancery.close();
});

it('an order in an archived realm is left as it is, and renewed once the realm is back', async () => {
  const office = await openInProcess();
  const realm = 'default';
  const subject = { commonName: 'archived.example' };
  const { id, orderId } = await office.must('certificates.issue', {
    ...{ realm, profile: 'tls-server', subject, validity: '90d' },
  });
  await office.must('certificates.configure', { id, autoRenew: true, renewBefore: '30d' });
  const line = () => readRows(office.home, `select 1 from certificates where orderId = '${orderId}'`).length;
  await office.must('realms.archive', { id: realm });
  office.advance(61 * dayMs);
  await office.chancery.runDueTasks();
  expect(line()).toBe(1);
  await office.must('realms.restore', { id: realm });
  await office.chancery.runDueTasks();
  expect(line()).toBe(2);
  await office.chancery.close();
});
