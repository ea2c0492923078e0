/** Gives tokens out: who for, what they say, and when a refresh token betrays a theft (RFC 6749, RFC 9700 section 4.14). */
import { ChanceryError } from '../../../shared/errors.ts';
import { newId } from '../../crypto/index.ts';
import { hashToken, newSecret } from '../../keys/index.ts';
import type { RealmRow, Statement, TokenRow } from '../../store/index.ts';
import { type Principal, systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import { checkPassword } from '../operators/check-password.ts';
import type { Rooms } from '../rooms.ts';
import { settingOf } from '../system/setting-handlers.ts';
import type { ProvenClient } from './authenticate-client.ts';
import { tokenPrincipal } from './token-principal.ts';
import type { TokenAnswer, TokenRequest } from './token-request.ts';
import { audience, refreshPrefix } from './verified-tokens.ts';

/** How long a person who signed in through a client stays so without signing in again. */
const refreshSeconds = 12 * 3600;

interface Bearer {
  readonly principal: Principal;
  readonly operatorId: string | null;
  /** Where tokens can be had anew: the line that they belong to, and when it ends. */
  readonly family: { readonly id: string; readonly endsAt: number } | null;
  readonly statements: readonly Statement[];
}

/** Throws INVALID_GRANT, FORBIDDEN where the client may not use the grant, RATE_LIMITED. */
export async function giveTokens(
  rooms: Rooms,
  request: TokenRequest,
  proven: ProvenClient,
  realm: RealmRow,
): Promise<TokenAnswer> {
  const { store, clock } = rooms;
  const { client, boundTo } = proven;
  const now = clock();
  const bearer = await bearerOf(rooms, request, proven, realm, now);
  const lifetimeSeconds = Number(await settingOf(rooms, 'tokens.lifetimeSeconds'));
  const issuedAt = Math.floor(now.getTime() / 1000);
  const jti = newId(now);
  const familyId = bearer.family?.id ?? jti;
  const accessToken = await rooms.tokenKeys.sign(
    {
      iss: request.issuer,
      aud: audience,
      sub: bearer.principal.id,
      azp: client.clientId,
      client_id: client.clientId,
      realm: realm.slug,
      typ: 'Bearer',
      iat: issuedAt,
      exp: issuedAt + lifetimeSeconds,
      jti,
      ...(boundTo !== null && { cnf: { 'x5t#S256': boundTo } }),
    },
    'JWT',
  );
  const row = {
    familyId,
    clientId: client.id,
    operatorId: bearer.operatorId,
    realmId: realm.id,
    issuedAt: now.getTime(),
    spentAt: null,
  };
  const expiresAt = (issuedAt + lifetimeSeconds) * 1000;
  const statements = [
    ...proven.statements,
    ...bearer.statements,
    store.tokens.insert({ ...row, id: jti, kind: 'access', expiresAt, hash: null }),
    store.clients.touch(client.id, now.getTime()),
  ];
  let refresh: { refresh_token: string; refresh_expires_in: number } | undefined;
  if (bearer.family) {
    const { endsAt } = bearer.family;
    const refreshToken = newSecret(refreshPrefix);
    const hash = hashToken(refreshToken);
    statements.push(
      store.tokens.insert({ ...row, id: newId(now), kind: 'refresh', expiresAt: endsAt, hash }),
    );
    refresh = {
      refresh_token: refreshToken,
      refresh_expires_in: Math.floor((endsAt - now.getTime()) / 1000),
    };
  }
  const event = auditEvent(rooms, contextOf(bearer.principal, request), {
    type: 'token.issued',
    realm: realm.id,
    subject: { kind: 'client', id: client.id, name: client.clientId },
    detail: { lifetimeSeconds, grant: request.grant.type },
  });
  await store.commit({ statements, events: [event] });
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    refresh_expires_in: 0,
    'not-before-policy': 0,
    scope: request.scope ?? '',
    ...refresh,
  };
}

async function bearerOf(
  rooms: Rooms,
  request: TokenRequest,
  { client }: ProvenClient,
  realm: RealmRow,
  now: Date,
): Promise<Bearer> {
  const { grant } = request;
  if (grant.type === 'refresh_token') return refreshed(rooms, request, grant.refreshToken, client.id, realm);
  if (grant.type === 'client_credentials') {
    const principal = await tokenPrincipal(rooms, {
      clientId: client.id,
      operatorId: null,
      realmId: realm.id,
    });
    return { principal, operatorId: null, family: null, statements: [] };
  }
  if (client.passwordGrant !== 1) {
    throw new ChanceryError({
      code: 'FORBIDDEN',
      detail: 'This API client may not sign operators in by name and password.',
      hint: 'An administrator can allow it for the client.',
    });
  }
  const { username, password } = grant;
  const operator = await checkPassword(rooms, username, password, request.door.peer.address).catch(
    notGranted,
  );
  const token = { clientId: client.id, operatorId: operator.id, realmId: realm.id };
  const principal = await tokenPrincipal(rooms, token);
  if (principal.grants.length === 0) throw wrongUser();
  const family = { id: newId(now), endsAt: now.getTime() + refreshSeconds * 1000 };
  return { principal, operatorId: operator.id, family, statements: [] };
}

const wrongUser = () =>
  new ChanceryError({
    code: 'INVALID_GRANT',
    detail: 'The name or the password is not right, or the operator may not act in this realm.',
  });

/** RFC 6749 section 5.2: the client was right, its user was not. */
function notGranted(error: unknown): never {
  if (error instanceof ChanceryError && error.code === 'WRONG_CREDENTIALS') throw wrongUser();
  throw error;
}

/**
 * A refresh token is good once. One that comes again was stolen, by whoever came first or second: all that came from
 * the sign-in ends.
 */
async function refreshed(
  rooms: Rooms,
  request: TokenRequest,
  refreshToken: string,
  clientId: string,
  realm: RealmRow,
): Promise<Bearer> {
  const { store, clock } = rooms;
  const now = clock().getTime();
  const row = await store.tokens.findByHash(hashToken(refreshToken));
  const isOurs = row?.kind === 'refresh' && row.clientId === clientId && row.realmId === realm.id;
  if (!row || !isOurs || row.expiresAt <= now) throw notRefreshed();
  if (row.spentAt !== null) {
    await endStolen(rooms, request, row);
    throw notRefreshed();
  }
  const principal = await tokenPrincipal(rooms, row).catch(() => {
    throw notRefreshed();
  });
  return {
    principal,
    operatorId: row.operatorId,
    family: { id: row.familyId, endsAt: row.expiresAt },
    statements: [store.tokens.spend(row.id, now, notRefreshed())],
  };
}

const notRefreshed = () =>
  new ChanceryError({
    code: 'INVALID_GRANT',
    detail: 'The refresh token is not valid any more.',
    hint: 'Sign in again.',
  });

async function endStolen(rooms: Rooms, request: TokenRequest, row: TokenRow): Promise<void> {
  const event = auditEvent(rooms, contextOf(systemContext.principal, request), {
    type: 'token.reused',
    outcome: 'failure',
    realm: row.realmId,
    subject: { kind: 'token', id: row.id },
  });
  await rooms.store.commit({ statements: [rooms.store.tokens.endFamily(row.familyId)], events: [event] });
}

function contextOf(principal: Principal, { door }: TokenRequest) {
  return {
    ...systemContext,
    principal,
    door: { kind: door.kind, address: door.peer.address, owner: false },
  };
}
