import { ChanceryError } from '../../shared/errors.ts';

export interface BasicCredentials {
  readonly name: string;
  readonly password: string;
}

/** Name and password of an Authorization: Basic header (RFC 7617, UTF-8), null for another. Throws INVALID_INPUT. */
export function basicCredentials(headers: Headers): BasicCredentials | null {
  const header = headers.get('authorization')?.trim() ?? '';
  const [scheme = '', encoded = '', ...rest] = header.split(/ +/);
  if (scheme.toLowerCase() !== 'basic') return null;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  const isRight =
    rest.length === 0 && /^[A-Za-z0-9+/]+=*$/.test(encoded) && colon > 0 && !text.includes('\0');
  if (isRight) return { name: text.slice(0, colon), password: text.slice(colon + 1) };
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: 'The Authorization header is not the base64 of NAME:PASSWORD.',
  });
}
