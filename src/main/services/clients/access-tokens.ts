/** Access tokens: who gets one, what it says, and when it is believed (RFC 6749 section 4.4, RFC 9068 in spirit). */
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { ChanceryError } from '../../../shared/errors.ts';
import { type Permission, roleGrants } from '../../../shared/model/permissions.ts';
import { createPublicKey, newId } from '../../crypto/index.ts';
import { hashToken, sameBytes } from '../../keys/index.ts';
import type { ClientWithRealms, RealmRow } from '../../store/index.ts';
import { type Context, type Principal, systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import { refuseKeycloakClient } from '../keycloak/keycloak-tokens.ts';
import type { Rooms } from '../rooms.ts';
import { settingOf } from '../system/setting-handlers.ts';
import { derToJose } from './token-signature.ts';
import { type TokenClaims, VerifiedTokens } from './verified-tokens.ts';

export interface GrantRequest {
  readonly realm: string;
  readonly grantType: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string | null;
  readonly issuer: string;
  readonly door: { readonly kind: string; readonly peer: { readonly address: string | null } };
}

const signingKeyMeta = 'tokens.signingKey';
const audience = 'chancery';

/** Issues and believes access tokens of API clients. */
export class AccessTokens {
  readonly #rooms: Rooms;
  readonly #verified = new VerifiedTokens();
  #key: Promise<{ keyId: string; jwks: JSONWebKeySet }> | undefined;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    // The keys of another vault are other keys.
    rooms.vault.onLock(() => {
      this.#key = undefined;
      this.#verified.clear();
    });
  }

  async hasRealm(reference: string): Promise<boolean> {
    return (await this.#realm(reference)) !== undefined;
  }

  /** RFC 7517. Throws LOCKED where the key was never made. */
  async jwks(): Promise<{ keys: object[] }> {
    return (await this.#signingKey()).jwks;
  }

  /** Throws NOT_FOUND (realm), INVALID_GRANT, WRONG_CREDENTIALS, RATE_LIMITED, LOCKED. */
  async grant(request: GrantRequest) {
    const { clock, limiter, store, vault } = this.#rooms;
    vault.requireOpen();
    const realm = await this.#realm(request.realm);
    if (!realm)
      throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no realm '${request.realm}'.` });
    if (request.grantType !== 'client_credentials') {
      throw new ChanceryError({
        code: 'INVALID_GRANT',
        detail: `The grant type '${request.grantType}' is not offered.`,
      });
    }
    await refuseKeycloakClient(this.#rooms, request.clientId);
    const { address } = request.door.peer;
    const client = await limiter.attempt(`client ${request.clientId}`, address, () =>
      this.#authenticate(request, realm),
    );
    const now = clock();
    const lifetimeSeconds = Number(await settingOf(this.#rooms, 'tokens.lifetimeSeconds'));
    const issuedAt = Math.floor(now.getTime() / 1000);
    // A token of a second that a reset voids would be born dead.
    const effectiveAt = Math.max(issuedAt, client.tokensNotBefore);
    const accessToken = await this.#sign({
      iss: request.issuer,
      aud: audience,
      sub: client.id,
      azp: client.clientId,
      client_id: client.clientId,
      realm: realm.slug,
      typ: 'Bearer',
      iat: effectiveAt,
      exp: issuedAt + lifetimeSeconds,
      jti: newId(now),
    });
    const event = auditEvent(this.#rooms, this.#contextOf(client, realm, request), {
      type: 'token.issued',
      realm: realm.id,
      subject: { kind: 'client', id: client.id, name: client.clientId },
      detail: { lifetimeSeconds },
    });
    await store.commit({ statements: [store.clients.touch(client.id, now.getTime())], events: [event] });
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      refresh_expires_in: 0,
      'not-before-policy': 0,
      scope: request.scope ?? '',
    } as const;
  }

  /** The client that a token speaks for. Throws TOKEN_EXPIRED, TOKEN_INVALID, LOCKED. */
  async verify(token: string): Promise<Principal> {
    const claims = this.#verified.find(token, this.#rooms.clock()) ?? (await this.#verifyNew(token));
    const client = await this.#rooms.store.clients.find(claims.sub);
    const realm = await this.#realm(claims.realm);
    if (client?.enabled !== 1 || !realm || !client.realmIds.includes(realm.id)) {
      throw new ChanceryError({
        code: 'TOKEN_INVALID',
        detail: 'The API client of this access token may not act any more.',
      });
    }
    if (claims.iat < client.tokensNotBefore) {
      throw new ChanceryError({
        code: 'TOKEN_INVALID',
        detail: 'The access token was given out for an earlier secret.',
      });
    }
    return clientPrincipal(client, realm);
  }

  async #verifyNew(token: string): Promise<TokenClaims> {
    const { jwks } = await this.#signingKey();
    const options = {
      audience,
      algorithms: ['ES256'],
      currentDate: this.#rooms.clock(),
      requiredClaims: ['exp', 'iat', 'sub'],
    };
    const { payload } = await jwtVerify(token, keysOf(jwks), options).catch((cause: unknown) => {
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
    });
    const { sub = '', iat = 0, exp = 0 } = payload;
    const claims = { sub, iat, exp, realm: String(payload.realm) };
    this.#verified.add(token, claims);
    return claims;
  }

  async #realm(reference: string): Promise<RealmRow | undefined> {
    const alias = reference === 'Keyfactor' ? await settingOf(this.#rooms, 'keyfactor.realm') : reference;
    return (await this.#rooms.realms.all()).find((realm) => realm.slug === alias && realm.builtIn === 0);
  }

  async #authenticate(request: GrantRequest, realm: RealmRow): Promise<ClientWithRealms> {
    const client = await this.#rooms.store.clients.findByClientId(request.clientId);
    const expected = client?.secretHash ?? Buffer.alloc(32);
    const isRight = sameBytes(hashToken(request.clientSecret), expected);
    // One answer for everything, so that neither ids nor realms can be guessed.
    if (client && isRight && client.enabled === 1 && client.realmIds.includes(realm.id)) return client;
    await this.#recordRefusal(request, realm);
    throw new ChanceryError({
      code: 'WRONG_CREDENTIALS',
      detail: 'The client id or its secret is not right, or the client may not act in this realm.',
    });
  }

  async #recordRefusal(request: GrantRequest, realm: RealmRow): Promise<void> {
    const context = {
      ...systemContext,
      door: doorOf(request),
      principal: { ...systemContext.principal, kind: 'anonymous' as const, name: 'nobody' },
    };
    const event = auditEvent(this.#rooms, context, {
      type: 'token.refused',
      realm: realm.id,
      outcome: 'failure',
      detail: { clientId: request.clientId.slice(0, 120) },
    });
    await this.#rooms.store.commit({ statements: [], events: [event] });
  }

  #contextOf(client: ClientWithRealms, realm: RealmRow, request: GrantRequest): Context {
    return { ...systemContext, principal: clientPrincipal(client, realm), door: doorOf(request) };
  }

  async #sign(claims: Record<string, unknown>): Promise<string> {
    const { keyId } = await this.#signingKey();
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${encode({ alg: 'ES256', typ: 'JWT', kid: keyId })}.${encode(claims)}`;
    const signature = derToJose(await this.#rooms.signer.sign(keyId, Buffer.from(signed)));
    return `${signed}.${Buffer.from(signature).toString('base64url')}`;
  }

  #signingKey() {
    this.#key ??= this.#loadOrMakeKey().catch((error: unknown) => {
      this.#key = undefined;
      throw error;
    });
    return this.#key;
  }

  async #loadOrMakeKey(): Promise<{ keyId: string; jwks: JSONWebKeySet }> {
    const { store, signer, clock } = this.#rooms;
    let keyId = await store.installation.meta(signingKeyMeta);
    if (keyId === undefined) {
      const now = clock();
      keyId = newId(now);
      const insert = store.keys.insert(await signer.generate(keyId, 'ecdsa-p256'), now);
      const event = auditEvent(this.#rooms, systemContext, { type: 'token.key-created', detail: { keyId } });
      await store.commit({
        statements: [insert, store.installation.setMeta(signingKeyMeta, keyId)],
        events: [event],
      });
    }
    const key = await store.keys.find(keyId);
    if (!key) throw new Error('the key that signs tokens is gone');
    const jwk = createPublicKey({ key: key.spki, format: 'der', type: 'spki' }).export({ format: 'jwk' });
    return { keyId, jwks: { keys: [{ ...jwk, kty: 'EC', kid: keyId, use: 'sig', alg: 'ES256' }] } };
  }
}

const clientPermissions: ReadonlySet<Permission> = new Set(roleGrants['api-client']);

function clientPrincipal(client: ClientWithRealms, realm: RealmRow): Principal {
  return {
    kind: 'client',
    id: client.id,
    name: client.clientId,
    role: 'api-client',
    permissions: clientPermissions,
    realms: [realm.id],
  };
}

function doorOf({ door }: GrantRequest): Context['door'] {
  return { kind: door.kind, address: door.peer.address, owner: false };
}

/** Imports each key once: a set made anew for every token would import it for every token. */
const keySets = new WeakMap<JSONWebKeySet, ReturnType<typeof createLocalJWKSet>>();

function keysOf(jwks: JSONWebKeySet): ReturnType<typeof createLocalJWKSet> {
  const known = keySets.get(jwks) ?? createLocalJWKSet(jwks);
  keySets.set(jwks, known);
  return known;
}
