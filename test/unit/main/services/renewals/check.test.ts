import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ChanceryInProcess,
  listenerDoor,
  openInProcess,
} from '../../../../support/chancery-in-process.ts';
import { issuedNow } from '../../../../support/issued-now.ts';

const dayMs = 86_400_000;

describe('what scripts and monitoring ask', () => {
  let office: ChanceryInProcess;
  beforeAll(async () => {
    office = await openInProcess();
  });
  afterAll(() => office.chancery.close());

  it('finds nothing at first, then what nobody renews, and nothing again once it is renewed', async () => {
    expect(await office.must('system.check', {})).toEqual({ ok: true, findings: [], total: 0 });
    const subject = { commonName: 'a.example' };
    const input = { profile: 'tls-server', realm: 'default', subject, validity: '90d' };
    const { id } = issuedNow(await office.must('certificates.issue', input));
    office.advance(61 * dayMs);
    await office.chancery.runDueTasks();
    const { ok, findings } = await office.must('system.check', { expiring: '30d', crl: '7d' });
    expect([ok, findings.map((one) => [one.kind, one.id])]).toEqual([false, [['certificate.expiring', id]]]);
    expect((await office.must('system.check', { expiring: '1d' })).ok).toBe(true);
    await office.must('certificates.renew', { id });
    expect((await office.must('system.check', {})).ok).toBe(true);
  });

  it('says when to renew and when to ask again, and in full why not', async () => {
    const subject = { commonName: 'b.example' };
    const input = { profile: 'tls-server', realm: 'default', subject, validity: '90d' };
    const { id } = issuedNow(await office.must('certificates.issue', input));
    const before = await office.call('certificates.renewal', { id });
    expect(before.body).toMatchObject({
      eligible: true,
      reasons: [],
      sources: ['newKey', 'sameKey', 'newCsr'],
    });
    expect(Number(before.headers.get('retry-after'))).toBe(before.body.retryAfterSeconds);
    const { serialNumber } = issuedNow(await office.must('certificates.renew', { id }));
    const after = await office.must('certificates.renewal', { id });
    expect(after).toMatchObject({ eligible: false, suggestedWindow: null, sources: [] });
    expect(after.reasons.map(({ code }) => code)).toEqual(['already-renewed']);
    const refused = await office.call('certificates.renew', { id });
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain(`it is renewed already, by ${serialNumber}`);
  });

  it('renews once where two ask at the same moment', async () => {
    const input = { profile: 'tls-server', realm: 'default', subject: { commonName: 'c.example' } };
    const { id, orderId } = issuedNow(await office.must('certificates.issue', input));
    const answers = await Promise.all([1, 2, 3].map(() => office.call('certificates.renew', { id })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    expect((await office.must('orders.show', { id: orderId })).certificates).toHaveLength(2);
  });

  it('gives a calendar file that folds no line over 75 octets', async () => {
    await office.chancery.runDueTasks();
    const { contentBase64 } = await office.must('renewals.calendar', {});
    const lines = Buffer.from(contentBase64, 'base64').toString().split('\r\n');
    expect(lines[0]).toBe('BEGIN:VCALENDAR');
    expect(lines.filter((line) => line === 'BEGIN:VEVENT').length).toBeGreaterThan(1);
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    const listener = await office.call('renewals.calendar', {}, { door: listenerDoor });
    expect(listener.status).toBe(401);
  });
});
