/** Who calls: the ways to say it, tried one after the other. Another way is another entry of the list. */
import { ChanceryError } from '../../shared/errors.ts';
import { anonymous, type Credentials, type Principal } from './context.ts';
import type { DirectoryAccounts } from './identity-providers/directory-accounts.ts';
import { principalOfToken } from './identity-providers/external-tokens.ts';
import { clientOfKeycloakToken } from './keycloak/keycloak-tokens.ts';
import { signInIsRequired } from './operators/operator-directory.ts';
import { owner } from './operators/owner.ts';
import { sessionPrefix } from './operators/sessions.ts';
import type { Rooms } from './rooms.ts';
import type { AccessTokens } from './tokens/access-tokens.ts';

export interface Caller {
  readonly credentials: Credentials;
  readonly door: {
    readonly kind: string;
    readonly principal: 'owner' | null;
    readonly peer: { readonly address: string | null; readonly certificates: readonly Uint8Array[] };
  };
}

/**
 * One way to say who calls: undefined where the credentials are not for it, so that the next way is asked.
 * Throws TOKEN_EXPIRED, TOKEN_INVALID, WRONG_CREDENTIALS, RATE_LIMITED where they are, and are not right.
 */
export type WayIn = (caller: Caller) => Promise<Principal | undefined>;

/** All ways, in the order in which they are asked; access tokens of ours take every token that nobody else took. */
export function waysIn(rooms: Rooms, tokens: AccessTokens, accounts: DirectoryAccounts): WayIn[] {
  return [
    bySession(rooms),
    byTokenFromOutside(rooms),
    byAccessToken(tokens),
    byPassword(accounts),
    asOwner(rooms),
  ];
}

/** The caller, by the first way that knows the credentials; nobody where there are none. Throws UNAUTHENTICATED. */
export async function authenticate(ways: readonly WayIn[], caller: Caller): Promise<Principal> {
  for (const way of ways) {
    const principal = await way(caller);
    if (principal) return principal;
  }
  if (caller.credentials.scheme === 'none') return anonymous;
  throw new ChanceryError({
    code: 'UNAUTHENTICATED',
    detail: 'Only the Authorization scheme Bearer is known here.',
    hint: 'Ask the token endpoint for a token, or sign in, and send it as Authorization: Bearer TOKEN.',
  });
}

/** The token of a person's session. */
const bySession =
  ({ sessions }: Rooms): WayIn =>
  async ({ credentials }) =>
    credentials.scheme === 'bearer' && credentials.token.startsWith(sessionPrefix)
      ? sessions.resolve(credentials.token)
      : undefined;

/** An access token of the connected Keycloak, or of an identity provider. */
const byTokenFromOutside =
  (rooms: Rooms): WayIn =>
  async ({ credentials }) =>
    credentials.scheme === 'bearer'
      ? ((await clientOfKeycloakToken(rooms, credentials.token)) ??
        (await principalOfToken(rooms, credentials.token)))
      : undefined;

/** Name and password of an account in a directory. */
const byPassword =
  (accounts: DirectoryAccounts): WayIn =>
  async ({ credentials, door }) =>
    credentials.scheme === 'basic'
      ? accounts.verify(credentials.name, credentials.password, door.peer.address)
      : undefined;

/** An access token of our own token service. */
const byAccessToken =
  (tokens: AccessTokens): WayIn =>
  async ({ credentials, door }) =>
    credentials.scheme === 'bearer' ? tokens.verify(credentials.token, door.peer.certificates) : undefined;

/** The person of the operating system at the owner's socket, while there is no operator. */
const asOwner =
  (rooms: Rooms): WayIn =>
  async ({ credentials, door }) =>
    credentials.scheme === 'none' &&
    door.kind === 'command-line' &&
    door.principal === 'owner' &&
    !(await signInIsRequired(rooms))
      ? owner
      : undefined;
