import { ChanceryError } from '../../../shared/errors.ts';
import { permissions } from '../../../shared/model/permissions.ts';
import type { LiveSession, Session } from '../../../shared/operations/sessions.ts';
import { hashPassword } from '../../keys/index.ts';
import { type Context, mayAnywhere, type Principal } from '../context.ts';
import { auditEvent, finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import { explainAccess } from '../roles/explain-access.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { checkPassword } from './check-password.ts';
import { signInIsRequired } from './operator-directory.ts';
import { owner } from './owner.ts';
import { type Current, type KnownSession, sessionPrefix } from './sessions.ts';

/** Begins a session and writes it down: for every way in which a person signs in. */
export async function beginSession(
  rooms: Rooms,
  context: Context,
  principal: Principal,
  current?: Current,
): Promise<Session> {
  const event = auditEvent(rooms, { ...context, principal }, { type: 'session.created', detail: {} });
  await rooms.store.commit({ statements: [], events: [event] });
  const { kind, address } = context.door;
  return rooms.sessions.begin(principal, address === null ? kind : `${kind} ${address}`, current);
}

function present({ beganAt, lastUsedAt, endsAt, ...session }: KnownSession): LiveSession {
  const iso = (ms: number) => new Date(ms).toISOString();
  return { ...session, beganAt: iso(beganAt), lastUsedAt: iso(lastUsedAt), expiresAt: iso(endsAt) };
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
      const row = await checkPassword(rooms, name, password, context.door.address);
      const current = () => rooms.operators.principal(row);
      return beginSession(rooms, context, await current(), current);
    },

    'sessions.redeem': async ({ ticket }, context) => {
      await rooms.limiter.attempt('ticket', context.door.address, async () => rooms.sessions.redeem(ticket));
      await requireOwnerMayEnter(rooms);
      return beginSession(rooms, context, owner);
    },

    'sessions.enter': async (_input, context) => {
      if (!context.door.owner) {
        throw new ChanceryError({
          code: 'FORBIDDEN',
          detail: "Only the window and the socket of the machine's owner open a session so.",
        });
      }
      await requireOwnerMayEnter(rooms);
      return beginSession(rooms, context, owner);
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
        permissions: permissions.filter((permission) => mayAnywhere(principal, permission)),
        realms: principal.realms === 'all' ? 'all' : principal.realms.flatMap((id) => slugs.get(id) ?? []),
        ownerMayEnter: !(await signInIsRequired(rooms)),
      };
    },

    'sessions.access': async (_input, { principal }) => {
      const { kind, id, name, grants } = principal;
      const who = { kind: kind === 'client' ? kind : 'operator', id, name } as const;
      return explainAccess(rooms, principal, who, grants, false);
    },

    'sessions.change-password': async ({ password, newPassword }, context) => {
      const { principal, door, token } = context;
      const known = principal.kind === 'operator' && principal.id !== null;
      if (!known || !token?.startsWith(sessionPrefix)) {
        throw new ChanceryError({
          code: 'CONFLICT',
          detail: 'Only an operator who has signed in with a password can change it.',
        });
      }
      const row = await checkPassword(rooms, principal.name, password, door.address);
      const statements = [
        rooms.store.operators.update(row.id, { passwordHash: await hashPassword(newPassword) }),
        rooms.store.tokens.endAllOfOperator(row.id),
      ];
      const subject = { kind: 'operator', id: row.id, name: row.name };
      const event = { type: 'operator.password-changed', subject };
      await finish(rooms, context, { statements, event }, {}).finally(() => rooms.operators.refresh());
      rooms.sessions.endAllOf(row.id, token);
      return {};
    },

    'sessions.list': async (input, { token }) => {
      const all = rooms.sessions.list(token).map(present);
      return sliceToPage(all, input, ({ name, door }) => [name, door]);
    },

    'sessions.close': async ({ id }, context) => {
      const session = rooms.sessions.list(null).find((one) => one.id === id);
      if (!session) throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no session '${id}'.` });
      const subject = { kind: 'session', id, name: session.name };
      await finish(rooms, context, { statements: [], event: { type: 'session.closed', subject } }, {});
      rooms.sessions.close(id);
      return {};
    },
  });
