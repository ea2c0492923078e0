/** An issuer of tokens that says whatever a test wants, true or not; over plain HTTP on this machine. */
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

type Answer = { readonly status?: number; readonly body: unknown; readonly location?: string };

export interface ScriptedIssuer {
  readonly issuer: string;
  /** How often each path was asked. */
  readonly asked: Map<string, number>;
  /** Answers a path in another way; undefined as usual. */
  answers: Record<string, (form: URLSearchParams) => Answer | Promise<Answer>>;
  /** How far its clock is ahead. */
  aheadMs: number;
  /** A token with these claims over those of a good one, by its key or by another. */
  token(claims: JWTPayload, by?: Signing): Promise<string>;
  /** Takes another key, which is published from then on. */
  changeKey(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

interface Signing {
  readonly header?: { readonly alg: string; readonly kid?: string };
  readonly key?: Parameters<SignJWT['sign']>[0];
}

export async function startScriptedIssuer(): Promise<ScriptedIssuer> {
  const asked = new Map<string, number>();
  let keys = await generateKeyPair('RS256', { extractable: true });
  let kid = 1;
  let port = 0;
  let server: Server | undefined;
  const self: ScriptedIssuer = {
    get issuer() {
      return `http://127.0.0.1:${port}`;
    },
    asked,
    answers: {},
    aheadMs: 0,
    token: (claims, { header = { alg: 'RS256', kid: String(kid) }, key = keys.privateKey } = {}) => {
      const now = Math.floor((Date.now() + self.aheadMs) / 1000);
      const good = { iss: self.issuer, sub: 'subject', aud: 'chancery-client', iat: now, exp: now + 300 };
      return new SignJWT({ ...good, ...claims }).setProtectedHeader(header).sign(key);
    },
    changeKey: async () => {
      keys = await generateKeyPair('RS256', { extractable: true });
      kid += 1;
    },
    stop: () =>
      new Promise((resolve) => {
        server?.closeAllConnections();
        server?.close(() => resolve());
      }),
    start: () =>
      new Promise((resolve) => {
        server = createServer(async (request, response) => {
          const { pathname } = new URL(request.url ?? '/', self.issuer);
          asked.set(pathname, (asked.get(pathname) ?? 0) + 1);
          const chunks: Buffer[] = [];
          for await (const chunk of request) chunks.push(chunk as Buffer);
          const form = new URLSearchParams(Buffer.concat(chunks).toString());
          const { status = 200, body, location } = await answer(pathname, form);
          const headers = { 'content-type': 'application/json', ...(location && { location }) };
          response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
        });
        server.listen(port, '127.0.0.1', () => {
          const address = server?.address();
          if (typeof address === 'object' && address !== null) port = address.port;
          resolve();
        });
      }),
  };
  const answer = async (path: string, form: URLSearchParams): Promise<Answer> => {
    const scripted = self.answers[path];
    if (scripted) return scripted(form);
    const at = (to: string) => `${self.issuer}${to}`;
    switch (path) {
      case '/.well-known/openid-configuration':
        return {
          body: {
            issuer: self.issuer,
            authorization_endpoint: at('/authorize'),
            token_endpoint: at('/token'),
            jwks_uri: at('/keys'),
            authorization_response_iss_parameter_supported: true,
          },
        };
      case '/keys': {
        const key = { ...(await exportJWK(keys.publicKey)), kid: String(kid), alg: 'RS256', use: 'sig' };
        return { body: { keys: [key] } };
      }
      default:
        return { status: 404, body: {} };
    }
  };
  await self.start();
  return self;
}
