/** SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7): which key it is, and its identifier. */
import {
  type KeyAlgorithm,
  keyAlgorithmFacts,
  type PostQuantumAlgorithm,
  postQuantumAlgorithms,
} from '../../../shared/model/algorithms.ts';
import { sha256 } from '../../crypto/index.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { writeDer } from '../der/der-writer.ts';
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from './algorithm-identifier.ts';
import {
  ecPublicKeyOid,
  postQuantumOids,
  rsaEncryptionOid,
  rsaPssOid,
  signatureOids,
} from './algorithm-oids.ts';

export interface PublicKeyDescription {
  /** The key algorithm, or null for one that this program does not issue for. */
  readonly algorithm: KeyAlgorithm | null;
  /** For a person, e.g. `RSA 2048`, `ECDSA P-256`; the object identifier for an unknown one. */
  readonly description: string;
  /** False for keys whose mere use would be a risk: RSA of a size that takes long, curves of one's own making. */
  readonly isUsable: boolean;
}

/** Above this an RSA verification takes long enough to be a weapon. */
const maxModulusBits = 8192;

const spkiFormat: DerFormat = { code: 'INVALID_INPUT', name: 'public key', maxBytes: 65_536 };

const curves: ReadonlyMap<string, { name: string; pointBytes: number; algorithm: KeyAlgorithm | null }> =
  new Map([
    ['1.2.840.10045.3.1.7', { name: 'P-256', pointBytes: 65, algorithm: 'ecdsa-p256' as const }],
    ['1.3.132.0.34', { name: 'P-384', pointBytes: 97, algorithm: 'ecdsa-p384' as const }],
    ['1.3.132.0.35', { name: 'P-521', pointBytes: 133, algorithm: 'ecdsa-p521' as const }],
    ['1.3.132.0.10', { name: 'secp256k1', pointBytes: 65, algorithm: null }],
    ['1.3.36.3.3.2.8.1.1.7', { name: 'brainpoolP256r1', pointBytes: 65, algorithm: null }],
    ['1.3.36.3.3.2.8.1.1.11', { name: 'brainpoolP384r1', pointBytes: 97, algorithm: null }],
    ['1.3.36.3.3.2.8.1.1.13', { name: 'brainpoolP512r1', pointBytes: 129, algorithm: null }],
  ]);

const namesOfOtherKeys: ReadonlyMap<string, string> = new Map([
  ['1.2.840.10040.4.1', 'DSA'],
  ['1.3.101.110', 'X25519'],
  ['1.3.101.111', 'X448'],
]);

/** Bytes of a public key, RFC 9881 section 4 and RFC 9909 section 4. */
function postQuantumKeyBytes(algorithm: PostQuantumAlgorithm): number {
  if (algorithm === 'ml-dsa-44') return 1312;
  if (algorithm === 'ml-dsa-65') return 1952;
  if (algorithm === 'ml-dsa-87') return 2592;
  return keyAlgorithmFacts[algorithm].securityBits / 4;
}

interface PlainKey {
  readonly algorithm: KeyAlgorithm;
  readonly bytes: number;
}

/** Keys that are nothing but bytes under an object identifier without parameters. */
const plainKeys: ReadonlyMap<string, PlainKey> = new Map<string, PlainKey>([
  [signatureOids.ed25519, { algorithm: 'ed25519', bytes: 32 }],
  [signatureOids.ed448, { algorithm: 'ed448', bytes: 57 }],
  ...postQuantumAlgorithms.map(
    (algorithm) =>
      [postQuantumOids[algorithm], { algorithm, bytes: postQuantumKeyBytes(algorithm) }] as const,
  ),
]);

/** Takes the next element as a SubjectPublicKeyInfo; throws the reader's error when it is malformed. */
export function readPublicKey(reader: DerReader): PublicKeyDescription & { spki: Uint8Array } {
  const info = reader.enter(tags.sequence, 'public key');
  const algorithm = readAlgorithmIdentifier(info, 'public key algorithm');
  const keyBytes = info.bitString('public key value');
  info.finish('public key');
  return { spki: info.encoded, ...describe(algorithm, keyBytes, reader.format) };
}

function describe(
  algorithm: AlgorithmIdentifier,
  keyBytes: Uint8Array,
  format: DerFormat,
): PublicKeyDescription {
  switch (algorithm.oid) {
    case rsaEncryptionOid:
      return describeRsa(keyBytes, algorithm, format);
    case rsaPssOid: {
      const { description, isUsable } = describeRsa(keyBytes, algorithm, format);
      return { algorithm: null, description: description.replace('RSA', 'RSA-PSS'), isUsable };
    }
    case ecPublicKeyOid:
      return describeEc(keyBytes, algorithm);
    default:
      return describePlain(keyBytes, algorithm);
  }
}

