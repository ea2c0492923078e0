/** The parts of a public key that rules look at; a broken key is described as such instead of refused. */
import { ChanceryError } from '../../../shared/errors.ts';
import { sha256 } from '../../crypto/index.ts';
import { type DerReader, tags } from '../../x509/index.ts';

export interface Algorithm {
  readonly oid: string;
  readonly encoded: Uint8Array;
  /** The parameters as they stand; empty where there are none. */
  readonly parameters: Uint8Array;
}

export interface RsaKey {
  readonly modulus: bigint;
  readonly exponent: bigint;
  readonly modulusBytes: Uint8Array;
  readonly modulusBits: number;
}

export interface PublicKey {
  readonly spki: Uint8Array;
  /** Upper-case hexadecimal. */
  readonly spkiSha256: string;
  readonly algorithm: Algorithm;
  readonly kind: KeyKind;
  readonly keyBytes: Uint8Array;
  readonly rsa: RsaKey | undefined;
  /** The curve's identifier, or undefined for a key without one, explicit parameters included. */
  readonly curveOid: string | undefined;
  /** What is wrong with the syntax of the key itself. */
  readonly problem: string | undefined;
}

export type KeyKind =
  | 'rsa'
  | 'rsa-pss'
  | 'ec'
  | 'dsa'
  | 'ed25519'
  | 'ed448'
  | 'x25519'
  | 'x448'
  | 'ml-dsa'
  | 'slh-dsa'
  | 'ml-kem'
  | 'unknown';

const nistSignatures = '2.16.840.1.101.3.4.3.';

const kinds: ReadonlyMap<string, KeyKind> = new Map<string, KeyKind>([
  ['1.2.840.113549.1.1.1', 'rsa'],
  ['1.2.840.113549.1.1.10', 'rsa-pss'],
  ['1.2.840.10045.2.1', 'ec'],
  ['1.2.840.10040.4.1', 'dsa'],
  ['1.3.101.110', 'x25519'],
  ['1.3.101.111', 'x448'],
  ['1.3.101.112', 'ed25519'],
  ['1.3.101.113', 'ed448'],
  ...[17, 18, 19].map((arc): [string, KeyKind] => [`${nistSignatures}${arc}`, 'ml-dsa']),
  // SLH-DSA in its twelve parameter sets, FIPS 205.
  ...Array.from({ length: 12 }, (_, i): [string, KeyKind] => [`${nistSignatures}${20 + i}`, 'slh-dsa']),
  ...[1, 2, 3].map((arc): [string, KeyKind] => [`2.16.840.1.101.3.4.4.${arc}`, 'ml-kem']),
]);

/** Takes the next element as an AlgorithmIdentifier. */
export function readAlgorithm(reader: DerReader, what: string): Algorithm {
  const fields = reader.enter(tags.sequence, what);
  const oid = fields.objectIdentifier(what);
  return { oid, encoded: fields.encoded, parameters: fields.bytes.subarray(fields.position, fields.end) };
}

/** Takes the next element as a SubjectPublicKeyInfo. */
export function readPublicKey(reader: DerReader): PublicKey {
  const info = reader.enter(tags.sequence, 'public key');
  const inner = info.fork().enter(tags.sequence, 'public key algorithm');
  const algorithm = readAlgorithm(info, 'public key algorithm');
  inner.objectIdentifier('public key algorithm');
  const isNamedCurve = inner.peek() === tags.objectIdentifier;
  const curveOid = isNamedCurve ? inner.objectIdentifier('curve') : undefined;
  const bits = info.enter(tags.bitString, 'public key value');
  info.finish('the public key');
  const keyBytes = bits.bytes.subarray(Math.min(bits.position + 1, bits.end), bits.end);
  const kind = kinds.get(algorithm.oid) ?? 'unknown';
  const read = kind === 'rsa' || kind === 'rsa-pss' ? tryToReadRsa(bits) : undefined;
  return {
    spki: info.encoded,
    spkiSha256: sha256(info.encoded).toString('hex').toUpperCase(),
    algorithm,
    kind,
    keyBytes,
    rsa: read?.rsa,
    curveOid: kind === 'ec' ? curveOid : undefined,
    problem: bits.bytes[bits.position] === 0 ? read?.problem : 'The key is not a whole number of bytes.',
  };
}

function tryToReadRsa(bits: DerReader): { rsa?: RsaKey; problem?: string } {
  try {
    const outer = bits.fork();
    outer.position++;
    const key = outer.enter(tags.sequence, 'RSA key');
    outer.finish('the RSA key');
    const modulusBytes = key.integer('RSA modulus');
    const modulus = signedInteger(modulusBytes);
    const exponent = signedInteger(key.integer('RSA exponent'));
    key.finish('the RSA key');
    const modulusBits = modulus > 0n ? modulus.toString(2).length : 0;
    return { rsa: { modulus, exponent, modulusBytes, modulusBits } };
  } catch (error) {
    if (error instanceof ChanceryError) return { problem: error.detail };
    throw error;
  }
}

/** The number that the content of an INTEGER means. */
export function signedInteger(content: Uint8Array): bigint {
  return BigInt.asIntN(content.length * 8, unsignedInteger(content));
}

/** The number that big-endian bytes mean. */
export function unsignedInteger(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
