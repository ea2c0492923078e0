import { ChanceryError } from '../../../shared/errors.ts';
import type { Permission } from '../../../shared/model/permissions.ts';
import type { RoleSummary } from '../../../shared/operations/roles.ts';
import { newId } from '../../crypto/index.ts';
import type { RoleRow } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { requireMayGive } from './may-give.ts';
import type { KnownRole } from './role-directory.ts';

function present({ slug, name, permissions, ownOnly, row }: KnownRole): RoleSummary {
  return {
    slug,
    name,
    builtIn: row === null,
    permissions: [...permissions],
    ownOnly: [...ownOnly],
    createdAt: row && new Date(row.createdAt).toISOString(),
  };
}

interface Content {
  readonly permissions: readonly Permission[];
  readonly ownOnly: readonly Permission[];
}

/** The role's permissions as they are kept; they are held wherever the role is, so its maker has them everywhere. */
function contentOf({ principal }: Context, { permissions, ownOnly }: Content) {
  const all = new Set(permissions);
  const own = new Set(ownOnly);
  const stray = ownOnly.find((permission) => !all.has(permission));
  if (stray !== undefined) {
    const detail = `${stray} is among those that hold for own objects, but not among the permissions.`;
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail,
      violations: [{ path: ['ownOnly'], rule: 'role.ownOnly', message: detail }],
    });
  }
  requireMayGive(principal, { permissions: all, ownOnly: own, realms: 'all' });
  return { permissions: JSON.stringify([...all]), ownOnly: JSON.stringify([...own]) };
}

async function requireOwnRole(rooms: Rooms, slug: string): Promise<KnownRole & { readonly row: RoleRow }> {
  const role = await rooms.roles.require(slug);
  if (role.row) return { ...role, row: role.row };
  throw new ChanceryError({
    code: 'CONFLICT',
    detail: `The role '${slug}' is built in and cannot be changed.`,
    hint: 'Create a role of your own.',
  });
}

export const roleHandlers = (rooms: Rooms) =>
  handlersFor('roles')({
    'roles.list': async (input) => {
      const found = [...(await rooms.roles.all()).values()].map(present);
      return sliceToPage(found, input, ({ slug, name }) => [slug, name]);
    },

    'roles.create': async ({ slug, name = slug, ...content }, context) => {
      const duplicate = { code: 'ALREADY_EXISTS', detail: `There is a role '${slug}' already.` } as const;
      if ((await rooms.roles.all()).has(slug)) throw new ChanceryError(duplicate);
      const now = rooms.clock();
      const row = {
        id: newId(now),
        slug,
        name,
        ...contentOf(context, content),
        createdAt: now.getTime(),
      };
      const change = {
        statements: [rooms.store.roles.insert(row, duplicate)],
        event: {
          type: 'role.created',
          subject: { kind: 'role', id: row.id, name: slug },
          detail: { ...content },
        },
      };
      const { permissions, ownOnly } = content;
      const output = present({
        slug,
        name,
        permissions: new Set(permissions),
        ownOnly: new Set(ownOnly),
        row,
      });
      return finish(rooms, context, change, output).finally(() => rooms.roles.refresh());
    },

    'roles.update': async (input, context) => {
      const role = await requireOwnRole(rooms, input.slug);
      const { permissions = [...role.permissions], name = role.name } = input;
      const ownOnly = input.ownOnly ?? [...role.ownOnly].filter((one) => permissions.includes(one));
      const changes = { name, ...contentOf(context, { permissions, ownOnly }) };
      const change = {
        statements: [rooms.store.roles.update(role.row.id, changes)],
        event: {
          type: 'role.updated',
          subject: { kind: 'role', id: role.row.id, name: role.slug },
          detail: { name, permissions, ownOnly },
        },
      };
      const output = present({
        ...role,
        name,
        permissions: new Set(permissions),
        ownOnly: new Set<Permission>(ownOnly),
      });
      return finish(rooms, context, change, output).finally(() => rooms.roles.refresh());
    },

    'roles.delete': async ({ slug }, context) => {
      const { row } = await requireOwnRole(rooms, slug);
      const held = {
        code: 'CONFLICT',
        detail: `The role '${slug}' is held by somebody.`,
        hint: 'Take it back first, from operators, API clients and as default role of realms.',
      } as const;
      const change = {
        statements: [...rooms.store.roles.mustBeHeldByNobody(slug, held), rooms.store.roles.delete(row.id)],
        event: { type: 'role.deleted', subject: { kind: 'role', id: row.id, name: slug } },
      };
      return finish(rooms, context, change, {}).finally(() => rooms.roles.refresh());
    },
  });
