import { ChanceryError } from '../../shared/errors.ts';
import type { AccessTokens } from './clients/access-tokens.ts';
import { anonymous, type Principal } from './context.ts';
import type { DirectoryAccounts } from './identity-providers/directory-accounts.ts';
import { principalOfToken } from './identity-providers/external-tokens.ts';
import { clientOfKeycloakToken } from './keycloak/keycloak-tokens.ts';
import { signInIsRequired } from './operators/operator-directory.ts';
import { owner, sessionPrefix } from './operators/sessions.ts';
import type { Rooms } from './rooms.ts';

/**
 * Who calls: the holder of a session or access token; the owner at the command line's socket while no operator
 * exists; otherwise nobody. Throws TOKEN_EXPIRED, TOKEN_INVALID, LOCKED.
 */
export async function authenticate(
  rooms: Rooms,
  tokens: AccessTokens,
  token: string | null,
  door: { readonly kind: string; readonly principal: 'owner' | null },
): Promise<Principal> {
  if (token?.startsWith(sessionPrefix)) return rooms.sessions.resolve(token);
  if (token !== null) {
    const outside =
      (await clientOfKeycloakToken(rooms, token)) ?? (await principalOfToken(rooms.providers, token));
    return outside ?? tokens.verify(token);
  }
  const isOwner = door.kind === 'command-line' && door.principal === 'owner';
  return isOwner && !(await signInIsRequired(rooms)) ? owner : anonymous;
}

/** Who has that name and password in a directory. Throws UNAUTHENTICATED where none is asked for such a name. */
export async function authenticateBasic(
  accounts: DirectoryAccounts,
  { name, password }: { readonly name: string; readonly password: string },
  door: { readonly peer: { readonly address: string | null } },
): Promise<Principal> {
  const principal = await accounts.verify(name, password, door.peer.address);
  if (principal) return principal;
  throw new ChanceryError({
    code: 'UNAUTHENTICATED',
    detail: 'Names and passwords are not taken here: no directory is set up for this one.',
    hint: 'Ask the token endpoint for a token, or sign in, and send it as Authorization: Bearer TOKEN.',
  });
}
