import { describe, expect, it } from 'vitest';
import { createHandler } from '../../../../src/main/http/app.ts';
import type { HttpPorts } from '../../../../src/main/http/ports.ts';
import { ChanceryError } from '../../../../src/shared/errors.ts';
import { listenerDoor, portsForTest } from './ports-for-test.ts';

const path = '/realms/default/protocol/openid-connect/token';
const rightSecret = encodeURIComponent('right secret+%');

function ask(body: string, headers: Record<string, string> = {}, overrides: Partial<HttpPorts> = {}) {
  const handle = createHandler(portsForTest({}, overrides), { staticFolder: null, version: '0' });
  const all = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
  return handle(
    new Request(`https://127.0.0.1:8443${path}`, { method: 'POST', headers: all, body }),
    listenerDoor,
  );
}

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

describe('the token endpoint', () => {
  it.each([
    ['in the body', `grant_type=client_credentials&client_id=a%2Fb&client_secret=${rightSecret}`, {}],
    ['by HTTP Basic, form-encoded', 'grant_type=client_credentials', basic('a%2Fb', 'right+secret%2B%25')],
    [
      'by HTTP Basic with the id in the body as well',
      'grant_type=client_credentials&client_id=a%2Fb',
      basic('a%2Fb', rightSecret),
    ],
  ])('takes the credentials %s', async (_, body, headers) => {
    const answer = await ask(body, headers);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toMatchObject({
      token_type: 'Bearer',
      access_token: 'a/b@default@https://127.0.0.1:8443/realms/default',
    });
  });

  it.each([
    [
      'a wrong secret',
      'grant_type=client_credentials&client_id=a&client_secret=b',
      {},
      401,
      'invalid_client',
    ],
    ['no credentials', 'grant_type=client_credentials', {}, 401, 'invalid_client'],
    [
      'an unreadable header',
      'grant_type=client_credentials',
      { authorization: 'Basic !!!' },
      401,
      'invalid_client',
    ],
    [
      'credentials in both places',
      'grant_type=client_credentials&client_id=a&client_secret=b',
      basic('a', 'b'),
      400,
      'invalid_request',
    ],
    [
      'a parameter twice',
      'grant_type=client_credentials&grant_type=x&client_id=a&client_secret=b',
      {},
      400,
      'invalid_request',
    ],
    ['another grant', 'grant_type=implicit&client_id=a&client_secret=b', {}, 400, 'unsupported_grant_type'],
    ['no grant', 'client_id=a&client_secret=b', {}, 400, 'invalid_request'],
    ['JSON', '{}', { 'content-type': 'application/json' }, 415, 'invalid_request'],
    [
      'a page of another origin',
      'grant_type=client_credentials',
      { origin: 'https://evil.example' },
      403,
      'invalid_request',
    ],
  ])('refuses %s in the words of RFC 6749', async (_, body, headers, status, error) => {
    const answer = await ask(body, headers as unknown as Record<string, string>);
    const json = await answer.json();
    expect([answer.status, json.error]).toEqual([status, error]);
    expect(Object.keys(json)).toEqual(['error', 'error_description']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('www-authenticate')).toBe(
      status === 401 ? 'Basic realm="chancery", charset="UTF-8"' : null,
    );
  });

  it('says when to try again', async () => {
    const grant = async () => {
      throw new ChanceryError({
        code: 'RATE_LIMITED',
        detail: 'Too many attempts.',
        data: { retryAfterSeconds: 7 },
      });
    };
    const tokens = { ...portsForTest().tokens, grant };
    const answer = await ask('grant_type=client_credentials&client_id=a&client_secret=b', {}, { tokens });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
  });

  it('is described by the discovery document of its realm', async () => {
    const handle = createHandler(portsForTest(), { staticFolder: null, version: '0' });
    const get = (at: string) => handle(new Request(`https://localhost:1${at}`), listenerDoor);
    expect(await (await get('/realms/default/.well-known/openid-configuration')).json()).toMatchObject({
      issuer: 'https://localhost:1/realms/default',
      token_endpoint: 'https://localhost:1/realms/default/protocol/openid-connect/token',
      jwks_uri: 'https://localhost:1/realms/default/protocol/openid-connect/certs',
    });
    expect(await (await get('/realms/default/protocol/openid-connect/certs')).json()).toEqual({ keys: [] });
    expect((await get('/realms/nowhere/.well-known/openid-configuration')).status).toBe(404);
    expect((await get(path)).headers.get('allow')).toBe('POST');
  });
});
