/** The token service as two libraries see it that know nothing of ours: openid-client and oauth4webapi. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRemoteJWKSet, customFetch as joseFetch, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askChancery,
  newClient,
  prepareHome,
  type RunningConsole,
  startConsole,
} from '../support/chancery-process.ts';
import { secretFile } from '../support/secret-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { trustingFetch } from '../support/trusting-fetch.ts';

const home = mkdtempSync(join(temporaryFolder('token-service'), 'home-'));
const password = 'correct horse battery';
let running: RunningConsole;
let issuer: URL;
let ca: string;
let client: { id: string; clientId: string; clientSecret: string };
let plain: ReturnType<typeof trustingFetch>;
let identity: { id: string; certificate: string; privateKey: string };

const ask = <T>(...args: string[]) => askChancery<T>(home, args);

beforeAll(async () => {
  await prepareHome(home);
  running = await startConsole(home, ['--device-port', '0']);
  issuer = new URL(`${running.url}/realms/default`);
  ca = readFileSync(running.caFile, 'utf8');
  plain = trustingFetch({ ca });
  client = await newClient(home, 'library');
  identity = await ask(
    'certificates',
    'issue',
    '--profile',
    'tls-client',
    '--subject',
    'CN=library.example.com',
  );
});

afterAll(() => running?.stop());

const configured = (
  authentication?: openid.ClientAuth,
  fetch = plain,
  metadata: Partial<openid.ClientMetadata> = {},
) =>
  openid.discovery(issuer, client.clientId, metadata, authentication, {
    algorithm: 'oauth2',
    [openid.customFetch]: fetch as openid.CustomFetch,
  });

const certificates = async (token: string, fetch = plain, url = running.url) =>
  (await fetch(`${url}/api/v1/certificates`, { headers: { authorization: `Bearer ${token}` } })).status;

describe('openid-client', () => {
  it.each([
    ['client_secret_basic', openid.ClientSecretBasic],
    ['client_secret_post', openid.ClientSecretPost],
  ])('gets a token by %s, asks what it says, and ends it', async (_, method) => {
    const config = await configured(method(client.clientSecret));
    const { access_token: token, expires_in: seconds } = await openid.clientCredentialsGrant(config);
    expect([seconds, await certificates(token)]).toEqual([300, 200]);
    const said = await openid.tokenIntrospection(config, token);
    expect(said).toMatchObject({ active: true, client_id: client.clientId, realm: 'default' });
    await openid.tokenRevocation(config, token);
    expect(await openid.tokenIntrospection(config, token)).toEqual({ active: false });
    expect(await certificates(token)).toBe(401);
  });

  it('is refused with another secret', async () => {
    const config = await configured(openid.ClientSecretBasic('another'));
    await expect(openid.clientCredentialsGrant(config)).rejects.toMatchObject({ status: 401 });
  });

  it('gets a token by a signed assertion (private_key_jwt), which is good once', async () => {
    await ask(
      'clients',
      'add-certificate',
      client.id,
      '--certificate-id',
      identity.id,
      '--method',
      'private_key_jwt',
    );
    const { privateKey } = identity;
    const pkcs8 = createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'der' });
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
    ]);
    const sent: string[] = [];
    const config = await configured(openid.PrivateKeyJwt(key), (url, options) => {
      if (options.body !== undefined) sent.push(String(options.body));
      return plain(url, options);
    });
    const { access_token: token } = await openid.clientCredentialsGrant(config);
    expect(await certificates(token)).toBe(200);
    const again = await plain(`${issuer}/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: sent.at(-1),
    });
    expect([again.status, await again.json()]).toMatchObject([401, { error: 'invalid_client' }]);
  });

  it('gets a token over mutual TLS, which is bound to the certificate', async () => {
    await ask(
      'clients',
      'add-certificate',
      client.id,
      '--certificate-id',
      identity.id,
      '--method',
      'tls_client_auth',
    );
    const own = trustingFetch({ ca, cert: identity.certificate, key: identity.privateKey });
    const config = await configured(openid.TlsClientAuth(), own, { use_mtls_endpoint_aliases: true });
    const { access_token: token } = await openid.clientCredentialsGrant(config);
    const { raw } = new X509Certificate(identity.certificate);
    const thumbprint = Buffer.from(await crypto.subtle.digest('SHA-256', raw)).toString('base64url');
    expect(await openid.tokenIntrospection(config, token)).toMatchObject({
      iss: issuer.href,
      cnf: { 'x5t#S256': thumbprint },
    });
    const aliases = config.serverMetadata().mtls_endpoint_aliases;
    const devices = new URL(aliases?.token_endpoint ?? '').origin;
    expect(devices).not.toBe(running.url);
    expect(await certificates(token, own, devices), 'with the certificate').toBe(200);
    expect(await certificates(token, plain, devices), 'without it').toBe(401);
    expect(await certificates(token), 'where none is asked for').toBe(401);

    const stranger = await ask<typeof identity>(
      'certificates',
      'issue',
      '--profile',
      'tls-client',
      '--subject',
      'CN=stranger.example.com',
    );
    const other = trustingFetch({ ca, cert: stranger.certificate, key: stranger.privateKey });
    expect(await certificates(token, other, devices), 'with another one of ours').toBe(401);
    const thief = await configured(openid.TlsClientAuth(), other, { use_mtls_endpoint_aliases: true });
    await expect(openid.clientCredentialsGrant(thief)).rejects.toMatchObject({ status: 401 });

    await ask('certificates', 'revoke', identity.id, '--reason', 'keyCompromise', '--yes');
    await expect(openid.clientCredentialsGrant(config)).rejects.toMatchObject({ status: 401 });
  });
});

describe('oauth4webapi', () => {
  const options = () => ({ [oauth.customFetch]: plain });

  it('finds the metadata where RFC 8414 puts it, and verifies a token with the keys, also after another took over', async () => {
    const at = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options() });
    const server = await oauth.processDiscoveryResponse(issuer, at);
    const grant = async () => {
      const answer = await oauth.clientCredentialsGrantRequest(
        server,
        { client_id: client.clientId },
        oauth.ClientSecretBasic(client.clientSecret),
        {},
        options(),
      );
      return (await oauth.processClientCredentialsResponse(server, { client_id: client.clientId }, answer))
        .access_token;
    };
    const before = await grant();
    await ask('tokens', 'rotate-key');
    const after = await grant();
    const keys = createRemoteJWKSet(new URL(server.jwks_uri ?? ''), { [joseFetch]: plain });
    const [first, second] = await Promise.all(
      [before, after].map((token) => jwtVerify(token, keys, { issuer: issuer.href, audience: 'chancery' })),
    );
    expect(first?.protectedHeader.kid).not.toBe(second?.protectedHeader.kid);
    expect(await Promise.all([certificates(before), certificates(after)])).toEqual([200, 200]);
  });

  it('signs a person in by name and password where the client may, and refreshes once', async () => {
    const person = ['--name', 'rita', '--role', 'ra-operator', '--realm', 'default'];
    const file = secretFile(password);
    const asAda = ['--as', 'ada', '--as-password-file', file];
    await ask('operators', 'create', '--name', 'ada', '--role', 'administrator', '--password-file', file);
    await ask('operators', 'create', ...person, '--password-file', file, ...asAda);
    const server = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options() }),
    );
    const self = { client_id: client.clientId };
    const secret = oauth.ClientSecretPost(client.clientSecret);
    const signIn = (word = password) =>
      oauth.genericTokenEndpointRequest(
        server,
        self,
        secret,
        'password',
        { username: 'rita', password: word },
        options(),
      );
    const refresh = (token: string) => oauth.refreshTokenGrantRequest(server, self, secret, token, options());
    const refused = await (await signIn()).json();
    expect(refused.error).toBe('unauthorized_client');
    await ask('clients', 'update', client.id, '--password-grant', ...asAda);
    expect(await (await signIn('another')).json()).toMatchObject({ error: 'invalid_grant' });

    const signedIn = await oauth.processGenericTokenEndpointResponse(server, self, await signIn());
    expect(await certificates(signedIn.access_token)).toBe(200);
    const first = signedIn.refresh_token ?? '';
    const renewed = await oauth.processRefreshTokenResponse(server, self, await refresh(first));
    expect(renewed.refresh_token).not.toBe(first);
    expect(await certificates(renewed.access_token)).toBe(200);
    expect(await (await refresh(first)).json(), 'one that comes again').toMatchObject({
      error: 'invalid_grant',
    });
    expect(await certificates(renewed.access_token), 'ends all that came from it').toBe(401);
    expect(await (await refresh(renewed.refresh_token ?? '')).json()).toMatchObject({
      error: 'invalid_grant',
    });
  });
});
