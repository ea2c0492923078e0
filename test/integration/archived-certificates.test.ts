import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../support/chancery-in-process.ts';
import { auditEvents, faultsOf, readRows, tableCounts } from '../support/database-reader.ts';

let office: ChanceryInProcess;

beforeAll(async () => {
  office = await openInProcess();
});

afterAll(() => office.chancery.close());

const issue = (name: string, validity = '90d') =>
  office.must('certificates.issue', {
    profile: 'tls-server',
    realm: 'default',
    subject: { commonName: `${name}.example.com` },
    validity,
  });

async function revoked(name: string) {
  const issued = await issue(name);
  await office.must('certificates.revoke', { id: issued.id });
  return issued;
}

/** Ids that the list has, the search and the query by the name, and the export. */
async function seen(commonName: string, archived?: boolean): Promise<string[][]> {
  const given = { realm: 'default', ...(archived !== undefined && { archived }) };
  const lists = [
    { ...given, search: commonName },
    { ...given, query: `CN -eq "${commonName}"` },
    { ...given, query: `CN -contains "${commonName.slice(0, 12)}"`, search: commonName, countAll: true },
    { ...given, search: commonName, sort: 'notAfter' as const },
  ];
  const pages = await Promise.all(lists.map((input) => office.must('certificates.list', input)));
  for (const { items, total } of pages) expect(total).toBe(items.length);
  return pages.map(({ items }) => items.map(({ id }) => id));
}

const inAll = (id: string) => [[id], [id], [id], [id]];
const inNone = [[], [], [], []];

async function servedCrl(): Promise<Buffer> {
  const request = new Request('https://127.0.0.1/crl/issuing.crl');
  return Buffer.from(await (await office.chancery.handle(request, listenerDoor)).arrayBuffer());
}

describe('an archived certificate', () => {
  it('is out of the lists alone, and comes back into them', async () => {
    const { id, orderId, serialNumber } = await revoked('out-of-sight');
    const name = 'out-of-sight.example.com';
    const before = (await office.must('system.overview', {})).certificates.revoked;
    expect(await seen(name)).toEqual(inAll(id));

    const { archivedAt } = await office.must('certificates.archive', { id });
    expect(Date.parse(archivedAt ?? '')).toBeLessThanOrEqual(Date.now());
    expect([await seen(name), await seen(name, true)]).toEqual([inNone, inAll(id)]);
    expect((await office.must('system.overview', {})).certificates.revoked).toBe(before - 1);
    expect(await office.must('certificates.show', { id })).toMatchObject({ archivedAt, status: 'revoked' });
    const order = await office.must('orders.show', { id: orderId });
    expect(order.newest.id).toBe(id);
    // The next one has it as well.
    await revoked('another');
    expect((await servedCrl()).includes(Buffer.from(serialNumber, 'hex'))).toBe(true);

    expect((await office.must('certificates.restore', { id })).archivedAt).toBeNull();
    expect([await seen(name), await seen(name, true)]).toEqual([inAll(id), inNone]);
    const ofIt = auditEvents(office.home).filter(({ subject }) => subject?.id === id);
    expect(ofIt.map(({ type }) => type).slice(-2)).toEqual(['certificate.archived', 'certificate.restored']);
    expect(faultsOf(office.home)).toEqual([]);
  });

  it('is chosen for a bulk change by its filter, which alone chooses nothing', async () => {
    const { id } = await revoked('in-bulk');
    await office.must('certificates.archive', { id });
    for (const archived of [true, false]) {
      const answer = await office.call('certificates.revoke-bulk', { archived, dryRun: true });
      expect([answer.status, answer.body.code]).toEqual([400, 'INVALID_INPUT']);
    }
    const chosen = (archived?: boolean) =>
      office.call('certificates.revoke-bulk', {
        ...(archived && { archived }),
        search: 'in-bulk.example.com',
        expected: 1,
        dryRun: true,
      });
    expect([(await chosen()).body.code, (await chosen(true)).status]).toEqual(['CONFLICT', 202]);
  });

  it('has ended, where it was not revoked', async () => {
    const { id } = await issue('ended', '1d');
    expect((await office.call('certificates.archive', { id })).body.code).toBe('CONFLICT');
    office.advance(2 * 86_400_000);
    expect((await office.must('certificates.archive', { id })).status).toBe('expired');
  });
});

describe('archiving', () => {
  it('is refused, with the reason, for what can still be used, and changes nothing', async () => {
    const [valid, held, done] = [await issue('in-use'), await issue('held'), await revoked('done')];
    await office.must('certificates.revoke', { id: held.id, reason: 'certificateHold' });
    await office.must('certificates.archive', { id: done.id });
    const [authority] = readRows<{ certificateId: string }>(
      office.home,
      "select certificateId from authorities where slug = 'issuing'",
    );
    const before = tableCounts(office.home);
    const refusals = [
      [valid.id, /can be used until 20/],
      [held.id, /is on hold/],
      [done.id, /is archived already/],
      [authority?.certificateId ?? '', /belongs to an authority/],
    ] as const;
    for (const [id, reason] of refusals) {
      const { status, body } = await office.call('certificates.archive', { id });
      expect([status, body.code, body.detail]).toEqual([409, 'CONFLICT', expect.stringMatching(reason)]);
    }
    const { body } = await office.call('certificates.restore', { id: valid.id });
    expect([body.code, body.detail]).toEqual(['CONFLICT', expect.stringMatching(/is not archived/)]);
    expect(tableCounts(office.home)).toEqual(before);
  });

  it('ends at the realms of whoever asks', async () => {
    await office.must('realms.create', { slug: 'elsewhere', name: 'Elsewhere' });
    const [here, archived] = [await revoked('not-yours'), await revoked('not-yours-either')];
    await office.must('certificates.archive', { id: archived.id });
    const client = await office.must('clients.create', {
      name: 'Elsewhere',
      realms: ['elsewhere'],
      role: 'ra-operator',
    });
    const token = await office.token(client, 'elsewhere');
    const answers = [
      await office.call('certificates.archive', { id: here.id }, { token, door: listenerDoor }),
      await office.call('certificates.restore', { id: archived.id }, { token, door: listenerDoor }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [404, 'NOT_FOUND'],
      [404, 'NOT_FOUND'],
    ]);
    expect((await office.must('certificates.show', { id: archived.id })).archivedAt).not.toBeNull();
  });
});
