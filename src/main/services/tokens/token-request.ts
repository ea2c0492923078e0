/** What is asked of the token service, without HTTP. */

/** How a client proves who it is (RFC 6749 section 2.3, RFC 7523, RFC 8705). */
export type ClientProof =
  | { readonly method: 'client_secret'; readonly clientId: string; readonly clientSecret: string }
  | { readonly method: 'private_key_jwt'; readonly clientId: string | null; readonly assertion: string }
  | { readonly method: 'tls_client_auth'; readonly clientId: string };

export type Grant =
  | { readonly type: 'client_credentials' }
  | { readonly type: 'password'; readonly username: string; readonly password: string }
  | { readonly type: 'refresh_token'; readonly refreshToken: string };

/** What every endpoint for clients is told. */
export interface ClientCall {
  /** Slug of the path's realm, or the alias `Keyfactor`. */
  readonly realm: string;
  readonly proof: ClientProof;
  /** The issuer that the discovery document of this host names, `https://host/realms/{realm}`. */
  readonly issuer: string;
  /** What an assertion may name as its audience: the issuer and the endpoints, by all names of this server. */
  readonly audiences: readonly string[];
  readonly door: {
    readonly kind: string;
    readonly peer: { readonly address: string | null; readonly certificates: readonly Uint8Array[] };
  };
}

export interface TokenRequest extends ClientCall {
  readonly grant: Grant;
  readonly scope: string | null;
}

/** RFC 6749 section 5.1 with Keycloak's extra fields. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly refresh_expires_in: number;
  readonly refresh_token?: string;
  readonly 'not-before-policy': 0;
  readonly scope: string;
}
