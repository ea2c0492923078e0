import { ChanceryError } from '../../../shared/errors.ts';
import type { Collection } from '../../../shared/operations/collections.ts';
import { newId } from '../../crypto/index.ts';
import type { CollectionRow } from '../../store/index.ts';
import { readQuery } from '../certificates/read-query.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';

const existsAlready = (name: string) =>
  ({ code: 'ALREADY_EXISTS', detail: `There is a collection '${name}' in the realm already.` }) as const;

export const collectionHandlers = (rooms: Rooms) => {
  const { collections } = rooms.store.named;

  const present = async (rows: readonly CollectionRow[]): Promise<Collection[]> => {
    const slugs = await rooms.realms.slugs();
    const numbers = await rooms.store.named.numbers(rows.map(({ id }) => id));
    return rows.map(({ id, realmId, name, description, query, createdAt }) => ({
      ...{ id, number: numbers.get(id) ?? 0, realm: slugs.get(realmId) ?? '', name, description, query },
      createdAt: new Date(createdAt).toISOString(),
    }));
  };

  /** The collection, if the caller reaches its realm. Throws NOT_FOUND. */
  const require = async ({ principal }: Context, id: string): Promise<CollectionRow> => {
    const row = (await collections.all(await rooms.realms.scope(principal))).find((one) => one.id === id);
    if (row) return row;
    throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no collection '${id}'.` });
  };

  const eventOf = (type: string, { id, realmId, name }: CollectionRow) => ({
    ...{ type, realm: realmId, subject: { kind: 'collection', id, name } },
  });

  const only = async (row: CollectionRow) => (await present([row]))[0] as Collection;

  return handlersFor('collections')({
    'collections.list': async (input, { principal }) => {
      const rows = await collections.all(await rooms.realms.scope(principal, input.realm));
      return sliceToPage(await present(rows), input, ({ name, description }) => [name, description]);
    },

    'collections.show': async ({ id }, context) => only(await require(context, id)),

    'collections.create': async ({ name, description, query, realm: reference }, context) => {
      const realm = await rooms.realms.choose(context.principal, reference);
      await readQuery(rooms, query, context.principal, [realm.id]);
      const now = rooms.clock();
      const row = { id: newId(now), realmId: realm.id, name, description, query, createdAt: now.getTime() };
      const statements = [collections.insert(row, existsAlready(name))];
      const event = { ...eventOf('collection.created', row), detail: { query } };
      await finish(rooms, context, { statements, event }, null);
      return only(row);
    },

    'collections.update': async ({ id, ...given }, context) => {
      const row = await require(context, id);
      if (given.query !== undefined) await readQuery(rooms, given.query, context.principal, [row.realmId]);
      const { name = row.name, description = row.description, query = row.query } = given;
      const changed = { ...row, name, description, query };
      const statements = [collections.update(id, { name, description, query }, existsAlready(name))];
      const event = { ...eventOf('collection.updated', changed), detail: { query } };
      await finish(rooms, context, { statements, event }, null);
      return only(changed);
    },

    'collections.delete': async ({ id }, context) => {
      const row = await require(context, id);
      const event = eventOf('collection.deleted', row);
      return finish(rooms, context, { statements: [collections.delete(id)], event }, {});
    },
  });
};
