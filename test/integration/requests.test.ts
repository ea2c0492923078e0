import { beforeAll, describe, expect, it } from 'vitest';
import type { Approval } from '../../src/shared/model/approval.ts';
import type { Input, Output } from '../../src/shared/operations/index.ts';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../support/chancery-in-process.ts';
import { auditEvents } from '../support/database-reader.ts';

type Accepted = { readonly requestId: string };

const password = 'correct horse battery';
const definition: Input<'policies.create'>['definition'] = {
  subject: { mode: 'any' },
  subjectAltNames: { mode: 'rules', rules: [{ type: 'dns' }] },
  keyUsages: { allowed: [], required: ['digitalSignature'] },
  extendedKeyUsages: { allowed: [], required: ['serverAuth'] },
  keyAlgorithms: ['ecdsa-p256', 'ed25519'],
  maxValidity: 'P90D',
};

let office: ChanceryInProcess;
const tokens: Record<string, string> = {};
const ids: Record<string, string> = {};

/** A profile whose requests need that approval. */
async function newProfile(slug: string, steps: Approval['steps'], selfApproval = false): Promise<void> {
  const approval = { required: true, steps, selfApproval };
  const given = { token: tokens.admin ?? null };
  await office.must(
    'policies.create',
    { slug, realm: 'default', definition: { ...definition, approval } },
    given,
  );
  await office.must('profiles.create', { slug, realm: 'default', policy: slug, issuer: 'issuing' }, given);
}

const call = <Id extends Parameters<ChanceryInProcess['call']>[0]>(
  who: string,
  id: Id,
  input: Input<Id>,
  headers: Record<string, string> = {},
) => office.call(id, input, { token: tokens[who] ?? null, door: listenerDoor, headers });

/** Asks for a certificate, and answers the id of the request. */
async function ask(who: string, profile: string, fields: Partial<Input<'certificates.issue'>> = {}) {
  const subject = { commonName: 'www.example.com' };
  const answer = await call(who, 'certificates.issue', { profile, subject, ...fields });
  expect([answer.status, Object.keys(answer.body)], answer.body.detail).toEqual([202, ['requestId']]);
  return (answer.body as unknown as Accepted).requestId;
}

const show = async (who: string, id: string): Promise<Output<'requests.show'>> => {
  const answer = await call(who, 'requests.show', { id });
  expect(answer.status, answer.body.detail).toBe(200);
  return answer.body;
};

async function decide(who: string, action: 'approve' | 'reject', id: string, askedHash?: string) {
  const hash = askedHash ?? (await show('admin', id)).askedHash;
  const input = { id, askedHash: hash, reason: 'because' };
  return call(who, `requests.${action}`, input);
}

beforeAll(async () => {
  office = await openInProcess();
  const client = await office.newClient({ name: 'Script' });
  const other = await office.newClient({ name: 'Other' });
  await office.must('operators.create', { name: 'admin', role: 'administrator', password });
  const signIn = async (name: string) =>
    (await office.must('sessions.create', { name, password }, { door: listenerDoor })).token;
  tokens.admin = await signIn('admin');
  for (const [name, role] of [
    ['ann', 'approver'],
    ['ben', 'approver'],
    ['rita', 'ra-operator'],
    ['otto', 'auditor'],
  ] as const) {
    const realms = role === 'auditor' ? {} : { realms: ['default'] };
    const made = await office.must(
      'operators.create',
      { name, role, password, ...realms },
      { token: tokens.admin },
    );
    ids[name] = made.id;
    tokens[name] = await signIn(name);
  }
  tokens.script = await office.token(client);
  tokens.other = await office.token(other);
  await newProfile('one', [{ name: 'Approval', needed: 1, roles: ['approver', 'administrator'] }]);
});

describe('a request', () => {
  it('is issued by the approval, and polled with an ETag until then', async () => {
    const id = await ask('script', 'one');
    const waiting = await call('script', 'requests.show', { id });
    expect(waiting.body).toMatchObject({
      status: 'pending_approval',
      certificate: null,
      privateKey: 'waiting',
    });
    expect(waiting.headers.get('retry-after')).toBe('5');
    const tag = { 'if-none-match': waiting.headers.get('etag') ?? '' };
    expect((await call('script', 'requests.show', { id }, tag)).status).toBe(304);
    expect((await call('script', 'requests.collect', { id })).body.code).toBe('CONFLICT');

    const approved = await decide('ann', 'approve', id);
    expect([approved.status, approved.body], approved.body.detail).toMatchObject([200, { status: 'issued' }]);
    const done = await call('script', 'requests.show', { id }, tag);
    expect([done.status, done.headers.get('retry-after')]).toEqual([200, null]);
    expect(done.body).toMatchObject({ status: 'issued', retryAfterSeconds: null });
    expect(done.body.chain).toHaveLength(2);

    const key = { 'idempotency-key': 'collect-1' };
    const first = await call('script', 'requests.collect', { id }, key);
    expect(first.body.privateKey).toContain('PRIVATE KEY');
    expect(first.body.certificate).toBe(done.body.certificate);
    expect((await call('script', 'requests.collect', { id }, key)).body).toEqual(first.body);
    const second = await call('script', 'requests.collect', { id });
    expect([second.status, second.body.privateKey]).toEqual([200, undefined]);
    const types = auditEvents(office.home).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('request.'))).toEqual([
      'request.submitted',
      'request.collected',
      'request.approved',
      'request.collected',
      'request.collected',
    ]);
  });
});
