import { ChanceryError } from '../../../shared/errors.ts';
import type { Metadata } from '../../../shared/model/basics.ts';
import type { EndEntity } from '../../../shared/operations/end-entities.ts';
import { newId } from '../../crypto/index.ts';
import type { EndEntityRow } from '../../store/index.ts';
import { type Context, reaches } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { changeOf, updateEndEntity } from './update-end-entity.ts';

/** As callers see it; `realm` is the slug of its realm. */
export function presentEndEntity(row: EndEntityRow, realm: string): EndEntity {
  return {
    id: row.id,
    realm,
    commonName: row.commonName,
    organization: row.organization,
    domainNames: JSON.parse(row.domainNames) as string[],
    ipAddresses: JSON.parse(row.ipAddresses) as string[],
    emailAddresses: JSON.parse(row.emailAddresses) as string[],
    metadata: row.metadata === null ? {} : (JSON.parse(row.metadata) as Metadata),
    createdAt: new Date(row.createdAt).toISOString(),
    archivedAt: row.archivedAt === null ? null : new Date(row.archivedAt).toISOString(),
  };
}

/** The end entity, if the caller reaches its realm. Throws NOT_FOUND. */
async function requireEndEntity(rooms: Rooms, { principal }: Context, id: string): Promise<EndEntityRow> {
  const row = await rooms.store.endEntities.find(id);
  if (row && reaches(principal, row.realmId)) return row;
  throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no end entity '${id}'.` });
}

export const endEntityHandlers = (rooms: Rooms) => {
  const present = async (row: EndEntityRow) =>
    presentEndEntity(row, (await rooms.realms.slugs()).get(row.realmId) ?? '');
  const update = async (context: Context, id: string, type: string, change: Partial<EndEntityRow>) => {
    const row = await requireEndEntity(rooms, context, id);
    return updateEndEntity(rooms, context, row, change, { type, present });
  };
  return handlersFor('end-entities')({
    'end-entities.list': async (input, { principal }) => {
      const realmIds = await rooms.realms.scope(principal, input.realm);
      const page = await rooms.store.endEntities.list({ ...input, realmIds, isArchived: input.archived });
      const slugs = await rooms.realms.slugs();
      return { ...page, items: page.items.map((row) => presentEndEntity(row, slugs.get(row.realmId) ?? '')) };
    },

    'end-entities.show': async ({ id }, context) => present(await requireEndEntity(rooms, context, id)),

    'end-entities.create': async (input, context) => {
      const realm = await rooms.realms.choose(context.principal, input.realm);
      const now = rooms.clock();
      const row: EndEntityRow = {
        id: newId(now),
        realmId: realm.id,
        commonName: input.commonName,
        organization: input.organization ?? null,
        domainNames: JSON.stringify(input.domainNames),
        ipAddresses: JSON.stringify(input.ipAddresses),
        emailAddresses: JSON.stringify(input.emailAddresses),
        metadata: input.metadata ? JSON.stringify(input.metadata) : null,
        createdAt: now.getTime(),
        archivedAt: null,
      };
      const insert = rooms.store.endEntities.insert(row, {
        code: 'ALREADY_EXISTS',
        detail: `There is an end entity '${input.commonName}' in the realm ${realm.slug} already.`,
      });
      const subject = { kind: 'end-entity', id: row.id, name: row.commonName };
      const event = { type: 'end-entity.created', realm: realm.id, subject };
      return finish(rooms, context, { statements: [insert], event }, presentEndEntity(row, realm.slug));
    },

    'end-entities.update': ({ id, ...fields }, context) =>
      update(context, id, 'end-entity.updated', changeOf(fields)),

    'end-entities.archive': ({ id }, context) =>
      update(context, id, 'end-entity.archived', { archivedAt: rooms.clock().getTime() }),

    'end-entities.restore': ({ id }, context) =>
      update(context, id, 'end-entity.restored', { archivedAt: null }),
  });
};
