import type { AccessTokens } from './clients/access-tokens.ts';
import { anonymous, type Principal } from './context.ts';
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
  if (token !== null) return tokens.verify(token);
  const isOwner = door.kind === 'command-line' && door.principal === 'owner';
  return isOwner && !(await signInIsRequired(rooms)) ? owner : anonymous;
}
