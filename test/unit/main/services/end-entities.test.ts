import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChanceryInProcess, openInProcess } from '../../../support/chancery-in-process.ts';
import { auditEvents } from '../../../support/database-reader.ts';

const realm = 'default';
const profile = 'tls-server';
const unknownId = '01a20065-db37-795e-bb91-81fbd69184a2';

describe('end entities', () => {
  let office: ChanceryInProcess;
  beforeAll(async () => {
    office = await openInProcess();
  });
  afterAll(() => office.chancery.close());

  const issue = (name: string, fields: object = {}) =>
    office.call('certificates.issue', { realm, profile, subject: { commonName: name }, ...fields });

  it('keep what they were made with, change what is given, and leave the rest', async () => {
    const made = await office.must('end-entities.create', {
      realm,
      commonName: 'press.example',
      organization: 'Example',
      domainNames: ['press.example', 'www.press.example'],
      ipAddresses: ['192.0.2.7', '2001:db8::7'],
      emailAddresses: ['press@example.org'],
      metadata: { room: 'B 12' },
    });
    expect(await office.must('end-entities.show', { id: made.id })).toEqual(made);
    const changed = await office.must('end-entities.update', {
      id: made.id,
      organization: null,
      ipAddresses: [],
      metadata: { room: 'C 3' },
    });
    expect(changed).toEqual({ ...made, organization: null, ipAddresses: [], metadata: { room: 'C 3' } });
    expect(await office.must('end-entities.show', { id: made.id })).toEqual(changed);
    expect(auditEvents(office.home).at(-1)).toMatchObject({
      type: 'end-entity.updated',
      detail: { changed: ['organization', 'ipAddresses', 'metadata'] },
    });
    const leaves = auditEvents(office.home).length;
    await office.must('end-entities.update', { id: made.id, commonName: 'press.example' });
    expect(auditEvents(office.home), 'nothing has changed').toHaveLength(leaves);
  });

  it('have one name each in a realm', async () => {
    const one = await office.must('end-entities.create', { realm, commonName: 'one.example' });
    const two = await office.must('end-entities.create', { realm, commonName: 'two.example' });
    for (const answer of [
      await office.call('end-entities.create', { realm, commonName: 'one.example' }),
      await office.call('end-entities.update', { id: two.id, commonName: 'one.example' }),
    ])
      expect([answer.status, answer.body.code]).toEqual([409, 'ALREADY_EXISTS']);
    const renamed = await office.must('end-entities.update', { id: one.id, commonName: 'first.example' });
    expect(renamed.commonName).toBe('first.example');
    expect((await issue('first.example')).status).toBe(201);
  });

  it('are found by what they hold', async () => {
    await office.must('end-entities.create', {
      realm,
      commonName: 'lathe-4',
      domainNames: ['lathe.plant.example'],
      emailAddresses: ['foreman@plant.example'],
      metadata: { hall: 'north' },
    });
    for (const search of ['LATHE-4', 'lathe.plant', 'foreman@', 'north']) {
      const { items } = await office.must('end-entities.list', { realm, search });
      expect(items.map(({ commonName }) => commonName)).toEqual(['lathe-4']);
    }
  });

  it('list their certificates', async () => {
    const { body } = await issue('listed.example');
    await issue('listed.example');
    const { endEntityId } = await office.must('certificates.show', { id: body.id });
    const mine = await office.must('certificates.list', { realm, endEntityId: endEntityId ?? '' });
    expect(mine.items.map(({ commonName }) => commonName)).toEqual(['listed.example', 'listed.example']);
    expect((await office.must('certificates.list', { realm, endEntityId: unknownId })).total).toBe(0);
  });

  it('get no certificate once they are archived, by name, by id or by renewal, and get them again', async () => {
    const first = await issue('leaving.example');
    const { endEntityId } = await office.must('certificates.show', { id: first.body.id });
    const id = endEntityId ?? '';
    const archived = await office.must('end-entities.archive', { id });
    expect(archived.archivedAt).not.toBeNull();
    office.advance(1000);
    expect(await office.must('end-entities.archive', { id }), 'once').toEqual(archived);
    for (const answer of [
      await issue('leaving.example'),
      await issue('other.example', { endEntityId: id }),
      await office.call('certificates.renew', { id: first.body.id }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'CONFLICT']);
      expect(answer.body.detail).toContain('archived');
    }
    expect((await office.must('certificates.show', { id: first.body.id })).status).toBe('valid');
    const names = async (isArchived: boolean) =>
      (await office.must('end-entities.list', { realm, archived: isArchived, search: 'leaving' })).items.map(
        ({ commonName }) => commonName,
      );
    expect([await names(true), await names(false)]).toEqual([['leaving.example'], []]);
    await office.must('end-entities.restore', { id });
    expect((await office.call('certificates.renew', { id: first.body.id })).status).toBe(201);
  });

  it('of another realm are not there', async () => {
    await office.must('realms.create', { slug: 'apart', name: 'Apart' });
    const { id } = await office.must('end-entities.create', { realm: 'apart', commonName: 'hidden' });
    const token = await office.token(await office.newClient());
    for (const operation of ['end-entities.show', 'end-entities.archive', 'end-entities.update'] as const)
      expect((await office.call(operation, { id }, { token })).status).toBe(404);
    expect((await issue('hidden.example', { endEntityId: id })).status).toBe(404);
  });
});

describe('what people note about certificates', () => {
  let office: ChanceryInProcess;
  beforeAll(async () => {
    office = await openInProcess();
  });
  afterAll(() => office.chancery.close());

  it('is shown, replaced, cleared and found, and the audit names it without what it says', async () => {
    const issue = (commonName: string, metadata?: Record<string, string>) =>
      office.must('certificates.issue', {
        realm,
        profile,
        subject: { commonName },
        ...(metadata && { metadata }),
      });
    const noted = await issue('noted.example', { owner: 'ada', ticket: '7' });
    const other = await issue('other.example', { owner: 'bob' });
    const plain = await issue('plain.example');
    const found = async (metadata: string) =>
      (await office.must('certificates.list', { realm, metadata })).items.map(({ id }) => id).sort();
    expect(await found('owner')).toEqual([noted.id, other.id].sort());
    expect(await found('owner=ada')).toEqual([noted.id]);
    expect(await found('owner=carol')).toEqual([]);

    const changed = await office.must('certificates.metadata', { id: plain.id, metadata: { owner: 'a=b' } });
    expect(changed.metadata).toEqual({ owner: 'a=b' });
    expect((await office.must('certificates.show', { id: plain.id })).metadata).toEqual({ owner: 'a=b' });
    expect(await found('owner=a=b')).toEqual([plain.id]);
    await office.must('certificates.metadata', { id: noted.id, metadata: null });
    expect(await found('owner')).toEqual([other.id, plain.id].sort());
    expect((await office.must('certificates.show', { id: noted.id })).metadata).toEqual({});
    const [before] = auditEvents(office.home).slice(-2);
    expect(before).toMatchObject({ type: 'certificate.metadata-changed', detail: { names: ['owner'] } });
    expect(JSON.stringify(before)).not.toContain('a=b');

    const renewed = await office.must('certificates.renew', { id: other.id });
    expect(await found('owner=bob'), 'a renewal keeps them').toEqual([other.id, renewed.id].sort());
  });
});
