import { decodeJwt } from 'jose';
import { ChanceryError } from '../../../shared/errors.ts';
import { claimTexts } from '../../domain/index.ts';
import type { Principal } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { externalPrincipal, grantsOf } from './identity-mapping.ts';

/** What a token is too long to be. */
const longestToken = 16_000;

/**
 * Who holds an access token of an identity provider; undefined where none is the issuer that it names, so that
 * others may look at it. Throws TOKEN_EXPIRED, TOKEN_INVALID, FORBIDDEN, PROVIDER_UNAVAILABLE.
 */
export async function principalOfToken(
  rooms: Pick<Rooms, 'providers' | 'roles'>,
  token: string,
): Promise<Principal | undefined> {
  const { providers } = rooms;
  const issuer = claimedIssuer(token);
  if (issuer === undefined) return undefined;
  const provider = (await providers.enabledOidc()).find(({ settings }) => settings.issuer === issuer);
  if (provider?.settings.tokenAudience === undefined) return undefined;
  const claims = await providers.issuerOf(provider).verify(token, provider.settings.tokenAudience);
  // Keycloak's way to tell an ID token or a refresh token from an access token.
  if (claims.typ === 'ID' || claims.typ === 'Refresh') {
    throw new ChanceryError({ code: 'TOKEN_INVALID', detail: 'This is not an access token.' });
  }
  const subject = claims.sub ?? '';
  const [name = subject] = [provider.settings.nameClaim, 'client_id', 'azp'].flatMap((claim) =>
    claimTexts(claims, claim),
  );
  const principal = await externalPrincipal(rooms, provider, subject, name, grantsOf(provider, claims));
  if (principal) return principal;
  throw new ChanceryError({
    code: 'FORBIDDEN',
    detail: `${provider.name} vouches for the token, but no rule here gives its holder anything.`,
    hint: 'An administrator can see which claims the rules look at, by testing the provider with the token.',
  });
}

/** The issuer that a token names, unverified; undefined where it is not a token of that kind. */
export function claimedIssuer(token: string): string | undefined {
  if (token.length > longestToken || token.split('.').length !== 3) return undefined;
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
