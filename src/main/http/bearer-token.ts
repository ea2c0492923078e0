import { ChanceryError } from '../../shared/errors.ts';

/** token68 of RFC 9110 section 11.2, which RFC 6750 section 2.1 asks for. */
const token68 = /^[A-Za-z0-9._~+/-]+=*$/;

/**
 * The token of an Authorization: Bearer header (RFC 6750 section 2.1), null where there is none. Throws
 * INVALID_INPUT for more than one header, UNAUTHENTICATED for another scheme, TOKEN_INVALID for a broken token.
 */
export function bearerToken(headers: Headers): string | null {
  const header = headers.get('authorization')?.trim();
  if (header === undefined || header === '') return null;
  // Headers joins repeated fields with a comma, which no token68 has.
  if (header.includes(',')) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'There is more than one Authorization header, or it is malformed.',
    });
  }
  const [scheme = '', token = '', ...rest] = header.split(/ +/);
  if (scheme.toLowerCase() !== 'bearer') {
    throw new ChanceryError({
      code: 'UNAUTHENTICATED',
      detail: 'Only the Authorization scheme Bearer is known here.',
      hint: 'Ask the token endpoint for a token, or sign in, and send it as Authorization: Bearer TOKEN.',
    });
  }
  if (rest.length > 0 || !token68.test(token)) {
    throw new ChanceryError({ code: 'TOKEN_INVALID', detail: 'The bearer token is malformed.' });
  }
  return token;
}
