import { ChanceryError } from '../../../shared/errors.ts';
import type { EndEntity } from '../../../shared/operations/end-entities.ts';
import { newId } from '../../crypto/index.ts';
import type { EndEntityRow } from '../../store/index.ts';
import { reaches } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';

function present(row: EndEntityRow, realm: string): EndEntity {
  return {
    id: row.id,
    realm,
    commonName: row.commonName,
    organization: row.organization,
    domainNames: JSON.parse(row.domainNames) as string[],
    ipAddresses: JSON.parse(row.ipAddresses) as string[],
    createdAt: new Date(row.createdAt).toISOString(),
  };
}

export const endEntityHandlers = (rooms: Rooms) =>
  handlersFor('end-entities')({
    'end-entities.list': async (input, { principal }) => {
      const realmIds = await rooms.realms.scope(principal, input.realm);
      const page = await rooms.store.endEntities.list({ ...input, realmIds });
      const slugs = await rooms.realms.slugs();
      return { ...page, items: page.items.map((row) => present(row, slugs.get(row.realmId) ?? '')) };
    },

    'end-entities.show': async ({ id }, { principal }) => {
      const row = await rooms.store.endEntities.find(id);
      if (row && reaches(principal, row.realmId))
        return present(row, (await rooms.realms.slugs()).get(row.realmId) ?? '');
      throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no end entity '${id}'.` });
    },

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
        createdAt: now.getTime(),
      };
      const insert = rooms.store.endEntities.insert(row, {
        code: 'ALREADY_EXISTS',
        detail: `There is an end entity '${input.commonName}' in the realm ${realm.slug} already.`,
      });
      const subject = { kind: 'end-entity', id: row.id, name: row.commonName };
      const event = { type: 'end-entity.created', realm: realm.id, subject };
      return finish(rooms, context, { statements: [insert], event }, present(row, realm.slug));
    },
  });
