/** Public keys as OpenSSH writes them in a line: RFC 4253 section 6.6, RFC 5656 section 3.1, RFC 8709 section 4. */
import { ChanceryError } from '../../../shared/errors.ts';
import { ByteCursor, lengthPrefixed } from './byte-cursor.ts';
import { decodeBase64 } from './pem.ts';
import { type EcCurve, ecCurves, publicKeyFromParts, publicKeyParts } from './public-key-encoding.ts';

export interface SshPublicKey {
  /** E.g. `ssh-ed25519`. */
  readonly type: string;
  readonly spki: Uint8Array;
  readonly comment: string;
}

const ecNames: Readonly<Record<EcCurve, string>> = {
  'P-256': 'nistp256',
  'P-384': 'nistp384',
  'P-521': 'nistp521',
};
const maxCharacters = 64 * 1024;
const field = (value: string | Uint8Array) =>
  lengthPrefixed(typeof value === 'string' ? Buffer.from(value) : value, 4);

/** The line without a line break. Throws UNSUPPORTED for a kind of key that SSH does not have. */
export function writeSshPublicKey(spki: Uint8Array, comment = ''): string {
  if (/[\r\n]/.test(comment)) throw invalid('A comment is one line.');
  const { type, fields } = sshFields(spki);
  const blob = Buffer.concat([field(type), ...fields.map(field)]).toString('base64');
  return comment === '' ? `${type} ${blob}` : `${type} ${blob} ${comment}`;
}

function sshFields(spki: Uint8Array): { type: string; fields: (string | Uint8Array)[] } {
  const parts = publicKeyParts(spki);
  if (parts?.kind === 'rsa')
    return { type: 'ssh-rsa', fields: [mpint(parts.exponent), mpint(parts.modulus)] };
  if (parts?.kind === 'ec') {
    const curve = ecNames[parts.curve];
    return { type: `ecdsa-sha2-${curve}`, fields: [curve, Buffer.concat([Buffer.of(4), parts.x, parts.y])] };
  }
  if (parts?.kind === 'okp' && parts.curve === 'Ed25519') return { type: 'ssh-ed25519', fields: [parts.key] };
  if (parts?.kind === 'okp' && parts.curve === 'Ed448') return { type: 'ssh-ed448', fields: [parts.key] };
  throw new ChanceryError({ code: 'UNSUPPORTED', detail: 'This kind of key is not one of SSH.' });
}

/** RFC 4251 section 5: two's complement in the shortest form, so a byte 0 before a first bit that is set. */
function mpint(bytes: Uint8Array): Uint8Array {
  return (bytes[0] as number) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

/** Reads one line `type base64 comment`. Throws INVALID_INPUT when it is malformed, UNSUPPORTED for other types. */
export function readSshPublicKey(line: string): SshPublicKey {
  if (line.length > maxCharacters) throw invalid('The SSH key is larger than 64 KiB.');
  const match = /^\s*([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+([^\r\n]*))?\s*$/.exec(line);
  const blob = match?.[2] === undefined ? undefined : decodeBase64(match[2]);
  const type = match?.[1];
  if (type === undefined || blob === undefined) throw invalid('This is not the line of an SSH public key.');
  const cursor = new ByteCursor(blob, 'SSH public key');
  const text = () => Buffer.from(cursor.field(4)).toString('latin1');
  if (text() !== type) cursor.fail('its type is not the one that the line begins with');
  const spki = readFields(type, cursor, text);
  if (!cursor.isEmpty) cursor.fail('bytes are left at its end');
  return { type, spki, comment: match?.[3]?.trim() ?? '' };
}

function readFields(type: string, cursor: ByteCursor, text: () => string): Uint8Array {
  switch (type) {
    case 'ssh-rsa': {
      const exponent = readMpint(cursor);
      return publicKeyFromParts({ kind: 'rsa', exponent, modulus: readMpint(cursor) });
    }
    case 'ssh-ed25519':
      return publicKeyFromParts({ kind: 'okp', curve: 'Ed25519', key: cursor.field(4) });
    case 'ssh-ed448':
      return publicKeyFromParts({ kind: 'okp', curve: 'Ed448', key: cursor.field(4) });
  }
  for (const curve of ['P-256', 'P-384', 'P-521'] as const) {
    if (type !== `ecdsa-sha2-${ecNames[curve]}`) continue;
    if (text() !== ecNames[curve]) cursor.fail('its curve is not that of its type');
    const point = cursor.field(4);
    const { bytes } = ecCurves[curve];
    if (point[0] !== 4 || point.length !== 1 + 2 * bytes) cursor.fail('its point is not in the plain form');
    return publicKeyFromParts({
      kind: 'ec',
      curve,
      x: point.subarray(1, 1 + bytes),
      y: point.subarray(1 + bytes),
    });
  }
  throw new ChanceryError({
    code: 'UNSUPPORTED',
    detail: `An SSH key of the type ${type.slice(0, 64)} is not read here.`,
  });
}

function readMpint(cursor: ByteCursor): Uint8Array {
  const bytes = cursor.field(4);
  const [first = 0x80, second = 0x80] = bytes;
  if (first >= 0x80) cursor.fail('it has a number that is negative or empty');
  if (first === 0 && second < 0x80) cursor.fail('it has a number that is not in its shortest form');
  return first === 0 ? bytes.subarray(1) : bytes;
}

function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail });
}
