import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChanceryInProcess, openInProcess } from '../../../../support/chancery-in-process.ts';

const dayMs = 86_400_000;

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
});