function describePlain(keyBytes: Uint8Array, { oid, parameters }: AlgorithmIdentifier): PublicKeyDescription {
  const known = plainKeys.get(oid);
  if (known === undefined)
    return { algorithm: null, description: namesOfOtherKeys.get(oid) ?? oid, isUsable: true };
  const isWhole = keyBytes.length === known.bytes && parameters.isEmpty;
  const description = keyAlgorithmFacts[known.algorithm].label;
  return { algorithm: isWhole ? known.algorithm : null, description, isUsable: isWhole };
}

function describeRsa(
  keyBytes: Uint8Array,
  algorithm: AlgorithmIdentifier,
  format: DerFormat,
): PublicKeyDescription {
  const outer = DerReader.open(keyBytes, format);
  const key = outer.enter(tags.sequence, 'RSA public key');
  outer.finish('RSA public key');
  const modulus = key.integer('RSA modulus');
  const exponent = key.integer('RSA exponent');
  key.finish('RSA public key');
  const modulusBits = bitLength(modulus);
  const isSound =
    isPositiveAndOdd(modulus) &&
    isPositiveAndOdd(exponent) &&
    bitLength(exponent) > 1 &&
    exponent.length <= 8 &&
    hasNullParameters(algorithm);
  const known = ([2048, 3072, 4096] as const).find((size) => size === modulusBits);
  return {
    algorithm: isSound && known !== undefined ? `rsa-${known}` : null,
    description: `RSA ${modulusBits}`,
    isUsable: modulusBits <= maxModulusBits,
  };
}

function isPositiveAndOdd(integer: Uint8Array): boolean {
  return (integer[0] as number) < 0x80 && ((integer.at(-1) as number) & 1) === 1;
}

/** RFC 3279 section 2.3.1: the parameters of an RSA key are NULL. */
function hasNullParameters({ parameters }: AlgorithmIdentifier): boolean {
  return parameters.peek() === tags.null && parameters.end - parameters.position === 2;
}

function bitLength(integer: Uint8Array): number {
  const start = integer[0] === 0 ? 1 : 0;
  const first = integer[start];
  return first === undefined ? 0 : (integer.length - start) * 8 - (Math.clz32(first) - 24);
}

function describeEc(keyBytes: Uint8Array, { parameters }: AlgorithmIdentifier): PublicKeyDescription {
  if (parameters.peek() !== tags.objectIdentifier) {
    // RFC 5480 section 2.1.1 forbids them; a curve that the sender chose can make any signature good.
    return { algorithm: null, description: 'ECDSA with explicit parameters', isUsable: false };
  }
  const oid = parameters.objectIdentifier('curve');
  parameters.finish('curve');
  const curve = curves.get(oid);
  if (curve === undefined) return { algorithm: null, description: `ECDSA ${oid}`, isUsable: true };
  // RFC 5480 section 2.2: support of uncompressed points is all that others must have.
  const isPlainPoint = keyBytes.length === curve.pointBytes && keyBytes[0] === 4;
  return {
    algorithm: isPlainPoint ? curve.algorithm : null,
    description: `ECDSA ${curve.name}`,
    isUsable: true,
  };
}

/** What a SubjectPublicKeyInfo holds; throws INVALID_INPUT when it is malformed. */
export function describePublicKey(spki: Uint8Array): PublicKeyDescription {
  const reader = DerReader.open(spki, spkiFormat);
  const key = readPublicKey(reader);
  reader.finish('the public key');
  return key;
}

/** The key algorithm of a SubjectPublicKeyInfo, null for an unknown one; throws INVALID_INPUT when malformed. */
export function keyAlgorithmOf(spki: Uint8Array): KeyAlgorithm | null {
  return describePublicKey(spki).algorithm;
}

/** The bits of the key, without the algorithm; throws INVALID_INPUT when malformed. */
export function publicKeyBytes(spki: Uint8Array): Uint8Array {
  const reader = DerReader.open(spki, spkiFormat);
  const info = reader.enter(tags.sequence, 'public key');
  info.element('public key algorithm');
  return info.bitString('public key value');
}

/** 20 bytes: the leftmost 160 bits of SHA-256 over the key's bits (RFC 7093 section 2, method 1). */
export function subjectKeyIdentifier(spki: Uint8Array): Uint8Array {
  const digest = sha256(publicKeyBytes(spki));
  return new Uint8Array(digest.buffer, digest.byteOffset, 20);
}

/** The SubjectPublicKeyInfo of a post-quantum key, whose bytes are not looked at. */
export function encodePostQuantumKey(algorithm: PostQuantumAlgorithm, publicKey: Uint8Array): Uint8Array {
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.sequence(() => writer.objectIdentifier(postQuantumOids[algorithm]));
      writer.bitString(publicKey);
    });
  }, publicKey.length + 32);
}
