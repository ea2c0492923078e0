import type { Realm } from '../../../shared/operations/realms.ts';
import { newId } from '../../crypto/index.ts';
import type { RealmRow } from '../../store/index.ts';
import { reaches } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';

function present(row: RealmRow): Realm {
  const { id, slug, name } = row;
  return { id, slug, name, builtIn: row.builtIn === 1, createdAt: new Date(row.createdAt).toISOString() };
}

export const realmHandlers = (rooms: Rooms) =>
  handlersFor('realms')({
    'realms.list': async (input, { principal }) => {
      const reachable = (await rooms.realms.all()).filter((realm) => reaches(principal, realm.id));
      return sliceToPage(reachable.map(present), input, (realm) => [realm.slug, realm.name]);
    },

    'realms.create': async (input, context) => {
      const now = rooms.clock();
      const row = {
        id: newId(now),
        slug: input.slug,
        name: input.name ?? input.slug,
        builtIn: 0,
        createdAt: now.getTime(),
      };
      const insert = rooms.store.installation.insertRealm(row, {
        code: 'ALREADY_EXISTS',
        detail: `There is a realm '${input.slug}' already.`,
      });
      const realm = await finish(
        rooms,
        context,
        {
          statements: [insert],
          event: {
            type: 'realm.created',
            realm: row.id,
            subject: { kind: 'realm', id: row.id, name: row.slug },
          },
        },
        present(row),
      );
      rooms.realms.refresh();
      return realm;
    },
  });
