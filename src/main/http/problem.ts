import { ChanceryError, type ErrorCode, errorCatalogue } from '../../shared/errors.ts';
import { jsonPointer } from './violations.ts';
import { wholeResponse } from './whole-response.ts';

/** How long to wait before asking again while a person has to open the vault. */
const lockedRetrySeconds = 30;

/** RFC 9457 problem details. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The id of the request, as in X-Request-Id and in the log. */
  readonly instance: string;
  readonly code: ErrorCode;
  readonly [extra: string]: unknown;
}

/** The error of the catalogue for anything thrown; a foreign one becomes INTERNAL, and only the log learns its message. */
export function asChanceryError(
  error: unknown,
  requestId: string,
  log: (line: string) => void,
): ChanceryError {
  if (error instanceof ChanceryError) return error;
  log(
    `request ${requestId} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return new ChanceryError({
    code: 'INTERNAL',
    detail: `Something went wrong inside; the log has it under the request ${requestId}.`,
    cause: error,
  });
}

/** The problem details of an error; what the error carries as data stands beside the fields. */
export function problemOf(error: ChanceryError, requestId: string): Problem {
  const { status, title } = errorCatalogue[error.code];
  const fields = {
    type: `urn:chancery:error:${error.code}`,
    title,
    status,
    detail: error.detail,
    instance: `urn:uuid:${requestId}`,
    code: error.code,
    ...(error.hint !== undefined && { hint: error.hint }),
    ...(error.violations && {
      violations: error.violations.map(({ path, rule, message }) => ({
        path,
        pointer: jsonPointer(path),
        rule,
        message,
      })),
    }),
  };
  // The facts come last and replace none of the fields.
  return { ...fields, ...error.data, ...fields };
}

/** The answer for an error. */
export function problemResponse(error: ChanceryError, requestId: string): Response {
  const problem = problemOf(error, requestId);
  const headers = errorHeaders(error, 'application/problem+json');
  const allow = error.code === 'METHOD_NOT_ALLOWED' ? error.data?.allow : undefined;
  if (Array.isArray(allow)) headers.set('allow', allow.join(', '));
  return wholeResponse(JSON.stringify(problem), { status: problem.status, headers });
}

/** The headers of an error's answer, with the challenge (RFC 6750 section 3) and Retry-After where they belong. */
export function errorHeaders(error: ChanceryError, contentType: string): Headers {
  const headers = new Headers({ 'content-type': contentType, 'cache-control': 'no-store' });
  const challenge = challengeOf(error.code);
  if (challenge !== null) headers.set('www-authenticate', challenge);
  const retryAfter = retryAfterSeconds(error);
  if (retryAfter !== null) headers.set('retry-after', String(retryAfter));
  return headers;
}

/** Whole seconds after which another try makes sense, or null. */
export function retryAfterSeconds(error: ChanceryError): number | null {
  const given = error.data?.retryAfterSeconds;
  if (typeof given === 'number') return Math.max(1, Math.ceil(given));
  return error.code === 'LOCKED' || error.code === 'KEYCHAIN_UNAVAILABLE' ? lockedRetrySeconds : null;
}

function challengeOf(code: ErrorCode): string | null {
  switch (code) {
    case 'TOKEN_EXPIRED':
      return 'Bearer realm="chancery", error="invalid_token", error_description="The token has expired"';
    case 'TOKEN_INVALID':
      return 'Bearer realm="chancery", error="invalid_token"';
    case 'UNAUTHENTICATED':
    case 'WRONG_CREDENTIALS':
      return 'Bearer realm="chancery"';
    default:
      return null;
  }
}
