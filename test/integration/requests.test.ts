import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Approval } from '../../src/shared/model/approval.ts';
import type { Input, Output } from '../../src/shared/operations/index.ts';
import { type ChanceryInProcess, listenerDoor, openInProcess } from '../support/chancery-in-process.ts';
import { changeRows } from '../support/change-rows.ts';
import { auditEvents, readRows } from '../support/database-reader.ts';
import { opensslText } from '../support/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
async function newProfile(
  slug: string,
  steps: Approval['steps'],
  selfApproval = false,
  fields: Partial<Input<'profiles.create'>> = {},
): Promise<void> {
  const approval = { required: true, steps, selfApproval };
  const given = { token: tokens.admin ?? null };
  await office.must(
    'policies.create',
    { slug, realm: 'default', definition: { ...definition, allowSelfSigned: true, approval } },
    given,
  );
  await office.must(
    'profiles.create',
    { slug, realm: 'default', policy: slug, issuer: 'issuing', ...fields },
    given,
  );
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

async function countOf(search: string): Promise<number> {
  return (await office.must('certificates.list', { search }, { token: tokens.admin ?? null })).total;
}

const admin = () => ({ token: tokens.admin ?? null });

/** Gives the policy another version. */
async function tighten(
  slug: string,
  change: Partial<typeof definition> & { approval?: Approval },
): Promise<void> {
  const given = { token: tokens.admin ?? null };
  const { definition: before } = await office.must('policies.show', { id: slug }, given);
  await office.must('policies.update', { id: slug, definition: { ...before, ...change } }, given);
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

describe('who decides', () => {
  it('is not who asked, unless the approval says so', async () => {
    const id = await ask('admin', 'one');
    const own = await decide('admin', 'approve', id);
    expect([own.status, own.body.code]).toEqual([403, 'FORBIDDEN']);
    expect((await decide('admin', 'reject', id)).body.code).toBe('FORBIDDEN');
    expect(await show('admin', id)).toMatchObject({ awaitsMe: false, status: 'pending_approval' });
    expect((await decide('ben', 'approve', id)).body.status).toBe('issued');

    await newProfile('own', [{ name: 'Approval', needed: 1, roles: ['administrator'] }], true);
    expect((await decide('admin', 'approve', await ask('admin', 'own'))).body.status).toBe('issued');
  });

  it('is named by the step, and decides once, also in later steps', async () => {
    await newProfile('two', [
      { name: 'Office', needed: 2, roles: ['approver'] },
      { name: 'Head', needed: 1, roles: ['administrator'], operatorIds: [ids.ann ?? ''] },
    ]);
    const id = await ask('rita', 'two');
    expect((await decide('admin', 'approve', id)).body.code).toBe('FORBIDDEN');
    expect((await decide('ann', 'approve', id)).body).toMatchObject({
      status: 'pending_approval',
      step: 'Office',
    });
    expect((await decide('ann', 'approve', id)).body.code).toBe('CONFLICT');
    expect((await decide('ben', 'approve', id)).body).toMatchObject({
      status: 'pending_approval',
      step: 'Head',
    });
    const again = await decide('ann', 'approve', id);
    expect([again.status, again.body.code]).toEqual([409, 'CONFLICT']);
    expect((await show('ann', id)).decisions.map(({ operator, step }) => [operator, step])).toEqual([
      ['ann', 0],
      ['ben', 0],
    ]);
    const { body } = await call('admin', 'requests.list', { awaitsMe: true });
    expect(body.items.map((one) => one.id)).toEqual([id]);
    expect((await decide('admin', 'approve', id)).body.status).toBe('issued');
  });

  it('is asked no more after a rejection, which stays with its reason', async () => {
    const id = await ask('script', 'one');
    const { askedHash } = await show('admin', id);
    const input = { id, askedHash, reason: '   ' };
    expect((await call('ann', 'requests.reject', input)).body.code).toBe('INVALID_INPUT');
    expect((await decide('ann', 'reject', id)).body).toMatchObject({ status: 'rejected', error: 'because' });
    expect((await decide('ben', 'approve', id)).body).toMatchObject({ code: 'CONFLICT' });
    expect(await show('script', id)).toMatchObject({
      status: 'rejected',
      error: 'because',
      certificate: null,
    });
    const { body } = await call('otto', 'requests.list', { status: 'rejected' });
    expect(body.items.map((one) => one.id)).toContain(id);
    const [key] = readRows(office.home, `select keyId from requests where id = '${id}'`);
    expect(key).toEqual({ keyId: null });
  });
});

describe('what is decided on', () => {
  it('is the hash of what was asked', async () => {
    const first = await ask('script', 'one');
    const second = await ask('script', 'one');
    const { askedHash } = await show('admin', first);
    // The same names once more are another request: a decision on the one is none on the other.
    const replayed = await decide('ann', 'approve', second, askedHash);
    expect([replayed.status, replayed.body.code]).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await decide('ann', 'approve', first, askedHash)).status).toBe(200);
    const repeated = await decide('ann', 'approve', first, askedHash);
    expect([repeated.status, repeated.body.detail]).toEqual([409, 'The request is issued already.']);
  });

  it('is refused where the request was changed in the store', async () => {
    const id = await ask('script', 'one');
    const { askedHash } = await show('admin', id);
    changeRows(
      office.home,
      `update requests set asked = replace(asked, 'www.example.com', 'evil.example.org') where id = '${id}'`,
    );
    expect((await call('ann', 'requests.approve', { id, askedHash })).body.code).toBe('PRECONDITION_FAILED');
    expect(await countOf('evil.example.org')).toBe(0);
  });

  it('is checked again by the policy as it is by then', async () => {
    await newProfile('tight', [{ name: 'Approval', needed: 1, roles: ['approver'] }]);
    const id = await ask('script', 'tight', { subject: { commonName: 'tight.example.com' } });
    await tighten('tight', { maxValidity: 'P1D' });
    expect((await show('ann', id)).policy).toMatchObject({ versionWhenAsked: 1, version: 2 });
    expect((await show('ann', id)).policy?.violations.map(({ rule }) => rule)).toEqual([
      'validity.maxValidity',
    ]);
    const refused = await decide('ann', 'approve', id);
    expect([refused.status, refused.body.code]).toEqual([422, 'POLICY_VIOLATION']);
    const after = await show('script', id);
    expect([after.status, after.error]).toEqual(['failed', 'The validity is longer than P1D.']);
    expect(await countOf('tight.example.com')).toBe(0);
  });

  it('needs the stricter approval that the policy wants by then', async () => {
    await newProfile('strict', [{ name: 'Approval', needed: 1, roles: ['approver'] }]);
    const id = await ask('script', 'strict');
    const steps = [{ name: 'Approval', needed: 2, roles: ['approver' as const] }];
    await tighten('strict', { approval: { required: true, steps, selfApproval: false } });
    const refused = await decide('ann', 'approve', id);
    expect([refused.status, refused.body.code]).toEqual([422, 'POLICY_VIOLATION']);
    expect((await show('script', id)).status).toBe('failed');
  });

  it('waits while the authority does not issue', async () => {
    await office.must(
      'authorities.create',
      { slug: 'pausing', realm: 'default', parent: 'root', validity: 'P1Y' },
      { token: tokens.admin ?? null },
    );
    await newProfile('paused', [{ name: 'Approval', needed: 1, roles: ['approver'] }], false, {
      issuer: 'pausing',
    });
    const id = await ask('script', 'paused');
    const [row] = readRows<{ certificateId: string }>(
      office.home,
      "select certificateId from authorities where slug = 'pausing'",
    );
    await office.must(
      'certificates.revoke',
      { id: row?.certificateId ?? '' },
      { token: tokens.admin ?? null },
    );
    expect((await decide('ann', 'approve', id)).body.code).toBe('CONFLICT');
    expect(await show('ann', id)).toMatchObject({ status: 'pending_approval', decisions: [] });
  });
});

