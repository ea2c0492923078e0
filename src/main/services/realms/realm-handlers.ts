import { ChanceryError } from '../../../shared/errors.ts';
import type { Realm } from '../../../shared/operations/realms.ts';
import { newId } from '../../crypto/index.ts';
import type { RealmRow, Statement } from '../../store/index.ts';
import { type Context, reaches } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import { requireMayGive } from '../roles/may-give.ts';
import { grantOf } from '../roles/role-directory.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';

function present(row: RealmRow): Realm {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    builtIn: row.builtIn === 1,
    archived: row.archivedAt !== null,
    contacts: JSON.parse(row.contacts) as string[],
    defaultRole: row.defaultRole,
    createdAt: new Date(row.createdAt).toISOString(),
  };
}

/** A realm that people made: SYSTEM is as it is. Throws NOT_FOUND, CONFLICT. */
async function requireOwnRealm(rooms: Rooms, { principal }: Context, reference: string): Promise<RealmRow> {
  const realm = await rooms.realms.require({ ...principal, closedRealms: new Set() }, reference);
  if (realm.builtIn === 0) return realm;
  throw new ChanceryError({ code: 'CONFLICT', detail: 'The realm SYSTEM is built in and stays as it is.' });
}

export const realmHandlers = (rooms: Rooms) => {
  const change = async (
    context: Context,
    row: RealmRow,
    type: string,
    changes: Parameters<typeof rooms.store.installation.updateRealm>[1],
    further: readonly Statement[] = [],
  ) => {
    const statements = [rooms.store.installation.updateRealm(row.id, changes), ...further];
    const subject = { kind: 'realm', id: row.id, name: row.slug };
    const event = { type, realm: row.id, subject, detail: { ...changes } };
    const output = present({ ...row, ...changes });
    return finish(rooms, context, { statements, event }, output).finally(() => rooms.realms.refresh());
  };

  /** Archives, or takes out of the archive. Throws CONFLICT where it is so already. */
  const setArchived = async (
    context: Context,
    reference: string,
    archivedAt: number | null,
    type: string,
  ) => {
    const row = await requireOwnRealm(rooms, context, reference);
    if ((row.archivedAt === null) === (archivedAt === null)) {
      const detail = `The realm '${row.slug}' is ${archivedAt === null ? 'not archived' : 'archived already'}.`;
      throw new ChanceryError({ code: 'CONFLICT', detail });
    }
    // What was not renewed meanwhile is renewed from now on.
    const again = archivedAt === null ? [rooms.store.renewals.lookAgainAtAll()] : [];
    return change(context, row, type, { archivedAt }, again);
  };

  return handlersFor('realms')({
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
        archivedAt: null,
        contacts: JSON.stringify(input.contacts ?? []),
        defaultRole: 'api-client',
      };
      const insert = rooms.store.installation.insertRealm(row, {
        code: 'ALREADY_EXISTS',
        detail: `There is a realm '${input.slug}' already.`,
      });
      const subject = { kind: 'realm', id: row.id, name: row.slug };
      const event = { type: 'realm.created', realm: row.id, subject };
      return finish(rooms, context, { statements: [insert], event }, present(row)).finally(() =>
        rooms.realms.refresh(),
      );
    },

    'realms.update': async ({ id, name, contacts, defaultRole }, context) => {
      const row = await requireOwnRealm(rooms, context, id);
      if (defaultRole !== undefined) {
        requireMayGive(context.principal, grantOf(await rooms.roles.require(defaultRole), [row.id]));
      }
      return change(context, row, 'realm.updated', {
        ...(name !== undefined && { name }),
        ...(contacts !== undefined && { contacts: JSON.stringify(contacts) }),
        ...(defaultRole !== undefined && { defaultRole }),
      });
    },

    'realms.archive': ({ id }, context) =>
      setArchived(context, id, rooms.clock().getTime(), 'realm.archived'),

    'realms.restore': ({ id }, context) => setArchived(context, id, null, 'realm.restored'),
  });
};
