/** What the fetch handler needs of the services; the composition root hands it in. */
import type { ChanceryError } from '../../shared/errors.ts';
import type { SettingKey } from '../../shared/model/settings.ts';
import type { AnyOperation } from '../../shared/operations/index.ts';
import type { Context, Credentials, Principal } from '../services/context.ts';
import type { Handlers } from '../services/handlers.ts';
import type { ClientCall, TokenAnswer, TokenRequest } from '../services/tokens/token-request.ts';
import type { Door } from './door.ts';

export interface TokenService {
  /**
   * Throws WRONG_CREDENTIALS (invalid_client), INVALID_GRANT, FORBIDDEN (unauthorized_client), INVALID_INPUT,
   * NOT_FOUND (realm), RATE_LIMITED, LOCKED.
   */
  grant(request: TokenRequest): Promise<TokenAnswer>;
  /** What a token says (RFC 7662). Throws WRONG_CREDENTIALS, NOT_FOUND (realm), RATE_LIMITED, LOCKED. */
  introspect(call: ClientCall, token: string): Promise<object>;
  /** Ends a token of the client's own (RFC 7009). Throws as introspect. */
  revoke(call: ClientCall, token: string): Promise<void>;
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
  /** Who calls: without credentials nobody, or the owner at the owner's socket. Throws TOKEN_EXPIRED, TOKEN_INVALID. */
  authenticate(credentials: Credentials, door: Door): Promise<Principal>;
  /** Ids of the realms in which nothing may be changed any more. */
  archivedRealms(): Promise<ReadonlySet<string>>;
  vaultState(): 'uninitialised' | 'locked' | 'open';
  readonly tokens: TokenService;
  readonly publication: Publication;
  readonly ocsp: OcspService;
  readonly idempotency: IdempotentAnswers;
  /** The short numbers of things, for those who know them by numbers alone. */
  readonly numbers: {
    of(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
    idOf(number: number): Promise<string | undefined>;
  };
  setting(key: SettingKey): Promise<string>;
  /** Resolves when all that an answer may tell of is on the disk. */
  durable(): Promise<void>;
  /** Writes the audit event of a refused or failed change; never throws. */
  recordFailure(operation: AnyOperation, context: Context, error: ChanceryError): Promise<void>;
  /** Told of errors that nobody threw on purpose; they have no secrets in their message. */
  readonly log: (line: string) => void;
}
