import { ChanceryError } from '../../../shared/errors.ts';
import type { Session } from '../../../shared/operations/sessions.ts';
import { newId } from '../../crypto/index.ts';
import { hashToken, newSecret } from '../../keys/index.ts';
import type { Principal } from '../context.ts';
import type { Clock } from '../rooms.ts';

const idleMs = 60 * 60_000;
const longestMs = 12 * 60 * 60_000;
const ticketMs = 10 * 60_000;
export const sessionPrefix = 'chs_';

/** Tells what the holder of a session may do by now. */
export type Current = () => Principal | Promise<Principal>;

interface LiveSession {
  readonly id: string;
  readonly principal: Principal;
  readonly current: Current;
  readonly door: string;
  readonly beganAt: number;
  readonly endsAt: number;
  idleUntil: number;
}

/** A session as it is shown: without what would open it. */
export interface KnownSession {
  readonly id: string;
  readonly name: string;
  readonly operatorId: string | null;
  readonly door: string;
  readonly isOwn: boolean;
  readonly beganAt: number;
  readonly lastUsedAt: number;
  readonly endsAt: number;
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

  /** `current` is asked at every use, since what a person may do can change while the session lives. */
  begin(principal: Principal, door: string, current: Current = () => principal): Session {
    const now = this.#clock().getTime();
    this.#forgetEnded(now);
    const token = newSecret(sessionPrefix);
    const endsAt = now + longestMs;
    this.#sessions.set(keyOf(token), {
      id: newId(new Date(now)),
      principal,
      current,
      door,
      beganAt: now,
      endsAt,
      idleUntil: now + idleMs,
    });
    return {
      token,
      expiresAt: new Date(endsAt).toISOString(),
      operator: { name: principal.name, roles: [...new Set(principal.grants.map(({ role }) => role))] },
    };
  }

  /** Who the token speaks for; using it keeps it alive. Throws TOKEN_EXPIRED, TOKEN_INVALID. */
  async resolve(token: string): Promise<Principal> {
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
    return session.current();
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

  /** Ends the sessions of one operator, or of the owner (null), but for the one with that token. */
  endAllOf(operatorId: string | null, exceptToken: string | null = null): void {
    const kept = exceptToken === null ? null : keyOf(exceptToken);
    for (const [key, { principal }] of this.#sessions) {
      if (principal.id === operatorId && key !== kept) this.#sessions.delete(key);
    }
  }

  /** Those that live, the newest first. */
  list(ownToken: string | null): KnownSession[] {
    this.#forgetEnded(this.#clock().getTime());
    const own = ownToken === null ? null : keyOf(ownToken);
    return [...this.#sessions]
      .map(([key, { id, principal, door, beganAt, endsAt, idleUntil }]) => ({
        id,
        name: principal.name,
        operatorId: principal.id,
        door,
        isOwn: key === own,
        beganAt,
        lastUsedAt: idleUntil - idleMs,
        endsAt: Math.min(endsAt, idleUntil),
      }))
      .reverse();
  }

  /** Ends the session of that id. */
  close(id: string): void {
    for (const [key, session] of this.#sessions) if (session.id === id) this.#sessions.delete(key);
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
