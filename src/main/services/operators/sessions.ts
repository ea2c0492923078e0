import { ChanceryError } from '../../../shared/errors.ts';
import { type Permission, type Role, roleGrants } from '../../../shared/model/permissions.ts';
import type { Session } from '../../../shared/operations/sessions.ts';
import { hashToken, newSecret } from '../../keys/index.ts';
import type { OperatorRow } from '../../store/index.ts';
import type { Principal } from '../context.ts';
import type { Clock } from '../rooms.ts';

const idleMs = 60 * 60_000;
const longestMs = 12 * 60 * 60_000;
const ticketMs = 10 * 60_000;
export const sessionPrefix = 'chs_';

interface LiveSession {
  readonly principal: Principal;
  readonly endsAt: number;
  idleUntil: number;
}

const permissionsOf = (role: Role): ReadonlySet<Permission> => new Set(roleGrants[role]);

/** The person of the operating system at the window or the owner's socket: an administrator until operators exist. */
export const owner: Principal = {
  kind: 'operator',
  id: null,
  name: 'owner',
  role: 'administrator',
  permissions: permissionsOf('administrator'),
  realms: 'all',
};

export function operatorPrincipal(row: OperatorRow): Principal {
  const role = row.role as Role;
  return {
    kind: 'operator',
    id: row.id,
    name: row.name,
    role,
    permissions: permissionsOf(role),
    realms: row.realms === null ? 'all' : (JSON.parse(row.realms) as string[]),
  };
}

/**
 * Sessions of people and the tickets that begin them. They live in memory, as hashes: a restart signs everyone
 * out, and nobody finds a token on disk.
 */
export class Sessions {
  readonly #clock: Clock;
  readonly #sessions = new Map<string, LiveSession>();
  readonly #tickets = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(principal: Principal): Session {
    const now = this.#clock().getTime();
    this.#forgetEnded(now);
    const token = newSecret(sessionPrefix);
    const endsAt = now + longestMs;
    this.#sessions.set(keyOf(token), { principal, endsAt, idleUntil: now + idleMs });
    return {
      token,
      expiresAt: new Date(endsAt).toISOString(),
      operator: { name: principal.name, role: principal.role ?? 'auditor' },
    };
  }

  /** Who the token speaks for; using it keeps it alive. Throws TOKEN_EXPIRED, TOKEN_INVALID. */
  resolve(token: string): Principal {
    const session = this.#sessions.get(keyOf(token));
    if (!session) {
      throw new ChanceryError({
        code: 'TOKEN_INVALID',
        detail: 'There is no such session any more.',
        hint: 'Sign in again.',
      });
    }
    const now = this.#clock().getTime();
    if (now > session.endsAt || now > session.idleUntil) {
      this.#sessions.delete(keyOf(token));
      throw new ChanceryError({
        code: 'TOKEN_EXPIRED',
        detail: 'The session has ended.',
        hint: 'Sign in again.',
      });
    }
    session.idleUntil = now + idleMs;
    return session.principal;
  }

  /** Whether the token still opens something; asking does not keep it alive. */
  isAlive(token: string): boolean {
    const session = this.#sessions.get(keyOf(token));
    const now = this.#clock().getTime();
    return session !== undefined && now <= session.endsAt && now <= session.idleUntil;
  }

  end(token: string): void {
    this.#sessions.delete(keyOf(token));
  }

  /** Ends the sessions of one operator, or of the owner (null). */
  endAllOf(operatorId: string | null): void {
    for (const [key, { principal }] of this.#sessions) {
      if (principal.id === operatorId) this.#sessions.delete(key);
    }
  }

  newTicket(): string {
    const ticket = newSecret('', 18);
    this.#tickets.set(keyOf(ticket), this.#clock().getTime() + ticketMs);
    return ticket;
  }

  /** Spends the ticket. Throws WRONG_CREDENTIALS for one that is unknown, spent or older than ten minutes. */
  redeem(ticket: string): void {
    const validUntil = this.#tickets.get(keyOf(ticket));
    this.#tickets.delete(keyOf(ticket));
    if (validUntil !== undefined && this.#clock().getTime() <= validUntil) return;
    throw new ChanceryError({
      code: 'WRONG_CREDENTIALS',
      detail: 'The ticket was used already or is older than ten minutes.',
      hint: 'Start again: each start prints a new one.',
    });
  }

  #forgetEnded(now: number): void {
    for (const [key, { endsAt, idleUntil }] of this.#sessions) {
      if (now > endsAt || now > idleUntil) this.#sessions.delete(key);
    }
  }
}

function keyOf(token: string): string {
  return hashToken(token).toString('base64');
}
