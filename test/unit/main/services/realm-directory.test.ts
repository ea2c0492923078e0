import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, type Principal } from '../../../../src/main/services/context.ts';
import { owner } from '../../../../src/main/services/operators/owner.ts';
import { RealmDirectory } from '../../../../src/main/services/realms/realm-directory.ts';
import { openStore, type Store } from '../../../../src/main/store/index.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = temporaryFolder('realms');
let store: Store;
let realms: RealmDirectory;
const within = (...ids: string[]): Principal => ({ ...anonymous, kind: 'operator', realms: ids });

async function add(id: string, slug: string, builtIn = 0): Promise<void> {
  const realm = { id, slug, name: slug, builtIn, createdAt: 0 };
  await store.commit({
    statements: [store.installation.insertRealm(realm, { code: 'ALREADY_EXISTS', detail: '' })],
    events: [],
  });
  realms.refresh();
}

beforeAll(async () => {
  store = await openStore(folder);
  realms = new RealmDirectory(store);
  await add('id-system', 'system', 1);
  await add('id-plant', 'plant');
});

afterAll(() => store.close());

describe('the realm of a call', () => {
  it('is the only one that the caller reaches, SYSTEM not counted', async () => {
    expect((await realms.choose(owner, undefined)).slug).toBe('plant');
    expect((await realms.choose(within('id-plant'), undefined)).slug).toBe('plant');
    await expect(realms.choose(within('id-system'), undefined)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(realms.choose(within(), undefined)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is the one that was named, by slug or by id, also SYSTEM', async () => {
    expect((await realms.choose(owner, 'system')).id).toBe('id-system');
    expect((await realms.choose(owner, 'id-plant')).slug).toBe('plant');
  });

  it('is not found where the caller does not reach it, in the same words as where it is not there', async () => {
    const refusal = (reference: string) =>
      realms.choose(within('id-plant'), reference).catch((error: Error) => error);
    const [foreign, missing] = [await refusal('system'), await refusal('no-such')];
    expect(foreign).toMatchObject({ code: 'NOT_FOUND' });
    expect(String(foreign)).toBe(String(missing).replace('no-such', 'system'));
  });

  it('must be named where there are several, and the refusal names those of the caller only', async () => {
    await add('id-office', 'office');
    await add('id-lab', 'lab');
    await expect(realms.choose(within('id-plant', 'id-office'), undefined)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      detail: expect.not.stringContaining('lab'),
    });
    expect((await realms.choose(within('id-lab'), undefined)).slug).toBe('lab');
  });
});

describe('what a list shows', () => {
  it('is all but SYSTEM for who reaches all, their own for others, and one where it is named', async () => {
    expect(await realms.scope(owner)).toEqual(['id-lab', 'id-office', 'id-plant']);
    expect(await realms.scope(within('id-plant', 'id-lab'))).toEqual(['id-lab', 'id-plant']);
    expect(await realms.scope(owner, 'lab')).toEqual(['id-lab']);
    expect(await realms.scope(owner, 'system')).toEqual(['id-system']);
    await expect(realms.scope(within('id-plant'), 'lab')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await realms.scope(anonymous)).toEqual([]);
  });
});
