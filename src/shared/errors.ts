/**
 * The error catalogue: every failure that a caller can see has one code here, and the code fixes the HTTP
 * status (RFC 9110), the exit code of the command line and the title. Adapters translate foreign errors into
 * these at their own edge; nothing else decides on a status.
 */

export interface ErrorKind {
  /** HTTP status, RFC 9110 section 15. */
  readonly status: number;
  /** Exit code of the command line: 1 failed, 2 usage, 3 locked, 4 refused by policy or permission. */
  readonly exit: 1 | 2 | 3 | 4;
  /** Short English title; the translated one has the message key `error.<CODE>`. */
  readonly title: string;
}

export const errorCatalogue = {
  INVALID_INPUT: { status: 400, exit: 2, title: 'The input is not valid' },
  MALFORMED_BODY: { status: 400, exit: 2, title: 'The body cannot be read' },
  INVALID_CSR: { status: 400, exit: 2, title: 'The certificate request cannot be used' },
  INVALID_CERTIFICATE: { status: 400, exit: 2, title: 'The certificate cannot be read' },
  INVALID_GRANT: { status: 400, exit: 4, title: 'The grant is not accepted' },
  UNAUTHENTICATED: { status: 401, exit: 4, title: 'Sign in first' },
  WRONG_CREDENTIALS: { status: 401, exit: 4, title: 'The credentials are not right' },
  TOKEN_EXPIRED: { status: 401, exit: 4, title: 'The token has expired' },
  TOKEN_INVALID: { status: 401, exit: 4, title: 'The token is not valid' },
  FORBIDDEN: { status: 403, exit: 4, title: 'This is not permitted' },
  ORIGIN_REFUSED: { status: 403, exit: 4, title: 'The request comes from another origin' },
  NOT_FOUND: { status: 404, exit: 1, title: 'There is no such thing' },
  METHOD_NOT_ALLOWED: { status: 405, exit: 2, title: 'The method is not allowed here' },
  NOT_ACCEPTABLE: { status: 406, exit: 2, title: 'The wanted format is not offered' },
  ALREADY_EXISTS: { status: 409, exit: 1, title: 'It exists already' },
  ALREADY_REVOKED: { status: 409, exit: 1, title: 'The certificate is revoked already' },
  CONFLICT: { status: 409, exit: 1, title: 'The state does not allow this' },
  DATA_FOLDER_IN_USE: { status: 409, exit: 1, title: 'The data folder is in use' },
  NOT_INITIALISED: { status: 409, exit: 1, title: 'There is no vault yet' },
  IDEMPOTENCY_IN_PROGRESS: {
    status: 409,
    exit: 1,
    title: 'The first request with this key is still running',
  },
  PRECONDITION_FAILED: { status: 412, exit: 1, title: 'It has been changed meanwhile' },
  BODY_TOO_LARGE: { status: 413, exit: 2, title: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, exit: 2, title: 'The media type is not supported' },
  MISDIRECTED: { status: 421, exit: 2, title: 'The host is not served here' },
  POLICY_VIOLATION: { status: 422, exit: 4, title: 'The policy does not allow this' },
  LINT_FAILED: { status: 422, exit: 4, title: 'The certificate would break a rule' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, exit: 2, title: 'The idempotency key was used for another request' },
  RATE_LIMITED: { status: 429, exit: 1, title: 'Too many attempts' },
  INTERNAL: { status: 500, exit: 1, title: 'Something went wrong inside' },
  UNSUPPORTED: { status: 501, exit: 1, title: 'This is not possible here' },
  PROVIDER_UNAVAILABLE: { status: 503, exit: 1, title: 'The identity provider does not answer' },
  LOCKED: { status: 503, exit: 3, title: 'The vault is locked' },
  KEYCHAIN_UNAVAILABLE: { status: 503, exit: 3, title: 'The keychain cannot be used' },
  STORAGE_FULL: { status: 507, exit: 1, title: 'The disk is full' },
  DATABASE_NEWER: { status: 500, exit: 1, title: 'The data is from a newer version' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorCatalogue;

/** One thing that is wrong with the input: where (JSON path as segments), by which rule, and how to mend it. */
export interface Violation {
  readonly path: readonly (string | number)[];
  /** Name of the rule, e.g. `subjectAltNames.denied`. */
  readonly rule: string;
  readonly message: string;
}

export interface ErrorFields {
  readonly code: ErrorCode;
  /** What went wrong and where, for a person. Never holds a secret, a key or data of another realm. */
  readonly detail: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
  readonly violations?: readonly Violation[] | undefined;
  /** Machine-readable facts, e.g. `{ retryAfterSeconds: 30 }`. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/** The one error class: everything thrown on purpose is of it; anything else becomes INTERNAL at the edge. */
export class ChanceryError extends Error {
  override readonly name = 'ChanceryError';
  readonly code: ErrorCode;
  readonly detail: string;
  readonly hint: string | undefined;
  readonly violations: readonly Violation[] | undefined;
  readonly data: Readonly<Record<string, unknown>> | undefined;

  constructor(fields: ErrorFields) {
    super(fields.detail, { cause: fields.cause });
    this.code = fields.code;
    this.detail = fields.detail;
    this.hint = fields.hint;
    this.violations = fields.violations;
    this.data = fields.data;
  }

  get kind(): ErrorKind {
    return errorCatalogue[this.code];
  }
}