describe('at the same moment', () => {
  it('two approvals issue one certificate', async () => {
    const id = await ask('script', 'one', { subject: { commonName: 'once.example.com' } });
    const { askedHash } = await show('admin', id);
    const answers = await Promise.all(
      ['ann', 'ben', 'admin'].map((who) => decide(who, 'approve', id, askedHash)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await countOf('once.example.com')).toBe(1);
    expect((await show('admin', id)).decisions).toHaveLength(1);
  });

  it('two different approvals of one step both count', async () => {
    await newProfile('both', [{ name: 'Approval', needed: 2, roles: ['approver'] }]);
    const id = await ask('script', 'both', { subject: { commonName: 'both.example.com' } });
    const { askedHash } = await show('admin', id);
    const answers = await Promise.all(['ann', 'ben'].map((who) => decide(who, 'approve', id, askedHash)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await show('admin', id)).toMatchObject({ status: 'issued' });
    expect(await countOf('both.example.com')).toBe(1);
  });

  it('one person deciding twice decides once', async () => {
    await newProfile('twice', [{ name: 'Approval', needed: 2, roles: ['approver'] }]);
    const id = await ask('script', 'twice');
    const { askedHash } = await show('admin', id);
    const answers = await Promise.all(['ann', 'ann'].map((who) => decide(who, 'approve', id, askedHash)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await show('admin', id)).toMatchObject({ status: 'pending_approval' });
  });

  it('an approval and a rejection have one winner', async () => {
    for (let round = 0; round < 4; round += 1) {
      const commonName = `either-${round}.example.com`;
      const id = await ask('script', 'one', { subject: { commonName } });
      const { askedHash } = await show('admin', id);
      const [approved, rejected] = await Promise.all([
        decide('ann', 'approve', id, askedHash),
        decide('ben', 'reject', id, askedHash),
      ]);
      expect([approved?.status, rejected?.status].sort()).toEqual([200, 409]);
      const { status } = await show('admin', id);
      expect(status).toBe(approved?.status === 200 ? 'issued' : 'rejected');
      expect(await countOf(commonName)).toBe(status === 'issued' ? 1 : 0);
    }
  });

  it('a key is collected once', async () => {
    const id = await ask('script', 'one');
    await decide('ann', 'approve', id);
    const answers = await Promise.all([1, 2, 3].map(() => call('script', 'requests.collect', { id })));
    expect(answers.filter(({ body }) => body.privateKey !== undefined)).toHaveLength(1);
  });
});

describe('whose request it is', () => {
  it('is not another client’s to see, collect or cancel', async () => {
    const id = await ask('script', 'one');
    for (const action of ['show', 'collect', 'cancel'] as const) {
      expect((await call('other', `requests.${action}`, { id })).body.code).toBe('NOT_FOUND');
    }
    const { body } = await call('other', 'requests.list', {});
    expect(body.items).toEqual([]);
    expect((await call('rita', 'requests.cancel', { id })).body.code).toBe('FORBIDDEN');
    expect((await call('script', 'requests.cancel', { id })).body.status).toBe('cancelled');
    expect((await call('script', 'requests.cancel', { id })).body.code).toBe('CONFLICT');
    expect((await decide('ann', 'approve', id)).body.code).toBe('CONFLICT');
  });

  it('is the requester’s to collect, not the approver’s', async () => {
    const id = await ask('script', 'one');
    await decide('ann', 'approve', id);
    expect((await call('ann', 'requests.collect', { id })).body.code).toBe('FORBIDDEN');
    expect((await call('admin', 'requests.collect', { id })).body.code).toBe('FORBIDDEN');
  });
});

describe('a key that is not to be kept', () => {
  it('is sealed until it is collected, and gone then', async () => {
    await newProfile('once', [{ name: 'Approval', needed: 1, roles: ['approver'] }], false, {
      keyRetention: 'handed-out',
    });
    const id = await ask('script', 'once');
    await decide('ann', 'approve', id);
    const [{ keyId = null } = {}] = readRows<{ keyId: string | null }>(
      office.home,
      'select keyId from requests where id = ?',
      id,
    );
    const kept = () => readRows(office.home, 'select 1 from keys where id = ?', keyId).length;
    expect(kept()).toBe(1);
    const { body } = await call('script', 'requests.collect', { id });
    expect(body.privateKey).toContain('PRIVATE KEY');
    expect(kept()).toBe(0);
    const certificate = await call('script', 'certificates.show', { id: body.id });
    expect(certificate.body.hasPrivateKey).toBe(false);
    expect(await show('script', id)).toMatchObject({ privateKey: 'collected' });
  });
});

describe('a certificate that signs itself', () => {
  it('is signed by the key that was made when it was asked for', async () => {
    await newProfile('self', [{ name: 'Approval', needed: 1, roles: ['approver'] }], false, { issuer: null });
    const id = await ask('script', 'self');
    expect((await decide('ann', 'approve', id)).body.status).toBe('issued');
    const { body } = await call('script', 'requests.collect', { id });
    const certificate = new X509Certificate(body.certificate);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(body.privateKey ?? ''))).toBe(true);
  });
});

describe('a request for an authority outside', () => {
  const folder = temporaryFolder('outside');
  const path = (name: string) => join(folder, name);

  /** What a CA of openssl makes of the request. */
  async function certify(id: string): Promise<string> {
    const { contentBase64 } = (await call('rita', 'requests.csr', { id })).body;
    writeFileSync(path('leaf.csr'), Buffer.from(contentBase64, 'base64'));
    await opensslText('req', '-in', path('leaf.csr'), '-verify', '-noout');
    await opensslText(
      ...['x509', '-req', '-in', path('leaf.csr'), '-CA', path('ca.pem'), '-CAkey', path('ca.key')],
      ...['-days', '30', '-copy_extensions', 'copy', '-out', path('leaf.pem')],
    );
    return readFileSync(path('leaf.pem'), 'utf8');
  }

  async function askOutside(profile: string, commonName: string): Promise<string> {
    const { status, body } = await call('rita', 'requests.create', { profile, subject: { commonName } });
    expect(status, body.detail).toBe(201);
    return body.requestId;
  }

  beforeAll(async () => {
    await opensslText(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '60'],
      ...['-subj', '/CN=Outside CA', '-keyout', path('ca.key'), '-out', path('ca.pem')],
    );
  });

  it('goes out as a file and comes back as a certificate, known by its key', async () => {
    const id = await askOutside('tls-server', 'out.example.com');
    expect(await show('rita', id)).toMatchObject({
      kind: 'external',
      status: 'approved',
      privateKey: 'waiting',
    });
    const certificate = await certify(id);
    const other = await askOutside('tls-server', 'other.example.com');
    const refused = await call('rita', 'requests.complete', { id: other, certificate });
    expect([refused.status, refused.body.code]).toEqual([400, 'INVALID_CERTIFICATE']);
    const ca = readFileSync(path('ca.pem'), 'utf8');
    const done = await call('rita', 'requests.complete', { id, certificate: `${ca}${certificate}` });
    expect([done.status, done.body.status], done.body.detail).toEqual([200, 'issued']);
    expect((await call('rita', 'requests.complete', { id, certificate })).body.code).toBe('CONFLICT');
    const { body } = await call('rita', 'requests.collect', { id });
    const own = new X509Certificate(body.certificate);
    expect(own.checkPrivateKey(createPrivateKey(body.privateKey ?? ''))).toBe(true);
    expect([own.issuer, own.subjectAltName]).toEqual(['CN=Outside CA', 'DNS:out.example.com']);
    expect(body.chain.map((pem) => new X509Certificate(pem).subject)).toEqual(['CN=Outside CA']);
  });

  it('goes out with the key of a CSR that came in, exactly as it is', async () => {
    await opensslText(
      ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', '/CN=own.example.com', '-addext', 'subjectAltName=DNS:own.example.com'],
      ...['-keyout', path('own.key'), '-out', path('own.csr')],
    );
    const csr = readFileSync(path('own.csr'), 'utf8');
    const profile = 'tls-server';
    const beside = await call('rita', 'requests.create', {
      profile,
      csr,
      subject: { commonName: 'x.example.com' },
    });
    expect(beside.body).toMatchObject({ code: 'INVALID_INPUT', violations: [{ path: ['subject'] }] });
    const broken = csr.replace(/.{8}\n-----END/, (end) => `AAAAAAA=${end.slice(8)}`);
    expect((await call('rita', 'requests.create', { profile, csr: broken })).body.code).toBe('INVALID_CSR');
    const id = (await call('rita', 'requests.create', { profile, csr })).body.requestId;
    expect(await show('rita', id)).toMatchObject({
      kind: 'external',
      commonName: 'own.example.com',
      privateKey: 'none',
    });
    const certificate = await certify(id);
    expect(readFileSync(path('leaf.csr'), 'utf8').replaceAll(/\s/g, '')).toBe(csr.replaceAll(/\s/g, ''));
    expect((await call('rita', 'requests.complete', { id, certificate })).body.status).toBe('issued');
    const own = new X509Certificate((await show('rita', id)).certificate ?? '');
    expect(own.checkPrivateKey(createPrivateKey(readFileSync(path('own.key'))))).toBe(true);
  });

  it('waits for its approval first', async () => {
    const id = await askOutside('one', 'first.example.com');
    expect((await call('rita', 'requests.csr', { id })).body.code).toBe('CONFLICT');
    expect((await decide('ann', 'approve', id)).body.status).toBe('approved');
    expect((await decide('ben', 'approve', id)).body.code).toBe('CONFLICT');
    const certificate = await certify(id);
    expect((await call('rita', 'requests.complete', { id, certificate })).body.status).toBe('issued');
  });

  it('brings its notes to the certificate, and hands its key out once where the profile says so', async () => {
    await newProfile('forgetful', [{ name: 'Approval', needed: 1, roles: ['approver'] }], false, {
      keyRetention: 'handed-out',
    });
    const { body } = await call('rita', 'requests.create', {
      ...{ profile: 'forgetful', subject: { commonName: 'noted.example.com' } },
      metadata: { owner: 'Ada' },
    });
    const id = body.requestId;
    await decide('ann', 'approve', id);
    await call('rita', 'requests.complete', { id, certificate: await certify(id) });
    const { items } = await office.must('certificates.list', { metadata: 'owner=Ada' }, admin());
    expect(items).toMatchObject([
      { commonName: 'noted.example.com', metadata: { owner: 'Ada' }, hasPrivateKey: false },
    ]);
    expect((await call('rita', 'requests.collect', { id })).body.privateKey).toContain('PRIVATE KEY');
    expect((await call('rita', 'requests.collect', { id })).body.privateKey).toBeUndefined();
    expect((await show('rita', id)).privateKey).toBe('collected');
  });

  it('is neither made nor completed where the policy lets none come in, nor made under a profile that is off', async () => {
    await newProfile('closing', [{ name: 'Approval', needed: 1, roles: ['approver'] }]);
    const [id, late] = [
      await askOutside('closing', 'a.example.com'),
      await askOutside('closing', 'b.example.com'),
    ];
    await decide('ann', 'approve', id);
    const certificate = await certify(id);
    await tighten('closing', { allowImport: false });
    const create = () =>
      call('rita', 'requests.create', { profile: 'closing', subject: { commonName: 'c.example.com' } });
    for (const { body } of [
      await create(),
      await call('rita', 'requests.complete', { id, certificate }),
      await decide('ann', 'approve', late),
    ]) {
      expect(body).toMatchObject({ code: 'POLICY_VIOLATION', violations: [{ rule: 'allowImport' }] });
    }
    await tighten('closing', { allowImport: true });
    await office.must('profiles.update', { id: 'closing', enabled: false }, admin());
    expect((await create()).body).toMatchObject({
      code: 'CONFLICT',
      detail: 'The profile closing is switched off.',
    });
  });

  it('keeps to the policy', async () => {
    const given = { profile: 'one', subjectAltNames: [{ type: 'ip' as const, value: '192.0.2.1' }] };
    expect((await call('rita', 'requests.create', given)).body.code).toBe('POLICY_VIOLATION');
  });
});

