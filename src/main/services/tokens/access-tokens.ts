/** Access tokens: when they are believed, what is told of them, and how they end (RFC 9068 in spirit, RFC 7662, RFC 7009). */
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { ChanceryError } from '../../../shared/errors.ts';
import { hashToken } from '../../keys/index.ts';
import type { RealmRow, TokenRow } from '../../store/index.ts';
import { type Principal, systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { settingOf } from '../system/setting-handlers.ts';
import { authenticateClient, claimedClientId, type ProvenClient } from './authenticate-client.ts';
import { thumbprint } from './client-certificates.ts';
import { giveTokens } from './give-tokens.ts';
import { RefusalJournal } from './refusal-journal.ts';
import { clientPrincipal, tokenPrincipal } from './token-principal.ts';
import type { ClientCall, TokenAnswer, TokenRequest } from './token-request.ts';
import { audience, refreshPrefix, type TokenClaims, VerifiedTokens } from './verified-tokens.ts';

const noSuchToken = () =>
  new ChanceryError({
    code: 'TOKEN_INVALID',
    detail: 'The access token was taken back, or was given for credentials that are not valid any more.',
    hint: 'Ask for a new one.',
  });

/** Issues and believes access tokens. */
export class AccessTokens {
  readonly #rooms: Rooms;
  readonly #verified = new VerifiedTokens();
  readonly #journal: RefusalJournal;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#journal = new RefusalJournal(rooms.clock);
    rooms.vault.onLock(() => this.#verified.clear());
  }

  async hasRealm(reference: string): Promise<boolean> {
    return (await this.#realm(reference)) !== undefined;
  }

  /** RFC 7517. Throws LOCKED where the key was never made. */
  async jwks(): Promise<{ keys: object[] }> {
    return this.#rooms.tokenKeys.jwks();
  }

  /** Throws NOT_FOUND (realm), INVALID_GRANT, FORBIDDEN, WRONG_CREDENTIALS, RATE_LIMITED, LOCKED. */
  async grant(request: TokenRequest): Promise<TokenAnswer> {
    const { proven, realm } = await this.#prove(request);
    return giveTokens(this.#rooms, request, proven, realm);
  }

  /** Who a token speaks for; `certificates` are those of its connection. Throws TOKEN_EXPIRED, TOKEN_INVALID, LOCKED. */
  async verify(token: string, certificates: readonly Uint8Array[]): Promise<Principal> {
    const claims = await this.#claims(token);
    if (claims.boundTo !== null) {
      const [shown] = certificates;
      if (!shown || thumbprint(shown) !== claims.boundTo) {
        throw new ChanceryError({
          code: 'TOKEN_INVALID',
          detail: 'The access token is bound to a certificate that this connection does not show.',
          hint: 'Use it over mutual TLS, with the certificate that it was given for.',
        });
      }
    }
    const row = this.#rooms.store.tokens.findAccess(claims.jti);
    if (!row) throw noSuchToken();
    return tokenPrincipal(this.#rooms, row);
  }

  /** What a token says, to a client of its realm (RFC 7662 section 2.2); of one that is not valid, nothing else. */
  async introspect(call: ClientCall, token: string): Promise<Readonly<Record<string, unknown>>> {
    const { realm } = await this.#prove(call);
    const row = await this.#find(token);
    const now = this.#rooms.clock().getTime();
    const isLive =
      row !== undefined && row.realmId === realm.id && row.expiresAt > now && row.spentAt === null;
    const principal = isLive ? await tokenPrincipal(this.#rooms, row).catch(() => undefined) : undefined;
    const client = row && (await this.#rooms.store.clients.find(row.clientId));
    if (!row || !principal || !client) return { active: false };
    const boundTo = row.kind === 'access' ? (await this.#claims(token)).boundTo : null;
    return {
      active: true,
      client_id: client.clientId,
      username: principal.name,
      sub: principal.id,
      token_type: row.kind === 'access' ? 'Bearer' : 'Refresh',
      aud: audience,
      iss: call.issuer,
      realm: realm.slug,
      scope: '',
      iat: Math.floor(row.issuedAt / 1000),
      exp: Math.floor(row.expiresAt / 1000),
      jti: row.id,
      ...(boundTo !== null && { cnf: { 'x5t#S256': boundTo } }),
    };
  }

  /** Ends a token of the client's own; with a refresh token all that came from it. Of others it knows nothing (RFC 7009). */
  async revoke(call: ClientCall, token: string): Promise<void> {
    const { proven, realm } = await this.#prove(call);
    const row = await this.#find(token);
    if (row?.clientId !== proven.client.id || row.realmId !== realm.id) return;
    const { tokens } = this.#rooms.store;
    const event = auditEvent(this.#rooms, await this.#contextOf(proven, realm, call), {
      type: 'token.revoked',
      realm: realm.id,
      subject: { kind: 'token', id: row.id },
    });
    const end = row.kind === 'refresh' ? tokens.endFamily(row.familyId) : tokens.end(row.id);
    await this.#rooms.store.commit({ statements: [end, ...proven.statements], events: [event] });
  }

  async #prove(call: ClientCall): Promise<{ proven: ProvenClient; realm: RealmRow }> {
    this.#rooms.vault.requireOpen();
    const realm = await this.#realm(call.realm);
    if (!realm) throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no realm '${call.realm}'.` });
    const { address } = call.door.peer;
    const clientId = claimedClientId(call.proof).slice(0, 200);
    const proven = await this.#rooms.limiter.attempt(`client ${clientId}`, address, async () => {
      try {
        return await authenticateClient(this.#rooms, call, realm);
      } catch (error) {
        await this.#recordRefusal(call, clientId, realm);
        throw error;
      }
    });
    return { proven, realm };
  }

  async #find(token: string): Promise<TokenRow | undefined> {
    if (token.startsWith(refreshPrefix)) return this.#rooms.store.tokens.findByHash(hashToken(token));
    const claims = await this.#claims(token).catch((error: unknown) => {
      if (error instanceof ChanceryError && error.kind.status === 401) return undefined;
      throw error;
    });
    return claims && this.#rooms.store.tokens.find(claims.jti);
  }

  async #claims(token: string): Promise<TokenClaims> {
    const known = this.#verified.find(token, this.#rooms.clock());
    if (known) return known;
    const options = {
      audience,
      algorithms: ['ES256'],
      currentDate: this.#rooms.clock(),
      requiredClaims: ['exp', 'iat', 'sub', 'jti'],
    };
    const verified = await jwtVerify(token, keysOf(await this.#rooms.tokenKeys.jwks()), options).catch(
      (cause: unknown) => {
        throw cause instanceof errors.JWTExpired
          ? new ChanceryError({
              code: 'TOKEN_EXPIRED',
              detail: 'The access token has expired.',
              hint: 'Ask for a new one.',
              cause,
            })
          : new ChanceryError({
              code: 'TOKEN_INVALID',
              detail: 'The access token is not one of ours, or was altered.',
              cause,
            });
      },
    );
    const { exp = 0, jti = '', cnf } = verified.payload;
    const boundTo = (cnf as { 'x5t#S256'?: string } | undefined)?.['x5t#S256'] ?? null;
    const claims = { exp, jti, boundTo };
    this.#verified.add(token, claims);
    return claims;
  }

  /** The realm of an endpoint's path: not SYSTEM, which has no clients, and none that is archived. */
  async #realm(reference: string): Promise<RealmRow | undefined> {
    const alias = reference === 'Keyfactor' ? await settingOf(this.#rooms, 'keyfactor.realm') : reference;
    return (await this.#rooms.realms.all()).find(
      (realm) => realm.slug === alias && realm.builtIn === 0 && realm.archivedAt === null,
    );
  }

  async #recordRefusal({ door }: ClientCall, clientId: string, realm: RealmRow): Promise<void> {
    const admitted = this.#journal.admit(door.peer.address);
    if (!admitted) return;
    const context = {
      ...systemContext,
      door: { kind: door.kind, address: door.peer.address, owner: false },
      principal: { ...systemContext.principal, kind: 'anonymous' as const, name: 'nobody' },
    };
    const { unwritten } = admitted;
    const event = auditEvent(this.#rooms, context, {
      type: 'token.refused',
      realm: realm.id,
      outcome: 'failure',
      detail: { clientId: clientId.slice(0, 120), ...(unwritten > 0 && { unwritten }) },
    });
    await this.#rooms.store.commit({ statements: [], events: [event] });
  }

  async #contextOf({ client }: ProvenClient, realm: RealmRow, { door }: ClientCall) {
    return {
      ...systemContext,
      principal: await clientPrincipal(this.#rooms, client, realm),
      door: { kind: door.kind, address: door.peer.address, owner: false },
    };
  }
}

/** Imports each key once: a set made anew for every token would import it for every token. */
const keySets = new WeakMap<JSONWebKeySet, ReturnType<typeof createLocalJWKSet>>();

function keysOf(jwks: JSONWebKeySet): ReturnType<typeof createLocalJWKSet> {
  const known = keySets.get(jwks) ?? createLocalJWKSet(jwks);
  keySets.set(jwks, known);
  return known;
}
