import type { ChanceryError } from '../../shared/errors.ts';
import type { ClientProof, Grant } from '../services/tokens/token-request.ts';
import type { Door } from './door.ts';

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

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * How the client proves who it is: HTTP Basic or the form (RFC 6749 section 2.3.1), an assertion (RFC 7523), or
 * the certificate of the connection (RFC 8705). Throws invalid_request where several are used, and invalid_client
 * where there is none.
 */
export function clientProof(headers: Headers, form: URLSearchParams, door: Door): ClientProof {
  const header = headers.get('authorization');
  const clientId = single(form, 'client_id');
  const clientSecret = single(form, 'client_secret');
  const assertion = single(form, 'client_assertion');
  if ([header, clientSecret, assertion].filter((one) => one !== null).length > 1) {
    throw new OAuthError('invalid_request', 'The client authenticates in several ways; only one is allowed.');
  }
  if (header !== null) {
    const basic = basicCredentials(header);
    if (clientId === null || clientId === basic.clientId) return { method: 'client_secret', ...basic };
    throw new OAuthError('invalid_request', 'The client_id of the body is not that of the header.');
  }
  if (assertion !== null) {
    if (single(form, 'client_assertion_type') === assertionType) {
      return { method: 'private_key_jwt', clientId, assertion };
    }
    throw new OAuthError('invalid_request', `The client_assertion_type must be ${assertionType}.`);
  }
  if (clientId !== null && clientSecret !== null) return { method: 'client_secret', clientId, clientSecret };
  if (clientId !== null && door.peer.certificates.length > 0) return { method: 'tls_client_auth', clientId };
  throw new OAuthError(
    'invalid_client',
    'The client must authenticate: by HTTP Basic, by client_id and client_secret, by an assertion, or over mutual TLS.',
  );
}

/** What is asked for (RFC 6749 sections 4.3, 4.4 and 6). Throws invalid_request, unsupported_grant_type. */
export function grantOf(form: URLSearchParams): Grant {
  const required = (name: string) => {
    const value = single(form, name);
    if (value === null) throw new OAuthError('invalid_request', `${name} is missing.`);
    return value;
  };
  const type = required('grant_type');
  switch (type) {
    case 'client_credentials':
      return { type };
    case 'password':
      return { type, username: required('username'), password: required('password') };
    case 'refresh_token':
      return { type, refreshToken: required('refresh_token') };
    default:
      throw new OAuthError(
        'unsupported_grant_type',
        'The grant types are client_credentials, password and refresh_token.',
      );
  }
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
