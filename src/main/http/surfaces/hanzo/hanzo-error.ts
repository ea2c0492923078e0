import { ChanceryError } from '../../../../shared/errors.ts';
import { errorHeaders } from '../../problem.ts';
import { wholeResponse } from '../../whole-response.ts';

/** What a failure looks like there. */
export interface HanzoErrorBody {
  readonly reqId: string;
  readonly statusCode: number;
  /** A sentence; of a request that the schema refuses, the list of what is wrong with it. */
  readonly message: unknown;
  readonly error: string;
}

const namesByStatus: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'UnauthorizedError',
  403: 'ForbiddenError',
  404: 'NotFound',
  422: 'ValidationFailure',
  429: 'RateLimitExceeded',
  500: 'InternalServerError',
};

/** A request that does not have the form asked for: 422 there, where everything else that is wrong is 400. */
export class SchemaFailure extends Error {
  override readonly name = 'SchemaFailure';
  readonly issues: readonly HanzoIssue[];

  constructor(issues: readonly HanzoIssue[]) {
    super('The request does not have the form asked for.');
    this.issues = issues;
  }
}

export interface HanzoIssue {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The status there: a state that does not allow it and a policy that refuses are bad requests. */
export function hanzoStatusOf(error: ChanceryError): number {
  const { status } = error.kind;
  return [409, 412, 422].includes(status) && error.code !== 'NOT_INITIALISED' ? 400 : status;
}

function messageOf(error: ChanceryError): string {
  switch (error.code) {
    case 'POLICY_VIOLATION':
    case 'LINT_FAILED': {
      const violations = error.violations?.map(({ message }) => message) ?? [];
      const all = violations.length > 0 ? violations.join(', ') : error.detail;
      return `Certificate request validation failed: ${all}`;
    }
    case 'INTERNAL':
      return 'Something went wrong';
    case 'TOKEN_EXPIRED':
      return 'Your token has expired. Please re-authenticate.';
    case 'UNAUTHENTICATED':
      return 'Token missing';
    default:
      return error.hint === undefined ? error.detail : `${error.detail} ${error.hint}`;
  }
}

/** PascalCase of the code, for what has no name there. */
const nameOf = (error: ChanceryError) =>
  error.code.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The body for anything that a route of the surface refuses. */
export function hanzoErrorBody(error: ChanceryError | SchemaFailure, reqId: string): HanzoErrorBody {
  if (error instanceof SchemaFailure)
    return { reqId, statusCode: 422, message: error.issues, error: 'ValidationFailure' };
  const statusCode = hanzoStatusOf(error);
  return { reqId, statusCode, message: messageOf(error), error: namesByStatus[statusCode] ?? nameOf(error) };
}

export function hanzoErrorResponse(error: ChanceryError | SchemaFailure, reqId: string): Response {
  const body = hanzoErrorBody(error, reqId);
  const headers =
    error instanceof SchemaFailure
      ? new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' })
      : errorHeaders(error, 'application/json');
  return wholeResponse(JSON.stringify(body), { status: body.statusCode, headers });
}

/** A refusal of 403, for what the other product forbids where another state would be a conflict here. */
export function forbidden(detail: string): ChanceryError {
  return new ChanceryError({ code: 'FORBIDDEN', detail });
}

/** A refusal of 400. */
export function badRequest(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail });
}
