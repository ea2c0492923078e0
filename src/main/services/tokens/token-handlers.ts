import { ChanceryError } from '../../../shared/errors.ts';
import type { LiveToken } from '../../../shared/operations/tokens.ts';
import { decodeOffset } from '../../store/index.ts';
import { onlyOwn, reaches } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';

const iso = (ms: number) => new Date(ms).toISOString();

export const tokenHandlers = (rooms: Rooms) =>
  handlersFor('tokens')({
    'tokens.list': async ({ realm, cursor, search, limit }, { principal }) => {
      const slugs = await rooms.realms.slugs();
      const page = await rooms.store.tokens.list({
        realmIds: await rooms.realms.scope(principal, realm),
        clientId: onlyOwn(principal) ? (principal.id ?? '') : undefined,
        search: search?.trim() || undefined,
        now: rooms.clock().getTime(),
        limit,
        offset: cursor === undefined ? 0 : decodeOffset(cursor),
      });
      const items = page.items.map(
        (row): LiveToken => ({
          id: row.id,
          kind: row.kind,
          clientId: row.clientName,
          operator: row.operatorName,
          realm: slugs.get(row.realmId) ?? '',
          issuedAt: iso(row.issuedAt),
          expiresAt: iso(row.expiresAt),
        }),
      );
      return { ...page, items };
    },

    'tokens.end': async ({ id }, context) => {
      const row = rooms.store.tokens.find(id);
      if (!row || !reaches(context.principal, row.realmId)) {
        throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no token '${id}'.` });
      }
      const { tokens } = rooms.store;
      const end = row.kind === 'refresh' ? tokens.endFamily(row.familyId) : tokens.end(id);
      const subject = { kind: 'token', id };
      const event = { type: 'token.ended', realm: row.realmId, subject };
      return finish(rooms, context, { statements: [end], event }, {});
    },

    'tokens.rotate-key': async (_input, context) => {
      const { keyId, statements, done } = await rooms.tokenKeys.rotation();
      const event = { type: 'token.key-rotated', detail: { keyId } };
      return finish(rooms, context, { statements, event }, { keyId }).finally(done);
    },
  });
