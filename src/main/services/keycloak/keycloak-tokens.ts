import { ChanceryError } from '../../../shared/errors.ts';
import { type Principal, principalWith } from '../context.ts';
import { claimedIssuer } from '../identity-providers/external-tokens.ts';
import type { Rooms } from '../rooms.ts';
import { clientGrants } from '../tokens/token-principal.ts';
import { issuerOf, tokenEndpointOf } from './keycloak-office.ts';

/**
 * The API client that a token of the connected Keycloak speaks for; undefined for a token of another issuer, and
 * for one that is no client's own. Throws TOKEN_EXPIRED, TOKEN_INVALID, PROVIDER_UNAVAILABLE.
 */
export async function clientOfKeycloakToken(rooms: Rooms, token: string): Promise<Principal | undefined> {
  const issuer = claimedIssuer(token);
  const connected = issuer === undefined ? null : await rooms.keycloak.connected();
  if (!connected || issuerOf(connected.row) !== issuer) return undefined;
  const claims = await connected.issuer.verify(token, undefined);
  const publicId = typeof claims.azp === 'string' ? claims.azp : '';
  const mapped = await rooms.store.keycloak.findByPublicId(publicId);
  // A person's token that was given out to the client has the person as its subject, and is not the client's own.
  if (!mapped || mapped.serviceAccountId === null || mapped.serviceAccountId !== claims.sub) return undefined;
  const client = await rooms.store.clients.find(mapped.clientId);
  const isVoid = claims.typ !== 'Bearer' || (claims.iat ?? 0) < mapped.tokensNotBefore;
  if (client?.enabled !== 1 || client.realmIds.length === 0 || isVoid) {
    throw new ChanceryError({
      code: 'TOKEN_INVALID',
      detail: 'The API client of this access token may not act here.',
      hint: 'It needs a realm, and to be enabled.',
    });
  }
  const who = { kind: 'client', id: client.id, name: client.clientId } as const;
  return principalWith(who, await clientGrants(rooms, client));
}

/** Throws FORBIDDEN for a client whose secret is in Keycloak, and says where its tokens are. */
export async function refuseKeycloakClient(rooms: Rooms, publicId: string): Promise<void> {
  const mapped = await rooms.store.keycloak.findByPublicId(publicId);
  if (!mapped) return;
  const row = await rooms.store.keycloak.connection();
  throw new ChanceryError({
    code: 'FORBIDDEN',
    detail: 'This client gets its tokens from Keycloak.',
    ...(row && {
      hint: `Ask ${tokenEndpointOf(row)} for them.`,
      data: { tokenEndpoint: tokenEndpointOf(row) },
    }),
  });
}
