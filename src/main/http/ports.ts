/** What the fetch handler needs of the services; the composition root hands it in. */
import type { ChanceryError } from '../../shared/errors.ts';
import type { AnyOperation } from '../../shared/operations/index.ts';
import type { Context, Principal } from '../services/context.ts';
import type { Handlers } from '../services/handlers.ts';
import type { BasicCredentials } from './basic-credentials.ts';
import type { Door } from './door.ts';

export interface TokenRequest {
  /** Slug of the path's realm, or the alias `Keyfactor`. */
  readonly realm: string;
  readonly grantType: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string | null;
  /** The issuer that the discovery document of this host names, `https://host/realms/{realm}`. */
  readonly issuer: string;
  readonly door: Door;
}

/** RFC 6749 section 5.1 with Keycloak's extra fields. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly refresh_expires_in: 0;
  readonly 'not-before-policy': 0;
  readonly scope: string;
}

export interface TokenService {
  /** Throws WRONG_CREDENTIALS (invalid_client), INVALID_GRANT, INVALID_INPUT, NOT_FOUND (realm), RATE_LIMITED, LOCKED. */
  grant(request: TokenRequest): Promise<TokenAnswer>;
  /** Whether a realm of that slug (or alias) has a token endpoint. */
  hasRealm(realm: string): Promise<boolean>;
  /** RFC 7517; public keys only. */
  jwks(): Promise<{ keys: object[] }>;
}

/** A CRL that is served, of which `bytes` is the length. */
export interface PublishedCrl {
  readonly bytes: number;
  readonly tag: string;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Its DER in parts; to be called in the turn of the event loop in which it was found. */
  readonly read: () => readonly Uint8Array[];
}

/** What is served without authentication on /crl and /ca. */
export interface Publication {
  /** The whole list where the part is empty; `delta`, or the number of a shard. */
  crl(authority: string, part: string): Promise<PublishedCrl | undefined>;
  certificate(authority: string): Promise<{ der: Uint8Array } | undefined>;
}

/** An OCSP response; the times are there where caches may keep it (RFC 5019 section 6). */
export interface OcspAnswer {
  readonly der: Uint8Array;
  readonly lifetime?: { readonly thisUpdate: Date; readonly nextUpdate: Date; readonly tag: string };
}

export interface OcspService {
  /** Answers any bytes with an OCSP response, at worst one that only says why there is none; never throws. */
  respond(request: Uint8Array): OcspAnswer | Promise<OcspAnswer>;
}

type KeptRequest = NonNullable<Context['idempotency']>;

/** Answers kept under an Idempotency-Key, with the change that they belong to. */
export interface IdempotentAnswers {
  /**
   * The kept answer of an earlier request with this key by this principal, or undefined where there is none.
   * Throws IDEMPOTENCY_KEY_REUSED where the fingerprint differs.
   */
  find(principal: Principal, request: KeptRequest): Promise<{ output: unknown } | undefined>;
  /** Keeps the answer where the change has not kept it itself. */
  keep(principal: Principal, request: KeptRequest, output: unknown): Promise<void>;
}

export interface HttpPorts {
  readonly handlers: Handlers;
  /** Who calls. A null token is nobody, or the owner at the owner's socket. Throws TOKEN_EXPIRED, TOKEN_INVALID. */
  authenticate(token: string | null, door: Door): Promise<Principal>;
  /**
   * Who has that name and password in a directory. Throws UNAUTHENTICATED where none is asked, WRONG_CREDENTIALS,
   * FORBIDDEN, RATE_LIMITED, PROVIDER_UNAVAILABLE.
   */
  authenticateBasic(credentials: BasicCredentials, door: Door): Promise<Principal>;
  vaultState(): 'uninitialised' | 'locked' | 'open';
  readonly tokens: TokenService;
  readonly publication: Publication;
  readonly ocsp: OcspService;
  readonly idempotency: IdempotentAnswers;
  /** Resolves when all that an answer may tell of is on the disk. */
  durable(): Promise<void>;
  /** Writes the audit event of a refused or failed change; never throws. */
  recordFailure(operation: AnyOperation, context: Context, error: ChanceryError): Promise<void>;
  /** Told of errors that nobody threw on purpose; they have no secrets in their message. */
  readonly log: (line: string) => void;
}