describe('a renewal', () => {
  it('waits as well, says what it changes, and fails once its certificate is revoked', async () => {
    const id = await ask('script', 'one', { subject: { commonName: 'renewed.example.com' } });
    await decide('ann', 'approve', id);
    const certificateId = (await show('script', id)).certificateId ?? '';
    const first = await call('script', 'certificates.renew', { id: certificateId });
    expect(first.status).toBe(202);
    const renewal = (first.body as unknown as Accepted).requestId;
    const detail = await show('ann', renewal);
    expect(detail).toMatchObject({ kind: 'renew', previous: { certificateId } });
    expect(detail.previous?.differences.map(({ field }) => field)).toEqual(['publicKey']);
    expect((await decide('ann', 'approve', renewal)).body.status).toBe('issued');
    const renewed = await call('script', 'requests.collect', { id: renewal });
    const old = await call('script', 'certificates.show', { id: certificateId });
    expect([renewed.body.orderId, renewed.body.id === certificateId]).toEqual([old.body.orderId, false]);

    const newest = { id: renewed.body.id };
    const second = await call('script', 'certificates.renew', { ...newest, reuseKey: true });
    expect((await call('script', 'certificates.renew', newest)).body.code).toBe('CONFLICT');
    const reused = (second.body as unknown as Accepted).requestId;
    expect((await show('ann', reused)).previous?.differences).toEqual([]);
    await office.must('certificates.revoke', newest, { token: tokens.admin ?? null });
    expect((await decide('ann', 'approve', reused)).body.code).toBe('POLICY_VIOLATION');
    expect(await show('script', reused)).toMatchObject({
      status: 'failed',
      error: 'The certificate cannot be renewed any more: it is revoked.',
    });
  });
});

describe('a request that nobody decides on', () => {
  it('expires, by the clock at once and by the scheduler for good', async () => {
    const id = await ask('script', 'one');
    const { askedHash, expiresAt } = await show('admin', id);
    office.advance(Date.parse(expiresAt) - Date.now() + 1000);
    for (const who of ['ann', 'admin']) {
      const name = who;
      const session = await office.must('sessions.create', { name, password }, { door: listenerDoor });
      tokens[who] = session.token;
    }
    const late = await decide('ann', 'approve', id, askedHash);
    expect([late.status, late.body.detail]).toEqual([409, 'The request is expired already.']);
    expect(await show('admin', id)).toMatchObject({
      status: 'expired',
      awaitsMe: false,
      retryAfterSeconds: null,
    });
    await office.chancery.runDueTasks();
    const rows = readRows(office.home, `select status, keyId from requests where id = '${id}'`);
    expect(rows).toEqual([{ status: 'expired', keyId: null }]);
    expect(auditEvents(office.home).filter(({ type }) => type === 'request.expired').length).toBeGreaterThan(
      0,
    );
  });
});
