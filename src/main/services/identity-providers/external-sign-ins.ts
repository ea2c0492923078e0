import { ChanceryError } from '../../../shared/errors.ts';
import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import { claimTexts } from '../../domain/index.ts';
import { hashToken, newSecret, sameBytes } from '../../keys/index.ts';
import { type Context, principalWith } from '../context.ts';
import { auditEvent } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { federatedOperator, requireLocalAdministrator } from './federated-operators.ts';
import type { FederatedSessions } from './federated-sessions.ts';
import { grantsOf } from './identity-mapping.ts';
import { OidcClient, type SignInSecrets, type Vouched } from './oidc-client.ts';
import { isOidc, type OidcProvider } from './provider-directory.ts';
import type { LoopbackRedirect, SystemBrowser } from './system-browser.ts';

interface PendingSignIn {
  readonly providerId: string;
  readonly secrets: SignInSecrets;
  /** SHA-256 of what only the window knows that began. */
  readonly windowHash: Uint8Array;
  readonly validUntil: number;
  readonly loopback: LoopbackRedirect | null;
}

const patienceMs = 5 * 60_000;
const mostPending = 2_000;
/** Where the renderer takes up what the provider sent it back with. */
export const returnPath = '/ui/signed-in';

/**
 * Operators signing in with a provider. What is under way is kept in memory, by the state that the browser carries
 * to the provider and back; each is good for one try, for five minutes, and for the window that began it.
 */
export class ExternalSignIns {
  readonly #rooms: Rooms;
  readonly #sessions: FederatedSessions;
  readonly #browser: SystemBrowser | null;
  readonly #pending = new Map<string, PendingSignIn>();

  constructor(rooms: Rooms, sessions: FederatedSessions, browser: SystemBrowser | null) {
    this.#rooms = rooms;
    this.#sessions = sessions;
    this.#browser = browser;
  }

