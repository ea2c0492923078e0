/** The token service under Keycloak's paths: tokens, what is told of them and how they end, keys, and its metadata. */
import type { Context, Hono } from 'hono';
import { ChanceryError } from '../../shared/errors.ts';
import type { ClientCall } from '../services/tokens/token-request.ts';
import type { Env } from './app.ts';
import type { Door } from './door.ts';
import { clientProof, grantOf, OAuthError, oauthErrorOf, single } from './oauth.ts';
import { checkOrigin } from './origin.ts';
import type { HttpPorts } from './ports.ts';
import { asChanceryError, retryAfterSeconds } from './problem.ts';
import { readText } from './read-body.ts';
import { mutualTlsOrigin, ownOrigin, tokenMetadata } from './token-metadata.ts';

const formType = 'application/x-www-form-urlencoded';
const root = '/realms/:realm';
const endpoints = `${root}/protocol/openid-connect`;

interface Asked {
  readonly call: ClientCall;
  readonly form: URLSearchParams;
}

export function tokenRoutes(app: Hono<Env>, ports: HttpPorts): void {
  const { tokens } = ports;

  /** Only by POST, with a form, by a client that proves who it is (RFC 6749 section 3.2). */
  const endpoint = (path: string, answer: (asked: Asked) => Promise<object | null>) => {
    app.post(path, async (c) => {
      const headers = { 'cache-control': 'no-store', pragma: 'no-cache' };
      try {
        checkOrigin(c.req.raw, c.env.door);
        const body = await answer(await asked(c));
        return body === null ? c.body(null, 200, headers) : c.json(body, 200, headers);
      } catch (error) {
        return oauthFailure(error, c, ports.log);
      }
    });
    app.all(path, (c) => {
      throw new ChanceryError({
        code: 'METHOD_NOT_ALLOWED',
        detail: `${c.req.method} is not allowed here, but POST.`,
        data: { allow: ['POST'] },
      });
    });
  };

  endpoint(`${endpoints}/token`, ({ call, form }) => {
    const scope = single(form, 'scope');
    return tokens.grant({ ...call, grant: grantOf(form), scope });
  });
  endpoint(`${endpoints}/token/introspect`, ({ call, form }) => tokens.introspect(call, tokenOf(form)));
  endpoint(`${endpoints}/revoke`, async ({ call, form }) => {
    await tokens.revoke(call, tokenOf(form));
    return null;
  });

  const metadata = async (c: Context<Env>) => {
    const realm = c.req.param('realm') ?? '';
    await requireRealm(ports, realm);
    return c.json(tokenMetadata(c.req.url, realm, c.env.door), 200, { 'cache-control': 'no-store' });
  };
  app.get(`${root}/.well-known/openid-configuration`, metadata);
  app.get(`${root}/.well-known/oauth-authorization-server`, metadata);
  // Where RFC 8414 section 3.1 puts it for an issuer with a path.
  app.get(`/.well-known/oauth-authorization-server${root}`, metadata);

  app.get(`${endpoints}/certs`, async (c) => {
    await requireRealm(ports, c.req.param('realm'));
    return c.json(await tokens.jwks(), 200, { 'cache-control': 'no-store' });
  });
}

async function asked(c: Context<Env>): Promise<Asked> {
  const text = await readText(c.req.raw, (type) => type === formType, formType);
  const form = new URLSearchParams(text);
  const realm = c.req.param('realm') ?? '';
  const { door } = c.env;
  const issuer = `${ownOrigin(c.req.url, door)}/realms/${encodeURIComponent(realm)}`;
  const proof = clientProof(c.req.raw.headers, form, door);
  return {
    form,
    call: { realm, proof, issuer, audiences: audiencesOf(c.req.url, issuer, realm, door), door },
  };
}

/** The issuer, and the address of each endpoint by the names that the metadata gives (RFC 7523 section 3). */
function audiencesOf(url: string, issuer: string, realm: string, door: Door): string[] {
  const mutualTls = mutualTlsOrigin(url, door);
  const bases = [issuer, ...(mutualTls ? [`${mutualTls}/realms/${encodeURIComponent(realm)}`] : [])];
  const paths = ['', '/protocol/openid-connect/token', '/protocol/openid-connect/token/introspect'];
  return bases.flatMap((base) => [...paths, '/protocol/openid-connect/revoke'].map((path) => base + path));
}

function tokenOf(form: URLSearchParams): string {
  const token = single(form, 'token');
  if (token === null) throw new OAuthError('invalid_request', 'token is missing.');
  return token;
}

/** RFC 6749 section 5.2. */
function oauthFailure(thrown: unknown, c: Context<Env>, log: (line: string) => void): Response {
  const headers = new Headers({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    pragma: 'no-cache',
  });
  const error =
    thrown instanceof OAuthError ? thrown : oauthErrorOf(asChanceryError(thrown, c.env.requestId, log));
  if (error.status === 401) headers.set('www-authenticate', 'Basic realm="chancery", charset="UTF-8"');
  const retryAfter = error.cause instanceof ChanceryError ? retryAfterSeconds(error.cause) : null;
  if (retryAfter !== null) headers.set('retry-after', String(retryAfter));
  return new Response(JSON.stringify({ error: error.error, error_description: error.message }), {
    status: error.status,
    headers,
  });
}

async function requireRealm(ports: HttpPorts, realm: string): Promise<void> {
  if (await ports.tokens.hasRealm(realm)) return;
  throw new ChanceryError({ code: 'NOT_FOUND', detail: 'There is no realm of that name.' });
}
