import { ChanceryError } from '../../../shared/errors.ts';
import type { Operator } from '../../../shared/operations/operators.ts';
import { newId } from '../../crypto/index.ts';
import { hashPassword } from '../../keys/index.ts';
import type { OperatorWithGrants, Statement } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import { explainAccess } from '../roles/explain-access.ts';
import { requireAsMuchAs, requireMayGive } from '../roles/may-give.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { type ChosenGrant, chooseGrant, presentHeld } from './held-roles.ts';

async function operatorPresenter(rooms: Rooms, context: Context) {
  const held = await presentHeld(rooms, context);
  return (row: OperatorWithGrants): Operator => ({
    id: row.id,
    name: row.name,
    roles: held(row.grants),
    disabled: row.disabledAt !== null,
    createdAt: new Date(row.createdAt).toISOString(),
  });
}

async function requireOperator(rooms: Rooms, id: string): Promise<OperatorWithGrants> {
  const row = await rooms.operators.find(id);
  if (row) return row;
  throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no operator '${id}'.` });
}

/** The operator, if the caller has all that it has: who can change somebody can become them. */
async function requireSubordinate(rooms: Rooms, { principal }: Context, id: string) {
  const row = await requireOperator(rooms, id);
  requireAsMuchAs(principal, row.name, await rooms.operators.grants(row));
  return row;
}

const nameTaken = (name: string) =>
  ({ code: 'ALREADY_EXISTS', detail: `There is an operator '${name}' already.` }) as const;

/** Held where the change is made: two administrators may take each other's role at the same moment. */
function mustKeepAdministrator(rooms: Rooms): Statement {
  return rooms.store.operators.mustHaveAdministrator({
    code: 'CONFLICT',
    detail: 'This is the last administrator with a password.',
    hint: 'Make another one first.',
  });
}

/** Commits a change of an operator, and has everybody see it. */
async function change<T>(
  rooms: Rooms,
  context: Context,
  what: { readonly type: string; readonly detail?: Readonly<Record<string, unknown>> },
  { id, name }: Pick<OperatorWithGrants, 'id' | 'name'>,
  statements: readonly Statement[],
  output: T,
): Promise<T> {
  const event = { ...what, subject: { kind: 'operator', id, name } };
  return finish(rooms, context, { statements, event }, output).finally(() => rooms.operators.refresh());
}

const granting = ({ grant, realms }: ChosenGrant) => ({ role: grant.role, realms: realms ?? 'all' });

export const operatorHandlers = (rooms: Rooms) =>
  handlersFor('operators')({
    'operators.list': async (input, context) => {
      const found = (await rooms.operators.all()).map(await operatorPresenter(rooms, context));
      return sliceToPage(found, input, (operator) => [operator.name]);
    },

    'operators.show': async ({ id }, context) =>
      (await operatorPresenter(rooms, context))(await requireOperator(rooms, id)),

    'operators.access': async ({ id }, { principal }) => {
      const row = await requireOperator(rooms, id);
      const who = { kind: 'operator', id, name: row.name } as const;
      return explainAccess(rooms, principal, who, await rooms.operators.grants(row), row.disabledAt !== null);
    },

    'operators.create': async (input, context) => {
      const chosen = await chooseGrant(rooms, context, input);
      requireMayGive(context.principal, chosen.grant);
      if (chosen.grant.role !== 'administrator' && (await rooms.operators.enabled()).length === 0) {
        throw new ChanceryError({
          code: 'CONFLICT',
          detail: 'The first operator must be an administrator: from then on sign-in is required everywhere.',
        });
      }
      const now = rooms.clock();
      const row = {
        id: newId(now),
        name: input.name,
        passwordHash: await hashPassword(input.password),
        disabledAt: null,
        createdAt: now.getTime(),
      };
      const { operators } = rooms.store;
      const statements = [
        operators.insert(row, nameTaken(input.name)),
        ...chosen.rows.map((grant) => operators.grant(row.id, grant, nameTaken(input.name))),
      ];
      const output = (await operatorPresenter(rooms, context))({ ...row, grants: chosen.rows });
      const what = { type: 'operator.created', detail: granting(chosen) };
      await change(rooms, context, what, row, statements, output);
      // From now on sign-in is required, so the sessions end that nobody signed in for.
      rooms.sessions.endAllOf(null);
      return output;
    },

    'operators.rename': async ({ id, name }, context) => {
      const row = await requireSubordinate(rooms, context, id);
      const output = (await operatorPresenter(rooms, context))({ ...row, name });
      const statements = [rooms.store.operators.update(id, { name }, nameTaken(name))];
      return change(rooms, context, { type: 'operator.renamed', detail: { name } }, row, statements, output);
    },

    'operators.grant': async ({ id, ...input }, context) => {
      const row = await requireOperator(rooms, id);
      const chosen = await chooseGrant(rooms, context, input);
      requireMayGive(context.principal, chosen.grant);
      const duplicate = {
        code: 'ALREADY_EXISTS',
        detail: `${row.name} has this role there already.`,
      } as const;
      const statements = chosen.rows.map((grant) => rooms.store.operators.grant(id, grant, duplicate));
      const grants = [...row.grants, ...chosen.rows];
      const output = (await operatorPresenter(rooms, context))({ ...row, grants });
      const what = { type: 'operator.role-granted', detail: granting(chosen) };
      return change(rooms, context, what, row, statements, output);
    },

    'operators.withdraw': async ({ id, ...input }, context) => {
      const row = await requireSubordinate(rooms, context, id);
      const chosen = await chooseGrant(rooms, context, input);
      const otherwise = { code: 'NOT_FOUND', detail: `${row.name} does not have this role there.` } as const;
      const statements = [
        ...chosen.rows.map((grant) => rooms.store.operators.withdraw(id, grant, otherwise)),
        ...(chosen.grant.role === 'administrator' ? [mustKeepAdministrator(rooms)] : []),
      ];
      const isGone = ({ role, realmId }: (typeof row.grants)[number]) =>
        chosen.rows.some((gone) => gone.role === role && gone.realmId === realmId);
      const grants = row.grants.filter((grant) => !isGone(grant));
      const output = (await operatorPresenter(rooms, context))({ ...row, grants });
      const what = { type: 'operator.role-withdrawn', detail: granting(chosen) };
      return change(rooms, context, what, row, statements, output);
    },

    'operators.set-password': async ({ id, password }, context) => {
      const row = await requireSubordinate(rooms, context, id);
      const statements = [
        rooms.store.operators.update(id, { passwordHash: await hashPassword(password) }),
        rooms.store.tokens.endAllOfOperator(id),
      ];
      await change(rooms, context, { type: 'operator.password-set' }, row, statements, {});
      rooms.sessions.endAllOf(id);
      return {};
    },

    'operators.disable': async ({ id }, context) => {
      const row = await requireSubordinate(rooms, context, id);
      if (row.disabledAt !== null) {
        throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no enabled operator '${id}'.` });
      }
      const isAdministrator = row.grants.some(({ role }) => role === 'administrator');
      const statements = [
        rooms.store.operators.update(id, { disabledAt: rooms.clock().getTime() }),
        rooms.store.tokens.endAllOfOperator(id),
        ...(isAdministrator ? [mustKeepAdministrator(rooms)] : []),
      ];
      await change(rooms, context, { type: 'operator.disabled' }, row, statements, {});
      rooms.sessions.endAllOf(id);
      return {};
    },

    'operators.enable': async ({ id }, context) => {
      const row = await requireSubordinate(rooms, context, id);
      if (row.disabledAt === null) {
        throw new ChanceryError({ code: 'CONFLICT', detail: `${row.name} is not disabled.` });
      }
      const statements = [rooms.store.operators.update(id, { disabledAt: null })];
      return change(rooms, context, { type: 'operator.enabled' }, row, statements, {});
    },
  });
