import { ChanceryError } from '../../../shared/errors.ts';
import type { MetadataField } from '../../../shared/model/metadata-field.ts';
import { newId } from '../../crypto/index.ts';
import type { MetadataFieldRow } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { definitionOf } from './field-definition.ts';

export const metadataFieldHandlers = (rooms: Rooms) => {
  const { fields } = rooms.store.named;

  const present = async (rows: readonly MetadataFieldRow[]): Promise<MetadataField[]> => {
    const slugs = await rooms.realms.slugs();
    const numbers = await rooms.store.named.numbers(rows.map(({ id }) => id));
    return rows.map((row) => ({
      ...{
        id: row.id,
        number: numbers.get(row.id) ?? 0,
        realm: slugs.get(row.realmId) ?? '',
        name: row.name,
      },
      ...definitionOf(row),
      createdAt: new Date(row.createdAt).toISOString(),
    }));
  };

  /** The field, if the caller reaches its realm. Throws NOT_FOUND. */
  const require = async ({ principal }: Context, id: string): Promise<MetadataFieldRow> => {
    const row = (await fields.all(await rooms.realms.scope(principal))).find((one) => one.id === id);
    if (row) return row;
    throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no metadata field '${id}'.` });
  };

  const eventOf = (type: string, { id, realmId, name }: MetadataFieldRow) => ({
    ...{ type, realm: realmId, subject: { kind: 'metadata-field', id, name } },
  });

  const existsAlready = (name: string) =>
    ({
      code: 'ALREADY_EXISTS',
      detail: `There is a metadata field '${name}' in the realm already.`,
    }) as const;

  const only = async (row: MetadataFieldRow) => (await present([row]))[0] as MetadataField;

  return handlersFor('metadata-fields')({
    'metadata-fields.list': async (input, { principal }) => {
      const realmIds = await rooms.realms.scope(principal, input.realm);
      const rows = await fields.all(realmIds);
      const known = new Set(rows.map(({ name }) => name.toLowerCase()));
      const names = await rooms.store.certificates.noteNames(realmIds);
      const otherNames = names.filter((name) => !known.has(name.toLowerCase()));
      const page = sliceToPage(await present(rows), input, ({ name, description }) => [name, description]);
      return { ...page, otherNames };
    },

    'metadata-fields.create': async ({ name, realm: reference, ...definition }, context) => {
      const realm = await rooms.realms.choose(context.principal, reference);
      const now = rooms.clock();
      const row = {
        ...{ id: newId(now), realmId: realm.id, name },
        ...{ definition: JSON.stringify(definition), createdAt: now.getTime() },
      };
      const statements = [fields.insert(row, existsAlready(name))];
      const event = { ...eventOf('metadata-field.created', row), detail: { type: definition.type } };
      await finish(rooms, context, { statements, event }, null);
      return only(row);
    },

    'metadata-fields.update': async ({ id, ...given }, context) => {
      const row = await require(context, id);
      const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const definition = JSON.stringify({ ...definitionOf(row), ...changes });
      const statements = [fields.update(id, { definition }, existsAlready(row.name))];
      const event = { ...eventOf('metadata-field.updated', row), detail: { changed: Object.keys(changes) } };
      await finish(rooms, context, { statements, event }, null);
      return only({ ...row, definition });
    },

    'metadata-fields.delete': async ({ id }, context) => {
      const row = await require(context, id);
      const event = eventOf('metadata-field.deleted', row);
      return finish(rooms, context, { statements: [fields.delete(id)], event }, {});
    },
  });
};
