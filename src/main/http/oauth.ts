import type { ChanceryError } from '../../shared/errors.ts';

type OAuthCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'server_error'
  | 'temporarily_unavailable';

/** An error in the shape of RFC 6749 section 5.2; the message is its error_description. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly error: OAuthCode;
  readonly status: number;

  constructor(
    error: OAuthCode,
    description: string,
    status = error === 'invalid_client' ? 401 : 400,
    cause?: unknown,
  ) {
    super(description.replace(/[^\x20-\x7e]|["\\]/g, '_'), { cause });
    this.error = error;
    this.status = status;
  }
}

/** The same failure in the words of RFC 6749. */
export function oauthErrorOf(error: ChanceryError): OAuthError {
  const { status } = error.kind;
  const as = (code: OAuthCode, withStatus = status) => new OAuthError(code, error.detail, withStatus, error);
  switch (error.code) {
    case 'WRONG_CREDENTIALS':
    case 'UNAUTHENTICATED':
      return as('invalid_client', 401);
    case 'INVALID_GRANT':
      return as('invalid_grant');
    case 'FORBIDDEN':
      return as('unauthorized_client', 400);
    case 'RATE_LIMITED':
    case 'LOCKED':
    case 'NOT_INITIALISED':
      return as('temporarily_unavailable');
    default:
      return as(status >= 500 ? 'server_error' : 'invalid_request');
  }
}

/** A parameter of the form, null where it is absent or empty (RFC 6749 section 3.2). Throws where it is there twice. */
export function single(form: URLSearchParams, name: string): string | null {
  const values = form.getAll(name);
  if (values.length > 1) throw new OAuthError('invalid_request', `${name} is there more than once.`);
  return values[0] || null;
}

/**
 * The client's id and secret, by HTTP Basic or in the form (RFC 6749 section 2.3.1). Throws invalid_request
 * where both are used, and invalid_client where neither is there.
 */
export function clientCredentials(
  headers: Headers,
  form: URLSearchParams,
): { clientId: string; clientSecret: string } {
  const header = headers.get('authorization');
  const idInForm = single(form, 'client_id');
  const secretInForm = single(form, 'client_secret');
  if (header === null) {
    if (idInForm !== null && secretInForm !== null) return { clientId: idInForm, clientSecret: secretInForm };
    throw new OAuthError(
      'invalid_client',
      'The client must authenticate, by HTTP Basic or by client_id and client_secret.',
    );
  }
  if (secretInForm !== null) {
    throw new OAuthError(
      'invalid_request',
      'The client authenticates in the header and in the body; only one is allowed.',
    );
  }
  const basic = basicCredentials(header);
  if (idInForm !== null && idInForm !== basic.clientId) {
    throw new OAuthError('invalid_request', 'The client_id of the body is not that of the header.');
  }
  return basic;
}

function basicCredentials(header: string): { clientId: string; clientSecret: string } {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header.trim())?.[1];
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw new OAuthError('invalid_client', 'The Authorization header is not usable HTTP Basic.');
  return { clientId: formDecoded(text.slice(0, colon)), clientSecret: formDecoded(text.slice(colon + 1)) };
}

/** Both parts are form-encoded before they are joined (RFC 6749 section 2.3.1 and appendix B). */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new OAuthError(
      'invalid_client',
      'The credentials of the Authorization header are not form-encoded.',
    );
  }
}
