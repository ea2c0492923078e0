/** Public keys as JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037), with certificates in x5c. */
import { ChanceryError } from '../../../shared/errors.ts';
import { sha256 } from '../../crypto/index.ts';
import { isEc, isKnownCurve, publicKeyFromParts, publicKeyParts } from './public-key-encoding.ts';

export interface Jwk {
  readonly kty: 'RSA' | 'EC' | 'OKP';
  readonly n?: string;
  readonly e?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  /** The thumbprint of RFC 7638. */
  readonly kid?: string;
  /** DER in base64, the certificate of the key first (RFC 7517 section 4.7). */
  readonly x5c?: readonly string[];
  readonly 'x5t#S256'?: string;
}

export interface ReadJwk {
  readonly spki: Uint8Array;
  readonly certificates: Uint8Array[];
  /** Whether the private part was there too; it is not read. */
  readonly isPrivate: boolean;
}

const maxCharacters = 1024 * 1024;
const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** The key, with the certificates that are given. Throws UNSUPPORTED for a kind that JWK has no form for. */
export function writeJwk(spki: Uint8Array, certificates: readonly Uint8Array[] = []): Jwk {
  const parts = publicKeyParts(spki);
  if (parts === undefined)
    throw new ChanceryError({ code: 'UNSUPPORTED', detail: 'This kind of key has no JWK.' });
  const key = jwkMembers(parts);
  // RFC 7638 section 3.3: the required members in lexicographic order, without blanks.
  const sorted = Object.fromEntries(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)));
  const kid = base64Url(sha256(JSON.stringify(sorted)));
  const [leaf] = certificates;
  if (leaf === undefined) return { ...key, kid };
  const x5c = certificates.map((der) => Buffer.from(der).toString('base64'));
  return { ...key, kid, x5c, 'x5t#S256': base64Url(sha256(leaf)) };
}

function jwkMembers(parts: NonNullable<ReturnType<typeof publicKeyParts>>) {
  switch (parts.kind) {
    case 'rsa':
      return { kty: 'RSA', n: base64Url(parts.modulus), e: base64Url(parts.exponent) } as const;
    case 'ec':
      return { kty: 'EC', crv: parts.curve, x: base64Url(parts.x), y: base64Url(parts.y) } as const;
    case 'okp':
      return { kty: 'OKP', crv: parts.curve, x: base64Url(parts.key) } as const;
  }
}

/** All keys of a JWK or a JWK set. Throws INVALID_INPUT when it is neither, or a member is malformed. */
export function readJwks(text: string): ReadJwk[] {
  if (text.length > maxCharacters) throw invalid('The JWK is larger than 1 MiB.');
  const json = parseJson(text);
  if (!isObject(json)) throw invalid('A JWK is a JSON object.');
  const keys = Array.isArray(json.keys) ? (json.keys as unknown[]) : [json];
  return keys.map((key) => (isObject(key) ? readKey(key) : invalidKey('it is not an object')));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ChanceryError({ code: 'INVALID_INPUT', detail: 'The text is not JSON.', cause });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readKey(key: Record<string, unknown>): ReadJwk {
  const certificates = readChain(key.x5c);
  return { spki: readPublicKey(key), certificates, isPrivate: 'd' in key };
}

function readPublicKey(key: Record<string, unknown>): Uint8Array {
  const { kty, crv } = key;
  if (kty === 'RSA')
    return publicKeyFromParts({ kind: 'rsa', modulus: member(key, 'n'), exponent: member(key, 'e') });
  if (!isKnownCurve(crv)) return invalidKey('its kind or curve is not known');
  if (kty === 'EC' && isEc(crv))
    return publicKeyFromParts({ kind: 'ec', curve: crv, x: member(key, 'x'), y: member(key, 'y') });
  if (kty === 'OKP' && !isEc(crv))
    return publicKeyFromParts({ kind: 'okp', curve: crv, key: member(key, 'x') });
  return invalidKey('its kind and its curve do not belong together');
}

function member(key: Record<string, unknown>, name: string): Uint8Array {
  const value = key[name];
  if (typeof value !== 'string' || value === '') return invalidKey(`its member ${name} is missing`);
  const bytes = Buffer.from(value, 'base64url');
  return bytes.toString('base64url') === value ? bytes : invalidKey(`its member ${name} is not base64url`);
}

function readChain(chain: unknown): Uint8Array[] {
  if (chain === undefined) return [];
  if (!Array.isArray(chain)) return invalidKey('its x5c is not a list');
  return chain.map((item) => {
    const bytes = typeof item === 'string' ? Buffer.from(item, 'base64') : Buffer.alloc(0);
    return bytes.length > 0 && bytes.toString('base64') === item
      ? Uint8Array.from(bytes)
      : invalidKey('its x5c holds other than base64');
  });
}

function invalidKey(problem: string): never {
  throw invalid(`The JWK cannot be read: ${problem}.`);
}

function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail });
}
