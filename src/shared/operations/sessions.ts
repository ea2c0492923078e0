/** Signing in and out. A session's token travels as Bearer; there are no cookies. */
import { z } from 'zod';
import { Access } from '../model/access.ts';
import { Id, Nothing, pageOf, pageQuery, secret, Timestamp } from '../model/basics.ts';
import { operation } from './operation.ts';
import { Password } from './operators.ts';

export const Session = z
  .strictObject({
    token: z.string(),
    expiresAt: Timestamp,
    operator: z.strictObject({ name: z.string(), roles: z.array(z.string()).describe('Slugs of the roles') }),
  })
  .meta({ id: 'Session', description: 'A signed-in operator; the token goes into Authorization: Bearer.' });
export type Session = z.infer<typeof Session>;

export const Whoami = z
  .strictObject({
    kind: z.enum(['operator', 'client', 'anonymous']),
    name: z.string(),
    permissions: z.array(z.string()),
    realms: z.union([z.literal('all'), z.array(z.string())]).describe('Slugs of the realms, or all'),
    /** True while no operator exists, so that the person at the machine acts as owner. */
    ownerMayEnter: z.boolean(),
  })
  .meta({ id: 'Whoami' });
export type Whoami = z.infer<typeof Whoami>;

export const signIn = operation({
  id: 'sessions.create',
  summary: 'Sign in with name and password',
  method: 'POST',
  path: '/sessions',
  input: z.strictObject({
    name: z.string().min(1).max(120),
    password: z.string().min(1).max(1024).meta(secret),
  }),
  output: Session,
  status: 201,
  errors: ['WRONG_CREDENTIALS', 'RATE_LIMITED'],
  permission: 'public',
  risk: 'none',
  audit: 'session.created',
  command: 'sign-in',
  whileLocked: true,
});

export const redeemTicket = operation({
  id: 'sessions.redeem',
  summary: 'Turn the one-time ticket of the start-up line into a session',
  method: 'POST',
  path: '/sessions/redeem',
  input: z.strictObject({ ticket: z.string().min(1).max(200).meta(secret) }),
  output: Session,
  status: 201,
  errors: ['WRONG_CREDENTIALS', 'RATE_LIMITED'],
  permission: 'public',
  risk: 'none',
  audit: 'session.created',
  whileLocked: true,
});

export const enterAsOwner = operation({
  id: 'sessions.enter',
  summary: "Open a session as the machine's owner",
  description:
    'Only at the window of the desktop and the socket of the owner, and only while no operator exists.',
  method: 'POST',
  path: '/sessions/enter',
  input: z.strictObject({}),
  output: Session,
  status: 201,
  errors: ['FORBIDDEN'],
  permission: 'public',
  risk: 'none',
  audit: 'session.created',
  whileLocked: true,
});

export const signOut = operation({
  id: 'sessions.end',
  summary: 'Sign out: the token is void at once',
  method: 'POST',
  path: '/sessions/end',
  input: z.strictObject({}),
  output: Nothing,
  errors: [],
  permission: 'signed-in',
  risk: 'none',
  audit: 'session.ended',
  command: 'sign-out',
  whileLocked: true,
});

export const whoami = operation({
  id: 'sessions.whoami',
  summary: 'Show who is calling and what they may do',
  method: 'GET',
  path: '/whoami',
  input: z.strictObject({}),
  output: Whoami,
  errors: [],
  permission: 'public',
  risk: 'none',
  command: 'whoami',
  whileLocked: true,
});

export const ownAccess = operation({
  id: 'sessions.access',
  summary: 'Show what the caller may do, and which role gives it',
  method: 'GET',
  path: '/whoami/access',
  input: z.strictObject({}),
  output: Access,
  errors: [],
  permission: 'signed-in',
  risk: 'none',
});

export const changePassword = operation({
  id: 'sessions.change-password',
  summary: "Change one's own password; one's other sessions end",
  method: 'POST',
  path: '/whoami/password',
  input: z.strictObject({
    password: z
      .string()
      .min(1)
      .max(1024)
      .meta({ ...secret, description: 'The present one' }),
    newPassword: Password,
  }),
  output: Nothing,
  errors: ['WRONG_CREDENTIALS', 'RATE_LIMITED', 'CONFLICT'],
  permission: 'signed-in',
  risk: 'change',
  audit: 'operator.password-changed',
});

export const LiveSession = z
  .strictObject({
    id: Id,
    name: z.string().describe('Of the operator; `owner` for the owner of the machine'),
    operatorId: Id.nullable(),
    door: z.string().describe('Where it was begun'),
    isOwn: z.boolean().describe("The caller's own, with which it asks"),
    beganAt: Timestamp,
    lastUsedAt: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'LiveSession' });
export type LiveSession = z.infer<typeof LiveSession>;

export const listSessions = operation({
  id: 'sessions.list',
  summary: 'List the sessions that live',
  method: 'GET',
  path: '/sessions',
  input: z.strictObject(pageQuery),
  output: pageOf(LiveSession),
  errors: [],
  permission: 'operators.read',
  risk: 'none',
});

export const closeSession = operation({
  id: 'sessions.close',
  summary: 'End a session of anybody: its token is void at once',
  method: 'POST',
  path: '/sessions/{id}/close',
  input: z.strictObject({ id: Id }),
  output: Nothing,
  errors: ['NOT_FOUND'],
  permission: 'operators.write',
  risk: 'destructive',
  audit: 'session.closed',
});

export const sessionOperations = [
  signIn,
  redeemTicket,
  enterAsOwner,
  signOut,
  whoami,
  ownAccess,
  changePassword,
  listSessions,
  closeSession,
] as const;
