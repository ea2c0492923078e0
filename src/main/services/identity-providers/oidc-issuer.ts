import {
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import { ChanceryError } from '../../../shared/errors.ts';
import { isLoopbackUrl } from '../../../shared/model/identity-provider.ts';
import { type BoundedFetch, boundedFetch, jsonOf } from '../calls/bounded-fetch.ts';
import { KeptDocument } from '../calls/kept-document.ts';
import type { Clock } from '../rooms.ts';

export interface IssuerOptions {
  readonly issuer: string;
  readonly ca?: string | undefined;
  readonly algorithms: readonly string[];
  readonly clock: Clock;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** How far the clocks of two machines may be apart. */
const skewSeconds = 30;

/** As far as it matters here (OpenID Connect Discovery 1.0 section 3); the rest is passed on as it is. */
const Metadata = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string().optional(),
  userinfo_endpoint: z.string().optional(),
  jwks_uri: z.string(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});
export type IssuerMetadata = z.infer<typeof Metadata>;

const Keys = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

/** An issuer of tokens as it describes itself, and the keys that it signs with. */
export class OidcIssuer {
  readonly fetch: BoundedFetch;
  readonly #options: IssuerOptions;
  readonly #metadata: KeptDocument<IssuerMetadata>;
  readonly #keys: KeptDocument<ReturnType<typeof createLocalJWKSet>>;

  constructor(options: IssuerOptions) {
    const { issuer, ca, clock } = options;
    this.#options = options;
    this.fetch = boundedFetch({ ca, mayBeLoopback: isLoopbackUrl(issuer) });
    this.#metadata = new KeptDocument({
      clock,
      freshMs: 60 * minuteMs,
      staleMs: dayMs,
      load: () => this.#loadMetadata(),
    });
    this.#keys = new KeptDocument({
      clock,
      freshMs: 10 * minuteMs,
      staleMs: dayMs,
      load: () => this.#loadKeys(),
    });
  }

  /** Throws PROVIDER_UNAVAILABLE. */
  metadata(): Promise<IssuerMetadata> {
    return this.#metadata.get();
  }

  /** The public keys that it signs with. Throws PROVIDER_UNAVAILABLE. */
  async signingKeys(): Promise<readonly object[]> {
    return (await this.#keys.get()).jwks().keys;
  }

  /**
   * What a token says, once its signature by this issuer, its audience and its times are verified. Throws
   * TOKEN_EXPIRED, TOKEN_INVALID, PROVIDER_UNAVAILABLE.
   */
  async verify(token: string, audience: string | undefined): Promise<JWTPayload> {
    const options: JWTVerifyOptions = {
      issuer: this.#options.issuer,
      ...(audience !== undefined && { audience }),
      algorithms: [...this.#options.algorithms],
      currentDate: this.#options.clock(),
      clockTolerance: skewSeconds,
      requiredClaims: ['exp', 'sub'],
    };
    try {
      return await this.#verifyWith(await this.#keys.get(), token, options);
    } catch (cause) {
      if (cause instanceof ChanceryError) throw cause;
      throw cause instanceof errors.JWTExpired
        ? new ChanceryError({ code: 'TOKEN_EXPIRED', detail: 'The token has expired.', cause })
        : new ChanceryError({
            code: 'TOKEN_INVALID',
            detail: `The token is not one that ${this.#options.issuer} gave out for this.`,
            cause,
          });
    }
  }

  async #verifyWith(
    keys: ReturnType<typeof createLocalJWKSet>,
    token: string,
    options: JWTVerifyOptions,
  ): Promise<JWTPayload> {
    try {
      return (await jwtVerify(token, keys, options)).payload;
    } catch (error) {
      // Keys change: one that is not known is asked for, which renew() does not do for each forgery.
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return (await jwtVerify(token, await this.#keys.renew(), options)).payload;
    }
  }

  async #loadMetadata(): Promise<IssuerMetadata> {
    const { issuer } = this.#options;
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const metadata = Metadata.parse(await jsonOf(await this.fetch(address), address));
    if (metadata.issuer === issuer) return metadata;
    throw new ChanceryError({
      code: 'PROVIDER_UNAVAILABLE',
      detail: `The issuer calls itself ${metadata.issuer.slice(0, 200)}, and not ${issuer}.`,
      hint: 'Name the issuer exactly as its discovery document does.',
    });
  }

  async #loadKeys(): Promise<ReturnType<typeof createLocalJWKSet>> {
    const { jwks_uri } = await this.#metadata.get();
    const { keys } = Keys.parse(await jsonOf(await this.fetch(jwks_uri), jwks_uri));
    // A symmetric key is none to verify with: whoever knows it could sign (RFC 8725 section 2.1).
    return createLocalJWKSet({ keys: keys.filter(({ kty }) => kty !== 'oct') } as JSONWebKeySet);
  }
}
