/** Who asks for a token: by a secret, by a signed assertion, or by the certificate of the connection. */
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { ChanceryError } from '../../../shared/errors.ts';
import { hashToken, sameBytes } from '../../keys/index.ts';
import type { ClientWithRealms, RealmRow, Statement } from '../../store/index.ts';
import { refuseKeycloakClient } from '../keycloak/keycloak-tokens.ts';
import type { Rooms } from '../rooms.ts';
import { publicKeyOf, thumbprint, usableCertificates } from './client-certificates.ts';
import type { ClientCall, ClientProof } from './token-request.ts';

/** A client that has proved who it is. */
export interface ProvenClient {
  readonly client: ClientWithRealms;
  /** What is to be written when it gets what it asks for. */
  readonly statements: readonly Statement[];
  /** x5t#S256 of the certificate of its connection, to which its tokens are bound (RFC 8705 section 3). */
  readonly boundTo: string | null;
}

const signatureAlgorithms = ['ES256', 'ES384', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512', 'EdDSA'];
/** An assertion is for this moment; what lives longer would have to be remembered longer. */
const longestAssertionSeconds = 600;
const toleranceSeconds = 30;

/** The id under which a proof's failures are counted; an assertion names its client itself. */
export function claimedClientId(proof: ClientProof): string {
  if (proof.method !== 'private_key_jwt') return proof.clientId;
  try {
    const { sub } = decodeJwt(proof.assertion);
    return proof.clientId ?? (typeof sub === 'string' ? sub : '');
  } catch {
    return proof.clientId ?? '';
  }
}

/** Throws WRONG_CREDENTIALS: one answer for everything, so that neither ids nor realms can be guessed. */
export async function authenticateClient(
  rooms: Rooms,
  call: ClientCall,
  realm: RealmRow,
): Promise<ProvenClient> {
  await refuseKeycloakClient(rooms, claimedClientId(call.proof));
  const client = await rooms.store.clients.findByClientId(claimedClientId(call.proof));
  const proven = await prove(rooms, call, client);
  if (client && proven && client.enabled === 1 && client.realmIds.includes(realm.id)) {
    return { client, ...proven };
  }
  throw new ChanceryError({
    code: 'WRONG_CREDENTIALS',
    detail: 'The client id or its credentials are not right, or the client may not act in this realm.',
  });
}

type Proven = Omit<ProvenClient, 'client'>;

async function prove(
  rooms: Rooms,
  call: ClientCall,
  client: ClientWithRealms | undefined,
): Promise<Proven | undefined> {
  switch (call.proof.method) {
    case 'client_secret':
      return bySecret(rooms, call.proof.clientSecret, client);
    case 'private_key_jwt':
      return client && byAssertion(rooms, call, call.proof.assertion, client);
    case 'tls_client_auth':
      return client && byConnection(rooms, call, client);
  }
}

/** Compares with every live secret, and with one that nobody has where there is no client. */
function bySecret(rooms: Rooms, secret: string, client: ClientWithRealms | undefined): Proven | undefined {
  const now = rooms.clock().getTime();
  const given = hashToken(secret);
  const { clientCredentials } = rooms.store;
  const live = (client ? clientCredentials.secretsOf(client.id) : []).filter(
    ({ expiresAt }) => expiresAt === null || expiresAt > now,
  );
  const [right] = live.filter(({ hash }) => sameBytes(given, hash));
  sameBytes(given, Buffer.alloc(32));
  return right && { statements: [clientCredentials.touchSecret(right.id, now)], boundTo: null };
}

/** RFC 7523 section 3, with the key of a certificate that we issued. */
async function byAssertion(
  rooms: Rooms,
  { audiences }: ClientCall,
  assertion: string,
  client: ClientWithRealms,
): Promise<Proven | undefined> {
  const now = rooms.clock();
  const options = {
    audience: [...audiences],
    issuer: client.clientId,
    subject: client.clientId,
    algorithms: signatureAlgorithms,
    currentDate: now,
    clockTolerance: toleranceSeconds,
    requiredClaims: ['exp', 'jti'],
  };
  for (const { der } of await candidates(rooms, assertion, client)) {
    const verified = await jwtVerify(assertion, publicKeyOf(der), options).catch(() => undefined);
    if (!verified) continue;
    const { exp = 0, jti = '' } = verified.payload;
    const isShort = exp - now.getTime() / 1000 <= longestAssertionSeconds + toleranceSeconds;
    if (!isShort || jti === '' || jti.length > 256) return undefined;
    const used = rooms.store.clientCredentials.spendAssertion(
      client.id,
      jti,
      (exp + toleranceSeconds) * 1000,
      {
        code: 'WRONG_CREDENTIALS',
        detail: 'This assertion was used already.',
      },
    );
    return { statements: [used], boundTo: null };
  }
  return undefined;
}

/** The client's certificates: the one that the header names by x5t#S256, or all. */
async function candidates(rooms: Rooms, assertion: string, client: ClientWithRealms) {
  const all = await usableCertificates(rooms, client.id, 'private_key_jwt');
  try {
    const named = decodeProtectedHeader(assertion)['x5t#S256'];
    return named === undefined ? all : all.filter(({ der }) => thumbprint(der) === named);
  } catch {
    return [];
  }
}

/** RFC 8705 section 2, with a certificate that we issued; the handshake has proved that the key is there. */
async function byConnection(
  rooms: Rooms,
  { door }: ClientCall,
  client: ClientWithRealms,
): Promise<Proven | undefined> {
  const [shown] = door.peer.certificates;
  if (!shown) return undefined;
  const known = await usableCertificates(rooms, client.id, 'tls_client_auth');
  return known.some(({ der }) => sameBytes(der, shown))
    ? { statements: [], boundTo: thumbprint(shown) }
    : undefined;
}
