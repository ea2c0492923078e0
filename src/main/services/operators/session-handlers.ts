import { ChanceryError } from '../../../shared/errors.ts';
import type { Session } from '../../../shared/operations/sessions.ts';
import { hashPassword, newSecret, verifyPassword } from '../../keys/index.ts';
import { type Context, mayAnywhere, type Principal } from '../context.ts';
import { auditEvent } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { signInIsRequired } from './operator-directory.ts';
import { operatorPrincipal, owner } from './sessions.ts';

/** A hash of what nobody knows: a name that is not there takes as long to refuse as a wrong password. */
let nobodysHash: Promise<string> | undefined;

async function checkPassword(rooms: Rooms, name: string, password: string): Promise<Principal> {
  const row = await rooms.store.installation.findOperator(name);
  nobodysHash ??= hashPassword(newSecret(''));
  const isRight = await verifyPassword(password, row?.passwordHash ?? (await nobodysHash));
  if (!row || !isRight || row.disabledAt !== null) {
    throw new ChanceryError({ code: 'WRONG_CREDENTIALS', detail: 'The name or the password is not right.' });
  }
  return operatorPrincipal(row);
}

async function begin(rooms: Rooms, context: Context, principal: Principal): Promise<Session> {
  const event = auditEvent(rooms, { ...context, principal }, { type: 'session.created', detail: {} });
  await rooms.store.commit({ statements: [], events: [event] });
  return rooms.sessions.begin(principal);
}

async function requireOwnerMayEnter(rooms: Rooms): Promise<void> {
  if (!(await signInIsRequired(rooms))) return;
  throw new ChanceryError({
    code: 'FORBIDDEN',
    detail: 'Operators exist, so sign-in is required here too.',
    hint: 'Sign in with name and password.',
  });
}

export const sessionHandlers = (rooms: Rooms) =>
  handlersFor('sessions')({
    'sessions.create': async ({ name, password }, context) => {
      const check = () => checkPassword(rooms, name, password);
      return begin(
        rooms,
        context,
        await rooms.limiter.attempt(`operator ${name.toLowerCase()}`, context.door.address, check),
      );
    },

    'sessions.redeem': async ({ ticket }, context) => {
      await rooms.limiter.attempt('ticket', context.door.address, async () => rooms.sessions.redeem(ticket));
      await requireOwnerMayEnter(rooms);
      return begin(rooms, context, owner);
    },

    'sessions.enter': async (_input, context) => {
      if (!context.door.owner) {
        throw new ChanceryError({
          code: 'FORBIDDEN',
          detail: "Only the window and the socket of the machine's owner open a session so.",
        });
      }
      await requireOwnerMayEnter(rooms);
      return begin(rooms, context, owner);
    },

    'sessions.end': async (_input, context) => {
      if (context.token !== null) rooms.sessions.end(context.token);
      await rooms.store.commit({
        statements: [],
        events: [auditEvent(rooms, context, { type: 'session.ended' })],
      });
      return {};
    },

    'sessions.whoami': async (_input, { principal }) => {
      const slugs = await rooms.realms.slugs();
      return {
        kind: principal.kind === 'system' ? 'anonymous' : principal.kind,
        name: principal.name,
        permissions: [...principal.permissions].filter((permission) => mayAnywhere(principal, permission)),
        realms: principal.realms === 'all' ? 'all' : principal.realms.flatMap((id) => slugs.get(id) ?? []),
        ownerMayEnter: !(await signInIsRequired(rooms)),
      };
    },
  });