  /** Throws NOT_FOUND, INVALID_INPUT, CONFLICT, PROVIDER_UNAVAILABLE. */
  async begin(
    { id, windowHash, returnTo }: ParsedInput<'identity-providers.begin-sign-in'>,
    context: Context,
  ): Promise<Output<'identity-providers.begin-sign-in'>> {
    const provider = await this.#offered(id);
    await requireLocalAdministrator(this.#rooms);
    const client = this.#clientOf(provider);
    const state = newSecret('');
    const loopback = returnTo === undefined ? await this.#listen(state, context) : null;
    const secrets = {
      state,
      nonce: newSecret(''),
      codeVerifier: newSecret(''),
      redirectUri: loopback?.redirectUri ?? ownAddress(returnTo ?? '', context),
    };
    try {
      const authorizationUrl = await client.authorizationUrl(secrets);
      if (loopback) await this.#browser?.open?.(authorizationUrl);
      this.#keep({
        providerId: provider.id,
        secrets,
        windowHash: Buffer.from(windowHash, 'base64url'),
        validUntil: this.#rooms.clock().getTime() + patienceMs,
        loopback,
      });
      const opensBrowser = loopback !== null && this.#browser?.open !== undefined;
      return { authorizationUrl, state, opensBrowser };
    } catch (error) {
      loopback?.close();
      throw error;
    }
  }

  /** Throws WRONG_CREDENTIALS, FORBIDDEN, CONFLICT, PROVIDER_UNAVAILABLE. */
  async complete(
    input: ParsedInput<'identity-providers.complete-sign-in'>,
    context: Context,
  ): Promise<Output<'identity-providers.complete-sign-in'>> {
    const pending = this.#take(input.state, input.windowSecret);
    try {
      const answer = pending.loopback
        ? await waitFor(pending.loopback, context.signal)
        : (input.answer ?? '');
      const provider = await this.#offered(pending.providerId);
      const vouched = await this.#clientOf(provider).redeem(answer, pending.secrets);
      return await this.#enter(provider, vouched, context);
    } finally {
      pending.loopback?.close();
    }
  }

  /** Ends the sessions of everyone whom the provider vouches for. */
  async endSessionsOf(providerId: string): Promise<void> {
    for (const operator of await this.#rooms.store.identityProviders.operatorIds(providerId)) {
      this.#rooms.sessions.endAllOf(operator);
    }
  }

  async #enter(provider: OidcProvider, vouched: Vouched, context: Context) {
    const grants = grantsOf(provider, vouched.claims);
    if (grants.length === 0) throw notAdmitted(provider);
    await requireLocalAdministrator(this.#rooms);
    const [name = vouched.subject] = claimTexts(vouched.claims, provider.settings.nameClaim);
    const operator = await federatedOperator(this.#rooms, provider, vouched.subject, name, grants);
    const { row } = operator;
    const by = { kind: 'operator', id: row.id, name: row.name } as const;
    const events = [...operator.events, { type: 'session.created', detail: { provider: provider.slug } }];
    await this.#rooms.store.commit({
      statements: operator.statements,
      events: events.map((event) =>
        auditEvent(this.#rooms, { ...context, principal: principalWith(by, []) }, event),
      ),
    });
    this.#rooms.operators.refresh();
    const current = () => this.#rooms.operators.principal(row);
    const { kind, address } = context.door;
    const where = address === null ? kind : `${kind} ${address}`;
    const session = this.#rooms.sessions.begin(await current(), where, current);
    const { token } = session;
    this.#sessions.watch({ providerId: provider.id, operatorId: operator.row.id, vouched, grants, token });
    return session;
  }

  async #offered(reference: string): Promise<OidcProvider> {
    const provider = await this.#rooms.providers.require(reference);
    if (provider.isEnabled && isOidc(provider) && provider.settings.signIn) return provider;
    throw new ChanceryError({
      code: 'NOT_FOUND',
      detail: `Nobody signs in with an identity provider '${reference}'.`,
    });
  }

  #clientOf(provider: OidcProvider): OidcClient {
    const { providers, clock } = this.#rooms;
    const issuer = providers.issuerOf(provider);
    return new OidcClient({ provider, issuer, clock, secret: providers.secretOf(provider) });
  }

  /** Only for the machine's owner: whoever calls from elsewhere has a browser of their own. */
  async #listen(state: string, { door }: Context): Promise<LoopbackRedirect> {
    if (door.owner && this.#browser) return this.#browser.listen(state);
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'The browser has to come back to somewhere.',
      hint: 'Name the address to return to.',
      violations: [{ path: ['returnTo'], rule: 'required', message: 'is needed here' }],
    });
  }

  #keep(pending: PendingSignIn): void {
    const now = this.#rooms.clock().getTime();
    for (const [key, { validUntil, loopback }] of this.#pending) {
      if (now <= validUntil && this.#pending.size < mostPending) break;
      loopback?.close();
      this.#pending.delete(key);
    }
    this.#pending.set(keyOf(pending.secrets.state), pending);
  }

  #take(state: string, windowSecret: string): PendingSignIn {
    const pending = this.#pending.get(keyOf(state));
    this.#pending.delete(keyOf(state));
    const isRight =
      pending !== undefined &&
      this.#rooms.clock().getTime() <= pending.validUntil &&
      sameBytes(hashToken(windowSecret), pending.windowHash);
    if (isRight) return pending;
    pending?.loopback?.close();
    throw new ChanceryError({
      code: 'WRONG_CREDENTIALS',
      detail: 'This sign-in was not begun here, is over, or has taken too long.',
      hint: 'Begin to sign in again.',
    });
  }
}

/** The address to return to, if it is ours as the caller sees it. Throws INVALID_INPUT. */
function ownAddress(returnTo: string, { door }: Context): string {
  if (door.origin !== undefined && returnTo === `${door.origin}${returnPath}`) return returnTo;
  const message = `is ${returnPath} of the address that was asked`;
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: `The address to return to ${message}.`,
    violations: [{ path: ['returnTo'], rule: 'returnTo', message }],
  });
}

async function waitFor(loopback: LoopbackRedirect, signal: AbortSignal): Promise<string> {
  const ended = new ChanceryError({
    code: 'WRONG_CREDENTIALS',
    detail: 'The browser has not come back.',
    hint: 'Begin to sign in again.',
  });
  const gone = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  return Promise.race([
    loopback.answer,
    new Promise<never>((_resolve, reject) => {
      gone.addEventListener('abort', () => reject(ended), { once: true });
    }),
  ]);
}

function notAdmitted({ name }: OidcProvider): ChanceryError {
  return new ChanceryError({
    code: 'FORBIDDEN',
    detail: `${name} vouches for you, but no rule here gives you a role.`,
    hint: 'An administrator can test the provider with your claims, and add a rule.',
  });
}

const keyOf = (state: string) => hashToken(state).toString('base64');
