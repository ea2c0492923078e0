/** Every operation with tokens that must open nothing: of another realm, expired, taken back, forged. */
import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AnyOperation,
  type Input,
  type OperationId,
  operations,
} from '../../src/shared/operations/index.ts';
import {
  type ChanceryInProcess,
  type Client,
  listenerDoor,
  openInProcess,
} from '../support/chancery-in-process.ts';
import { auditEvents, tableCounts } from '../support/database-reader.ts';
import { harmlessInput } from '../support/operation-inputs.ts';

const password = 'correct horse battery';
const marker = 'zebra';
const keyId = '01a20065-db37-795e-bb91-81fbd69184aa';

let office: ChanceryInProcess;
let client: Client;
/** A key that the installation believes is its own: so that what is wrong with a token is nothing but its content. */
const known = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
/** Objects of the realm `default`, by the area that names them. */
const objects = new Map<string, string>();
const foreigners = new Map<string, string>();

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(claims: object, key: KeyObject = known.privateKey, header: object = {}): string {
  const signed = `${base64url({ alg: 'ES256', typ: 'JWT', kid: keyId, ...header })}.${base64url(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** The claims of a token that lives, as far as they can be read in it. */
function claimsOf(live: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(live.split('.')[1] ?? '', 'base64url').toString());
}

beforeAll(async () => {
  const first = await openInProcess();
  client = await first.newClient({ name: `${marker} one` });
  await first.token(client);
  await first.chancery.close();
  const sqlite = new Database(join(first.home, 'chancery.db'));
  const spki = known.publicKey.export({ type: 'spki', format: 'der' });
  sqlite.prepare("insert into keys values (?, 'ecdsa-p256', ?, x'00', 0)").run(keyId, spki);
  sqlite.prepare('insert into token_keys values (?, 0, 1)').run(keyId);
  sqlite.close();

  office = await openInProcess({ home: first.home, prepares: 'nothing' });
  expect(await office.chancery.unlockUnattended()).toBe(true);
  const { must } = office;
  const other = { realms: ['other'] };
  await must('realms.create', { slug: 'other' });
  const asClient = { token: await office.token(client) };
  const issued = await must(
    'certificates.issue',
    { profile: 'tls-server', subject: { commonName: `${marker}.example.com` } },
    asClient,
  );
  if (!('certificate' in issued)) throw new Error('nothing was issued');
  const request = await must(
    'requests.create',
    { profile: 'tls-server-approval', subject: { commonName: `${marker}-waiting.example.com` } },
    asClient,
  );
  const pending = await must('pending.add', { realm: 'default', certificate: issued.certificate });
  const endEntity = await must('end-entities.create', { realm: 'default', commonName: `${marker} person` });
  const [live] = (await must('tokens.list', {})).items;
  for (const [area, id] of Object.entries({
    certificates: issued.id,
    orders: issued.orderId,
    requests: String('id' in request ? request.id : request.requestId),
    pending: pending.id,
    'end-entities': endEntity.id,
    clients: client.id,
    tokens: live?.id ?? '',
    authorities: 'issuing',
    policies: 'tls-server',
    profiles: 'tls-server',
    realms: 'default',
  })) {
    objects.set(area, id);
  }
  const foreign = await must('clients.create', { name: 'foreign', ...other });
  foreigners.set('an API client', await office.token(foreign, 'other'));
  await must('operators.create', { name: 'ada', role: 'administrator', password });
  const signIn = async (name: string) =>
    (await must('sessions.create', { name, password }, { door: listenerDoor })).token;
  const administrator = { token: await signIn('ada') };
  for (const role of ['ra-operator', 'approver', 'auditor']) {
    await must('operators.create', { name: role, role, password, ...other }, administrator);
    foreigners.set(role, await signIn(role));
  }
});

const call = (operation: AnyOperation, input: object, bearer: string) =>
  office.call(operation.id, input as Input<OperationId>, { token: bearer, door: listenerDoor });

describe.each(['an API client', 'ra-operator', 'approver', 'auditor'])('%s of another realm', (who) => {
  it('finds nothing of this one by its id, in a list, by searching, or in what an error says', async () => {
    const bearer = foreigners.get(who) ?? '';
    const counts = tableCounts(office.home);
    const told: string[] = [];
    for (const operation of operations) {
      if (operation.permission === 'public' || operation.id === 'sessions.end') continue;
      const id = objects.get(operation.id.split('.')[0] ?? '');
      const input = harmlessInput(operation, id);
      const inputs = [input, ...('search' in operation.input.shape ? [{ ...input, search: marker }] : [])];
      for (const one of inputs) {
        const { status, body } = await call(operation, one, bearer);
        const text = JSON.stringify(body);
        if (text.includes(marker)) told.push(`${operation.id} tells of what is not theirs: ${text}`);
        const namesIt = id !== undefined && Object.values(one).includes(id);
        if (namesIt && ![403, 404].includes(status)) told.push(`${operation.id} ${status} ${text}`);
        if (namesIt && status === 403 && !/does not have the permission/.test(text))
          told.push(`${operation.id} ${text}`);
      }
    }
    expect(told).toEqual([]);
    expect(tableCounts(office.home)).toEqual(counts);
  });
});

describe('a token that is none', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const live = async () => claimsOf(await office.token(client));
  const forged: Record<string, () => Promise<string>> = {
    'has no signature (alg none)': async () =>
      `${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(await live())}.`,
    'is signed with another key': async () => token(await live(), stranger.privateKey),
    'is signed with another key that it brings along': async () =>
      token(await live(), stranger.privateKey, {
        jwk: stranger.publicKey.export({ format: 'jwk' }),
        kid: undefined,
      }),
    'is for another audience': async () => token({ ...(await live()), aud: 'account' }),
    'is for nobody in particular': async () => token({ ...(await live()), aud: undefined }),
    'has expired': async () => token({ ...(await live()), exp: now() - 1 }),
    'never ends': async () => token({ ...(await live()), exp: undefined }),
    'was never given out': async () => token({ ...(await live()), jti: randomUUID() }),
    'is signed by HMAC with the public key (HS256)': async () => {
      const pem = known.publicKey.export({ type: 'spki', format: 'pem' });
      const signed = `${base64url({ alg: 'HS256', typ: 'JWT', kid: keyId })}.${base64url(await live())}`;
      return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
    },
    'was altered': async () => {
      const [header = '', , signature = ''] = (await office.token(client)).split('.');
      return `${header}.${base64url({ ...(await live()), sub: randomUUID() })}.${signature}`;
    },
    'was taken back': async () => {
      const bearer = await office.token(client);
      const { jti } = claimsOf(bearer);
      const ada = await office.must('sessions.create', { name: 'ada', password }, { door: listenerDoor });
      await office.must('tokens.end', { id: String(jti) }, { token: ada.token });
      return bearer;
    },
  };

  it('is one where nothing is wrong with it, so that the others fail for what they are', async () => {
    const bearer = token(await live());
    expect((await office.call('certificates.list', {}, { token: bearer, door: listenerDoor })).status).toBe(
      200,
    );
  });

  it.each(Object.keys(forged))('opens nothing where it %s', async (what) => {
    const bearer = (await forged[what]?.()) ?? '';
    const [counts, leaves] = [tableCounts(office.home), auditEvents(office.home).length];
    const opened: string[] = [];
    for (const operation of operations) {
      const { status, body } = await call(operation, harmlessInput(operation), bearer);
      if (status !== 401 || !/^TOKEN_/.test(body.code ?? ''))
        opened.push(`${operation.id} ${status} ${body.code}`);
    }
    expect(opened).toEqual([]);
    expect([tableCounts(office.home), auditEvents(office.home).length]).toEqual([counts, leaves]);
  });
});
