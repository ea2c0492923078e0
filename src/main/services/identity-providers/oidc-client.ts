import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  clockSkew,
  clockTolerance,
  customFetch,
  fetchUserInfo,
  None,
  ResponseBodyError,
  refreshTokenGrant,
  type ServerMetadata,
} from 'openid-client';
import { ChanceryError } from '../../../shared/errors.ts';
import { type Claims, isLoopbackUrl } from '../../../shared/model/identity-provider.ts';
import type { Clock } from '../rooms.ts';
import type { OidcIssuer } from './oidc-issuer.ts';
import type { OidcProvider } from './provider-directory.ts';

/** What is kept here between sending somebody to the provider and their coming back. */
export interface SignInSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
}

/** Whom the provider vouches for. */
export interface Vouched {
  readonly subject: string;
  readonly claims: Claims;
  /** To ask later whether it still does; null where the provider gives none. */
  readonly refreshToken: string | null;
}

interface OidcClientParts {
  readonly provider: OidcProvider;
  readonly issuer: OidcIssuer;
  readonly secret: string | null;
  readonly clock: Clock;
}

/** Chancery as a client of an OpenID Connect provider: authorization code with PKCE, state and nonce. */
export class OidcClient {
  readonly #parts: OidcClientParts;

  constructor(parts: OidcClientParts) {
    this.#parts = parts;
  }

  /** Where to send the browser. Throws PROVIDER_UNAVAILABLE. */
  async authorizationUrl(secrets: SignInSecrets): Promise<string> {
    const { settings } = this.#parts.provider;
    const parameters = {
      redirect_uri: secrets.redirectUri,
      scope: settings.scopes.join(' '),
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: await calculatePKCECodeChallenge(secrets.codeVerifier),
      code_challenge_method: 'S256',
    };
    return buildAuthorizationUrl(await this.#configuration(), parameters).href;
  }

  /**
   * Redeems the code that the browser brought back. Throws WRONG_CREDENTIALS for an answer that does not belong to
   * these secrets or that the provider refuses, and PROVIDER_UNAVAILABLE.
   */
  redeem(query: string, secrets: SignInSecrets): Promise<Vouched> {
    return this.#translated(async () => {
      const configuration = await this.#configuration();
      const url = new URL(secrets.redirectUri);
      url.search = query;
      const tokens = await authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: secrets.codeVerifier,
        expectedState: secrets.state,
        expectedNonce: secrets.nonce,
        idTokenExpected: true,
      });
      const idToken = await this.#believed(tokens.id_token ?? '');
      const claims = await this.#withUserInfo(configuration, tokens.access_token, idToken);
      return { subject: idToken.sub, claims, refreshToken: tokens.refresh_token ?? null };
    });
  }

  /**
   * Asks whether the provider still vouches for the subject. Throws WRONG_CREDENTIALS where it does not, and
   * PROVIDER_UNAVAILABLE where it cannot say.
   */
  refresh(refreshToken: string, subject: string): Promise<Vouched> {
    return this.#translated(async () => {
      const configuration = await this.#configuration();
      const tokens = await refreshTokenGrant(configuration, refreshToken);
      const said = tokens.id_token === undefined ? { sub: subject } : await this.#believed(tokens.id_token);
      if (said.sub !== subject) throw refused('It vouches for somebody else now.');
      const claims = await this.#withUserInfo(configuration, tokens.access_token, said);
      return { subject, claims, refreshToken: tokens.refresh_token ?? refreshToken };
    });
  }

  /** The library leaves an ID token that came over TLS unverified (OpenID Connect Core section 3.1.3.7); we do not. */
  async #believed(idToken: string): Promise<Claims & { readonly sub: string }> {
    const { issuer, provider } = this.#parts;
    const claims = await issuer.verify(idToken, provider.settings.clientId);
    return { ...claims, sub: claims.sub ?? '' };
  }

  /** Some providers say names and groups there only; what the ID token says goes first. */
  async #withUserInfo(
    configuration: Configuration,
    accessToken: string,
    said: Claims & { readonly sub: string },
  ): Promise<Claims> {
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return said;
    return { ...(await fetchUserInfo(configuration, accessToken, said.sub)), ...said };
  }

  async #configuration(): Promise<Configuration> {
    const { issuer, provider, secret, clock } = this.#parts;
    const metadata = await issuer.metadata();
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authentication =
      secret === null
        ? None()
        : methods.includes('client_secret_basic')
          ? ClientSecretBasic(secret)
          : ClientSecretPost(secret);
    const client = {
      [clockSkew]: Math.round((clock().getTime() - Date.now()) / 1000),
      [clockTolerance]: 30,
    };
    const configuration = new Configuration(
      metadata as ServerMetadata,
      provider.settings.clientId,
      client,
      authentication,
    );
    configuration[customFetch] = (url, options) => issuer.fetch(url, options);
    if (isLoopbackUrl(provider.settings.issuer)) allowInsecureRequests(configuration);
    return configuration;
  }

  async #translated<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw translated(error);
    }
  }
}

function translated(error: unknown): ChanceryError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof ChanceryError)) continue;
    // A token that is not believed is an answer that is not accepted, and no bearer token of the caller.
    return cause.code === 'TOKEN_INVALID' || cause.code === 'TOKEN_EXPIRED'
      ? refused(cause.detail, cause)
      : cause;
  }
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    // A server that is out of order answers with these codes too, and has decided nothing by it.
    if (error.error === 'server_error' || error.error === 'temporarily_unavailable') {
      return new ChanceryError({
        code: 'PROVIDER_UNAVAILABLE',
        detail: 'The identity provider says that it is out of order.',
        data: { retryAfterSeconds: 10 },
        cause: error,
      });
    }
    return refused(`The identity provider refused: ${safe(error.error)}.`, error);
  }
  const { message, code } = error instanceof Error ? (error as Error & { code?: string }) : {};
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_RESPONSE_IS_NOT_JSON') {
    return new ChanceryError({
      code: 'PROVIDER_UNAVAILABLE',
      detail: 'The identity provider answers something that is no answer.',
      data: { retryAfterSeconds: 10 },
      cause: error,
    });
  }
  return refused(`What came back does not belong to this sign-in (${safe(message ?? 'unknown')}).`, error);
}

function refused(detail: string, cause?: unknown): ChanceryError {
  return new ChanceryError({
    code: 'WRONG_CREDENTIALS',
    detail,
    hint: 'Begin to sign in again.',
    cause,
  });
}

const safe = (text: string) => text.replace(/[^\x20-\x7e]/g, '').slice(0, 200);
