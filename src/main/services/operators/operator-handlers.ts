import { ChanceryError } from '../../../shared/errors.ts';
import type { Role } from '../../../shared/model/permissions.ts';
import type { Operator } from '../../../shared/operations/operators.ts';
import { newId } from '../../crypto/index.ts';
import { hashPassword } from '../../keys/index.ts';
import type { OperatorRow } from '../../store/index.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { enabledOperators } from './operator-directory.ts';

/** Roles whose permissions go beyond any realm. */
const globalRoles: readonly Role[] = ['administrator', 'auditor'];

async function operatorPresenter(rooms: Rooms) {
  const slugs = await rooms.realms.slugs();
  return (row: OperatorRow): Operator => ({
    id: row.id,
    name: row.name,
    role: row.role as Role,
    realms:
      row.realms === null ? null : (JSON.parse(row.realms) as string[]).flatMap((id) => slugs.get(id) ?? []),
    disabled: row.disabledAt !== null,
    createdAt: new Date(row.createdAt).toISOString(),
  });
}

export const operatorHandlers = (rooms: Rooms) =>
  handlersFor('operators')({
    'operators.list': async (input) => {
      const found = (await rooms.store.installation.operators()).map(await operatorPresenter(rooms));
      return sliceToPage(found, input, (operator) => [operator.name]);
    },

    'operators.create': async (input, context) => {
      const isGlobal = globalRoles.includes(input.role);
      if (!isGlobal && (input.realms ?? []).length === 0) {
        const detail = `The role ${input.role} is held in realms: name at least one.`;
        throw new ChanceryError({
          code: 'INVALID_INPUT',
          detail,
          violations: [{ path: ['realms'], rule: 'required', message: detail }],
        });
      }
      if (input.role === 'administrator' && input.realms !== undefined) {
        throw new ChanceryError({
          code: 'INVALID_INPUT',
          detail: 'An administrator acts in all realms.',
          hint: 'Leave the realms out.',
        });
      }
      const others = await enabledOperators(rooms);
      if (others.length === 0 && input.role !== 'administrator') {
        throw new ChanceryError({
          code: 'CONFLICT',
          detail: 'The first operator must be an administrator: from then on sign-in is required everywhere.',
        });
      }
      const realms = await Promise.all(
        (input.realms ?? []).map((one) => rooms.realms.require(context.principal, one)),
      );
      const now = rooms.clock();
      const row: OperatorRow = {
        id: newId(now),
        name: input.name,
        role: input.role,
        realms: input.realms === undefined ? null : JSON.stringify(realms.map((realm) => realm.id)),
        passwordHash: await hashPassword(input.password),
        disabledAt: null,
        createdAt: now.getTime(),
      };
      const insert = rooms.store.installation.insertOperator(row, {
        code: 'ALREADY_EXISTS',
        detail: `There is an operator '${input.name}' already.`,
      });
      const change = {
        statements: [insert],
        event: {
          type: 'operator.created',
          subject: { kind: 'operator', id: row.id, name: row.name },
          detail: { role: row.role, realms: realms.map((realm) => realm.slug) },
        },
      };
      const operator = await finish(rooms, context, change, (await operatorPresenter(rooms))(row));
      // From now on sign-in is required, so the sessions end that nobody signed in for.
      rooms.sessions.endAllOf(null);
      return operator;
    },

    'operators.disable': async ({ id }, context) => {
      const others = await enabledOperators(rooms);
      const row = others.find((one) => one.id === id);
      const gone = { code: 'NOT_FOUND', detail: `There is no enabled operator '${id}'.` } as const;
      if (!row) throw new ChanceryError(gone);
      const { installation } = rooms.store;
      const lastOne = {
        code: 'CONFLICT',
        detail: 'This is the last administrator.',
        hint: 'Create another one first.',
      } as const;
      const change = {
        statements: [
          installation.disableOperator(id, rooms.clock().getTime(), gone),
          // Held where the change is made: two administrators may disable each other at the same moment.
          ...(row.role === 'administrator' ? [installation.mustHaveAdministrator(lastOne)] : []),
        ],
        event: { type: 'operator.disabled', subject: { kind: 'operator', id, name: row.name } },
      };
      await finish(rooms, context, change, {});
      rooms.sessions.endAllOf(id);
      return {};
    },
  });
