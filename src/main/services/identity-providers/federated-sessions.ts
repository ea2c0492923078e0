import { ChanceryError } from '../../../shared/errors.ts';
import { systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { grantsOf, type MappedGrant } from './identity-mapping.ts';
import { OidcClient, type Vouched } from './oidc-client.ts';
import { isOidc } from './provider-directory.ts';

interface WatchedSession {
  readonly providerId: string;
  readonly operatorId: string;
  readonly token: string;
  readonly vouched: Vouched;
  /** What the rules gave at sign-in: something else needs a new one. */
  readonly grants: readonly MappedGrant[];
  nextAt: number;
  /** Until when the session lives although the provider could not be asked. */
  trustedUntil: number;
}

const askEveryMs = 5 * 60_000;
const trustMs = 60 * 60_000;
const mostWatched = 10_000;

/**
 * Sessions that a provider vouches for. While they last it is asked again every five minutes; where it does not
 * vouch any more, or says something that the rules make something else of, they end. A provider that does not
 * answer, or that gives nothing to ask with, is trusted for an hour.
 */
export class FederatedSessions {
  readonly #rooms: Rooms;
  #watched: WatchedSession[] = [];

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  watch(session: Pick<WatchedSession, 'providerId' | 'operatorId' | 'token' | 'vouched' | 'grants'>): void {
    const now = this.#rooms.clock().getTime();
    this.#watched.push({ ...session, nextAt: now + askEveryMs, trustedUntil: now + trustMs });
    const [oldest] = this.#watched;
    if (oldest && this.#watched.length > mostWatched) this.#end(oldest);
  }

  /** Asks for those that are due. */
  async renewDue(): Promise<void> {
    const now = this.#rooms.clock().getTime();
    const alive = this.#watched.filter(({ token }) => this.#rooms.sessions.isAlive(token));
    this.#watched = alive;
    for (const session of alive) if (session.nextAt <= now) await this.#renew(session);
  }

  async #renew(session: WatchedSession): Promise<void> {
    const now = this.#rooms.clock().getTime();
    session.nextAt = now + askEveryMs;
    const { vouched, providerId } = session;
    try {
      if (vouched.refreshToken === null) {
        if (now < session.trustedUntil) return;
        throw new ChanceryError({ code: 'TOKEN_EXPIRED', detail: 'It cannot be asked again.' });
      }
      const provider = await this.#rooms.providers.require(providerId);
      if (!isOidc(provider) || !provider.isEnabled) throw ended;
      const issuer = this.#rooms.providers.issuerOf(provider);
      const secret = this.#rooms.providers.secretOf(provider);
      const client = new OidcClient({ provider, issuer, secret, clock: this.#rooms.clock });
      const renewed = await client.refresh(vouched.refreshToken, vouched.subject);
      if (JSON.stringify(grantsOf(provider, renewed.claims)) !== JSON.stringify(session.grants)) throw ended;
      const next = { ...session, vouched: renewed, trustedUntil: now + trustMs };
      this.#watched = this.#watched.map((one) => (one === session ? next : one));
    } catch (error) {
      const isDown =
        error instanceof ChanceryError && (error.code === 'PROVIDER_UNAVAILABLE' || error.code === 'LOCKED');
      if (isDown && now < session.trustedUntil) return;
      this.#end(session);
      await this.#record(session, error);
    }
  }

  #end(session: WatchedSession): void {
    this.#rooms.sessions.end(session.token);
    this.#watched = this.#watched.filter((one) => one !== session);
  }

  async #record({ operatorId }: WatchedSession, error: unknown): Promise<void> {
    const event = auditEvent(this.#rooms, systemContext, {
      type: 'session.ended',
      subject: { kind: 'operator', id: operatorId, name: operatorId },
      detail: { reason: error instanceof ChanceryError ? error.detail : 'The provider cannot be asked.' },
    });
    await this.#rooms.store.commit({ statements: [], events: [event] });
  }
}

const ended = new ChanceryError({
  code: 'WRONG_CREDENTIALS',
  detail: 'The identity provider vouches for something else now.',
});
