import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Input, type OperationId, operations } from '../../src/shared/operations/index.ts';
import { type ChanceryInProcess, openInProcess } from '../support/chancery-in-process.ts';

let office: ChanceryInProcess;

beforeAll(async () => {
  office = await openInProcess();
  for (let index = 0; index < 12; index += 1) {
    await office.newClient({ name: `Client ${index % 3}` });
    await office.must('certificates.issue', {
      profile: 'tls-server',
      subject: { commonName: `host-${index % 3}.example.com` },
    });
    await office.must('realms.create', { slug: `realm-${index}` });
    const certificate = (await office.must('authorities.show', { id: 'root' })).certificate;
    await office.must('pending.add', { realm: `realm-${index}`, certificate });
    const [waiting] = (await office.must('pending.list', { realm: `realm-${index}` })).items;
    if (index < 6) await office.must('pending.accept', { id: waiting?.id ?? '', alias: 'Same Alias' });
  }
});

afterAll(() => office.chancery.close());

type List = { items: object[]; nextCursor: string | null; total: number };
const lists = operations.filter(({ input }) => Object.hasOwn(input.shape, 'cursor')).map(({ id }) => id);
const list = (id: OperationId, input: object) => office.call(id, input as Input<OperationId>);

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const hostileCursors = [
  ...['', ' ', 'null', 'AAAA', '%00', '../../etc', '[1,2]'],
  ...[
    [],
    [1],
    ['x', ''],
    ['x', 'y'],
    [1.5, ''],
    [-1, ''],
    [1e300, 1e300],
    [null, null],
    ['', -1],
    [{}, []],
    [true, 1],
    ['\0', '\0'],
    ["' or 1=1 --", ''],
  ].map(cursorOf),
];
const hostileSearches = [
  '%',
  '_',
  '\\',
  '"',
  "'",
  '*',
  '\0',
  'a\0b',
  'abc\0def',
  '"""',
  'a" OR "b',
  "'; drop table certificates; --",
  '\u202e',
  '😀',
  '😀😀😀',
  '\ud800',
  'x'.repeat(200),
  ' '.repeat(50),
  'NEAR(a b)',
  'text:host',
  '-host',
  '(host',
  '{host}',
];

describe.each(lists)('%s', (id) => {
  it('has each once, page by page, in the order of one long page', async () => {
    const whole = (await list(id, { limit: 500 })).body as List;
    const seen: object[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await list(id, { limit: 2, ...(cursor !== null && { cursor }) });
      const page = body as List;
      expect([page.items.length <= 2, page.total]).toEqual([true, whole.total]);
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null && seen.length <= whole.total);
    expect(seen).toEqual(whole.items);
    expect(seen).toHaveLength(whole.total);
  });

  it('answers a cursor that it never gave out with a refusal or a page, never with a failure of its own', async () => {
    for (const cursor of hostileCursors) {
      const { status, body } = await list(id, { cursor });
      expect([200, 400], `${JSON.stringify(cursor)} ${body.code} ${body.detail}`).toContain(status);
    }
  });

  it('takes whatever is searched for as text', async () => {
    for (const search of hostileSearches) {
      const { status, body } = await list(id, { search });
      expect([search, status, body.code]).toEqual([search, 200, undefined]);
    }
  });

  it.each([0, -1, 501, 1.5, 'x', '٣'])('refuses a limit of %s', async (limit) => {
    expect((await list(id, { limit })).body.code).toBe('INVALID_INPUT');
  });
});

describe('all of them', () => {
  it('were tried, and nothing failed inside', () => {
    expect(lists).toEqual(
      expect.arrayContaining(['certificates.list', 'clients.list', 'audit.list', 'pending.list']),
    );
    expect(office.logged).toEqual([]);
  });
});
