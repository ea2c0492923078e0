import { decodeJwt } from 'jose';
import { ChanceryError } from '../../../shared/errors.ts';
import type { Claims } from '../../../shared/model/identity-provider.ts';
import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import type { Rooms } from '../rooms.ts';
import { explainIdentity } from './identity-mapping.ts';
import { LdapDirectory } from './ldap-directory.ts';
import { isLdap, isOidc, type Provider } from './provider-directory.ts';

type Test = Output<'identity-providers.test'>;
type Asked = Omit<ParsedInput<'identity-providers.test'>, 'id'>;

/** Tries what signing in with the provider needs, step by step, and explains its rules for somebody. */
export async function testProvider(rooms: Rooms, provider: Provider, asked: Asked): Promise<Test> {
  const checks: { name: string; ok: boolean; detail: string }[] = [];
  const check = async (name: string, work: () => Promise<string>): Promise<void> => {
    if (checks.some(({ ok }) => !ok)) return;
    try {
      checks.push({ name, ok: true, detail: await work() });
    } catch (error) {
      if (!(error instanceof ChanceryError)) throw error;
      checks.push({ name, ok: false, detail: [error.detail, error.hint].filter(Boolean).join(' ') });
    }
  };
  let claims = asked.claims === undefined ? undefined : readClaims(asked.claims);
  if (isOidc(provider)) {
    const issuer = rooms.providers.issuerOf(provider);
    await check('discovery', async () => `${(await issuer.metadata()).issuer} describes itself.`);
    await check('keys', async () => {
      const { length } = await issuer.signingKeys();
      if (length > 0) return `It publishes ${length} keys to verify with.`;
      throw new ChanceryError({
        code: 'PROVIDER_UNAVAILABLE',
        detail: 'It publishes no key to verify with.',
      });
    });
    if (provider.settings.signIn) {
      await check('sign-in', async () => {
        const { authorization_endpoint, token_endpoint } = await issuer.metadata();
        if (authorization_endpoint !== undefined && token_endpoint !== undefined)
          return 'It lets people sign in.';
        throw new ChanceryError({
          code: 'PROVIDER_UNAVAILABLE',
          detail: 'It lets nobody sign in by a browser.',
        });
      });
    }
  }
  if (isLdap(provider)) {
    const directory = new LdapDirectory(provider.settings, rooms.providers.secretOf(provider));
    await check('connection', () => directory.tryOut());
    const { username } = asked;
    if (username !== undefined) {
      await check('account', async () => {
        const account = await directory.find(username);
        if (!account) throw new ChanceryError({ code: 'NOT_FOUND', detail: 'There is no such account.' });
        claims = account.claims;
        return account.dn;
      });
    }
  }
  const explanation = claims === undefined ? null : await explainIdentity(rooms, provider, claims);
  const ok = checks.every((one) => one.ok) && explanation?.isAdmitted !== false;
  return { ok, checks, explanation };
}

/** Claims as JSON, or those of a token, unverified. Throws INVALID_INPUT. */
function readClaims(text: string): Claims {
  try {
    const claims: unknown = text.trim().startsWith('{') ? JSON.parse(text) : decodeJwt(text.trim());
    if (typeof claims === 'object' && claims !== null && !Array.isArray(claims)) return claims as Claims;
  } catch {
    // Told below.
  }
  const message = 'is a JSON object, or a token';
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: `What stands for the claims ${message}.`,
    violations: [{ path: ['claims'], rule: 'claims.shape', message }],
  });
}
