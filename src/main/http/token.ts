import type { Context, Hono } from 'hono';
import { ChanceryError } from '../../shared/errors.ts';
import type { Env } from './app.ts';
import { clientCredentials, OAuthError, oauthErrorOf, single } from './oauth.ts';
import { checkOrigin } from './origin.ts';
import type { HttpPorts } from './ports.ts';
import { asChanceryError, retryAfterSeconds } from './problem.ts';
import { readText } from './read-body.ts';

const formType = 'application/x-www-form-urlencoded';
const tokenPath = '/realms/:realm/protocol/openid-connect/token';

/** The token endpoint (RFC 6749 section 4.4) with its discovery document and keys, under Keycloak's paths. */
export function tokenRoutes(app: Hono<Env>, ports: HttpPorts): void {
  app.post(tokenPath, async (c) => {
    try {
      checkOrigin(c.req.raw, c.env.door);
      const answer = await ports.tokens.grant(await tokenRequest(c));
      return c.json(answer, 200, { 'cache-control': 'no-store', pragma: 'no-cache' });
    } catch (error) {
      return oauthFailure(error, c, ports.log);
    }
  });
  app.all(tokenPath, (c) => {
    throw new ChanceryError({
      code: 'METHOD_NOT_ALLOWED',
      detail: `${c.req.method} is not allowed here, but POST.`,
      data: { allow: ['POST'] },
    });
  });

  app.get('/realms/:realm/.well-known/openid-configuration', async (c) => {
    await requireRealm(ports, c.req.param('realm'));
    return c.json(discovery(c.req.url, c.req.param('realm')), 200, { 'cache-control': 'no-store' });
  });

  app.get('/realms/:realm/protocol/openid-connect/certs', async (c) => {
    await requireRealm(ports, c.req.param('realm'));
    return c.json(await ports.tokens.jwks(), 200, { 'cache-control': 'no-store' });
  });
}

async function tokenRequest(c: Context<Env, typeof tokenPath>) {
  const text = await readText(c.req.raw, (type) => type === formType, formType);
  const form = new URLSearchParams(text);
  const { clientId, clientSecret } = clientCredentials(c.req.raw.headers, form);
  const grantType = single(form, 'grant_type');
  if (grantType === null) throw new OAuthError('invalid_request', 'grant_type is missing.');
  if (grantType !== 'client_credentials') {
    throw new OAuthError('unsupported_grant_type', 'Only the grant type client_credentials is known here.');
  }
  const realm = c.req.param('realm');
  const issuer = issuerOf(c.req.url, realm);
  return { realm, issuer, grantType, clientId, clientSecret, scope: single(form, 'scope'), door: c.env.door };
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

/** The issuer as the caller sees it: by the host that it asked. */
function issuerOf(url: string, realm: string): string {
  return `https://${new URL(url).host}/realms/${encodeURIComponent(realm)}`;
}

/** OpenID Connect Discovery 1.0 section 3 and RFC 8414 section 2, as far as there is something to discover. */
function discovery(url: string, realm: string): object {
  const issuer = issuerOf(url, realm);
  return {
    issuer,
    token_endpoint: `${issuer}/protocol/openid-connect/token`,
    jwks_uri: `${issuer}/protocol/openid-connect/certs`,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    id_token_signing_alg_values_supported: [],
  };
}
