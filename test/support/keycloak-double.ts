/**
 * A stand-in for Keycloak's admin API as far as it is about clients, from its published behaviour: statuses, the
 * Location of what was created, paging, representations that PUT replaces as a whole, the service account's user,
 * tokens by the realm's key. It can be down, slow or wrong.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

interface Representation {
  id: string;
  clientId: string;
  [field: string]: unknown;
}

type Trouble = 'none' | 'unavailable' | 'silent' | 'wrong' | 'after-the-change';

export interface KeycloakDouble {
  readonly url: string;
  readonly realm: string;
  readonly account: { readonly clientId: string; readonly secret: string };
  readonly clients: Map<string, Representation>;
  /** What happens to calls of the admin API. */
  trouble: Trouble;
  /** A client as if made in the console. */
  makeClient(fields: { clientId: string; name?: string; [field: string]: unknown }): Representation;
  /** A token of the client itself, or with other claims. */
  token(clientId: string, claims?: JWTPayload): Promise<string>;
  stop(): Promise<void>;
}

export const keycloakAccount = { clientId: 'chancery-sync', secret: 'secret of the account' };

export async function startKeycloakDouble(): Promise<KeycloakDouble> {
  const realm = 'office';
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const clients = new Map<string, Representation>();
  const issued = new Set<string>();
  const secrets = new Map<string, string>();
  let port = 0;
  const issuer = () => `http://127.0.0.1:${port}/realms/${realm}`;
  const userOf = (uuid: string) => `user-of-${uuid}`;
  const self: KeycloakDouble = {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    realm,
    account: keycloakAccount,
    clients,
    trouble: 'none',
    makeClient: (fields) => {
      const made = {
        id: randomUUID(),
        enabled: true,
        protocol: 'openid-connect',
        publicClient: false,
        bearerOnly: false,
        serviceAccountsEnabled: true,
        ...fields,
      };
      clients.set(made.id, made);
      secrets.set(made.id, typeof fields.secret === 'string' ? fields.secret : randomUUID());
      return made;
    },
    token: (clientId, claims = {}) => {
      const client = [...clients.values()].find((one) => one.clientId === clientId);
      const now = Math.floor(Date.now() / 1000);
      const own = {
        iss: issuer(),
        aud: 'account',
        typ: 'Bearer',
        azp: clientId,
        sub: userOf(client?.id ?? ''),
      };
      return new SignJWT({ ...own, iat: now, exp: now + 300, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'realm-key' })
        .sign(privateKey);
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  for (const clientId of ['account', 'admin-cli', 'realm-management']) self.makeClient({ clientId });
  self.makeClient({ clientId: 'console-app', publicClient: true, serviceAccountsEnabled: false });
  self.makeClient({ clientId: keycloakAccount.clientId });

  type Reply = { status: number; body?: unknown; location?: string };
  const admin = (method: string, path: string, query: URLSearchParams, body: unknown): Reply => {
    const [, uuid, what] = /^\/clients(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
    if (uuid === undefined) {
      if (method === 'POST') {
        const fields = body as { clientId: string };
        if ([...clients.values()].some((one) => one.clientId === fields.clientId))
          return { status: 409, body: { errorMessage: `Client ${fields.clientId} already exists` } };
        const { id } = self.makeClient(fields);
        return { status: 201, location: `${self.url}/admin/realms/${realm}/clients/${id}` };
      }
      const exact = query.get('clientId');
      const first = Number(query.get('first') ?? 0);
      const max = Number(query.get('max') ?? 100);
      const found = [...clients.values()].filter((one) => exact === null || one.clientId === exact);
      return { status: 200, body: found.slice(first, first + max) };
    }
    const client = clients.get(uuid);
    if (!client) return { status: 404, body: { error: 'Could not find client' } };
    if (what === 'client-secret') {
      if (method === 'POST') secrets.set(uuid, randomUUID());
      return { status: 200, body: { type: 'secret', value: secrets.get(uuid) } };
    }
    if (what === 'service-account-user')
      return { status: 200, body: { id: userOf(uuid), username: `service-account-${client.clientId}` } };
    if (method === 'DELETE') clients.delete(uuid);
    if (method === 'PUT') clients.set(uuid, { ...(body as Representation), id: uuid });
    return method === 'GET' ? { status: 200, body: client } : { status: 204 };
  };

  const answer = async (request: IncomingMessage): Promise<Reply | null> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', self.url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    if (pathname === `/realms/${realm}/protocol/openid-connect/token`) {
      const form = new URLSearchParams(text);
      const isRight =
        form.get('client_id') === keycloakAccount.clientId &&
        form.get('client_secret') === keycloakAccount.secret;
      if (!isRight) return { status: 401, body: { error: 'invalid_client' } };
      const token = randomUUID();
      issued.add(token);
      return { status: 200, body: { access_token: token, expires_in: 60, token_type: 'Bearer' } };
    }
    if (pathname === `/realms/${realm}/.well-known/openid-configuration`)
      return { status: 200, body: { issuer: issuer(), jwks_uri: `${issuer()}/certs` } };
    if (pathname === `/realms/${realm}/certs`)
      return {
        status: 200,
        body: { keys: [{ ...(await exportJWK(publicKey)), kid: 'realm-key', alg: 'RS256' }] },
      };
    const prefix = `/admin/realms/${realm}`;
    if (!pathname.startsWith(prefix)) return { status: 404, body: {} };
    if (!issued.has(request.headers.authorization?.slice(7) ?? '')) return { status: 401, body: {} };
    if (self.trouble === 'unavailable') return { status: 503, body: {} };
    if (self.trouble === 'wrong') return { status: 200, body: { something: 'else' } };
    if (self.trouble === 'silent') return null;
    const body = text === '' ? null : JSON.parse(text);
    const reply = admin(request.method ?? 'GET', pathname.slice(prefix.length), searchParams, body);
    if (self.trouble !== 'after-the-change' || request.method === 'GET') return reply;
    // Done, and then down before it could say so.
    self.trouble = 'unavailable';
    return { status: 502 };
  };
  const server: Server = createServer(async (request, response) => {
    const reply = await answer(request);
    if (!reply) {
      response.destroy();
      return;
    }
    const headers = {
      'content-type': 'application/json',
      ...(reply.location && { location: reply.location }),
    };
    response.writeHead(reply.status, headers).end(reply.body === undefined ? '' : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address === 'object' && address !== null) port = address.port;
  return self;
}
