/** panva's oidc-provider, over HTTPS on this machine under a certificate of its own: a real one to sign in with. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import Provider, { type Configuration } from 'oidc-provider';
import { runProgram } from './run-program.ts';

export interface PanvaProvider {
  readonly issuer: string;
  /** PEM. */
  readonly ca: string;
  readonly client: { readonly clientId: string; readonly secret: string };
  close(): Promise<void>;
}

const client = { clientId: 'chancery', secret: 'a secret of forty characters, for its hash' };

/** Starts it; whoever signs in has the group that their name says before a dot: ra.rita is in ra. */
export async function startPanvaProvider(
  folder: string,
  redirectUris: readonly string[],
): Promise<PanvaProvider> {
  const [key, ca] = [join(mkdtempSync(join(folder, 'provider-')), 'key.pem'), join(folder, 'provider.pem')];
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1'];
  await runProgram('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-keyout', key, '-out', ca, '-days', '2', '-subj', '/CN=127.0.0.1', ...names],
  ]);
  let handle: ReturnType<Provider['callback']> | undefined;
  const server = createServer({ key: readFileSync(key), cert: readFileSync(ca) }, (request, response) =>
    handle?.(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const issuer = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const configuration: Configuration = {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.secret,
        redirect_uris: [...redirectUris],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, groups: [id.split('.')[0] ?? ''] }),
    }),
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['a key for cookies'] },
    pkce: { required: () => true },
  };
  const provider = new Provider(issuer, configuration);
  // Its pages would ask for fonts elsewhere, and browsers for an icon.
  provider.use(async (context, next) => {
    await next();
    if (context.path === '/favicon.ico') context.status = 204;
    if (typeof context.body === 'string') context.body = context.body.replace(/@import url\([^)]*\);?/g, '');
  });
  handle = provider.callback();
  return {
    issuer,
    ca: readFileSync(ca, 'utf8'),
    client,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
