import { ChanceryError, type ErrorCode } from '../../../../shared/errors.ts';
import { retryAfterSeconds } from '../../problem.ts';
import { wholeResponse } from '../../whole-response.ts';

/** Codes that scripts look for; what has none there goes by the general one. */
const codes: Partial<Record<ErrorCode, string>> = {
  NOT_FOUND: '0xA0110002',
  UNAUTHENTICATED: '0xA0110005',
  WRONG_CREDENTIALS: '0xA0110005',
  TOKEN_EXPIRED: '0xA0110005',
  TOKEN_INVALID: '0xA0110005',
  FORBIDDEN: '0xA0110006',
};
const generalCode = '0xA0110007';

/** A refusal with a code of its own. */
export function keyfactorError(keyfactorCode: string, detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail, data: { keyfactorCode } });
}

/** The answer for anything that the surface refuses; states that do not allow it are bad requests there. */
export function keyfactorErrorResponse(error: ChanceryError): Response {
  const { status: own } = error.kind;
  const status = [406, 409, 412, 422].includes(own) && error.code !== 'NOT_INITIALISED' ? 400 : own;
  const code = error.data?.keyfactorCode;
  const body = {
    ErrorCode: typeof code === 'string' ? code : (codes[error.code] ?? generalCode),
    Message: messageOf(error),
  };
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  if (status === 401) {
    headers.append('www-authenticate', 'Basic realm="Keyfactor", charset="UTF-8"');
    headers.append('www-authenticate', bearerChallenge(error.code));
  }
  const retryAfter = retryAfterSeconds(error);
  if (retryAfter !== null) headers.set('retry-after', String(retryAfter));
  return wholeResponse(JSON.stringify(body), { status, headers });
}

function bearerChallenge(code: ErrorCode): string {
  return code === 'TOKEN_EXPIRED' || code === 'TOKEN_INVALID'
    ? 'Bearer realm="Keyfactor", error="invalid_token"'
    : 'Bearer realm="Keyfactor"';
}

function messageOf({ detail, hint, violations = [] }: ChanceryError): string {
  const further = violations.map(({ message }) => message).filter((message) => !detail.includes(message));
  return [detail, ...further, ...(hint === undefined ? [] : [hint])].join(' ');
}
