import { ChanceryError } from '../../shared/errors.ts';
import type { Credentials } from '../services/context.ts';

/** token68 of RFC 9110 section 11.2, which RFC 6750 section 2.1 asks for. */
const token68 = /^[A-Za-z0-9._~+/-]+=*$/;

/**
 * What the Authorization header says (RFC 6750 section 2.1, RFC 7617). Throws INVALID_INPUT for more than one
 * header, UNAUTHENTICATED for another scheme, TOKEN_INVALID for a broken token.
 */
export function credentialsOf(headers: Headers): Credentials {
  const header = headers.get('authorization')?.trim();
  if (header === undefined || header === '') return { scheme: 'none' };
  // Headers joins repeated fields with a comma, which no token68 has.
  if (header.includes(',')) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'There is more than one Authorization header, or it is malformed.',
    });
  }
  const [scheme = '', token = '', ...rest] = header.split(/ +/);
  const isWhole = rest.length === 0 && token68.test(token);
  switch (scheme.toLowerCase()) {
    case 'bearer':
      if (isWhole) return { scheme: 'bearer', token };
      throw new ChanceryError({ code: 'TOKEN_INVALID', detail: 'The bearer token is malformed.' });
    case 'basic':
      return basic(isWhole ? token : '');
    default:
      throw unknownScheme();
  }
}

/** RFC 7617 section 2: a name without a colon, a colon, and a password, in UTF-8 and base64. */
function basic(encoded: string): Credentials {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw unknownScheme();
  return { scheme: 'basic', name: text.slice(0, colon), password: text.slice(colon + 1) };
}

function unknownScheme(): ChanceryError {
  return new ChanceryError({
    code: 'UNAUTHENTICATED',
    detail: 'Only the Authorization scheme Bearer is known here.',
    hint: 'Ask the token endpoint for a token, or sign in, and send it as Authorization: Bearer TOKEN.',
  });
}
