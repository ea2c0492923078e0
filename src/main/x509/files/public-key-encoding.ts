/** SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) from and to the numbers and points that other formats write. */
import { ChanceryError } from '../../../shared/errors.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { writeDer } from '../der/der-writer.ts';

export type PublicKeyParts =
  | { readonly kind: 'rsa'; readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  | { readonly kind: 'ec'; readonly curve: EcCurve; readonly x: Uint8Array; readonly y: Uint8Array }
  | { readonly kind: 'okp'; readonly curve: OkpCurve; readonly key: Uint8Array };

export type EcCurve = 'P-256' | 'P-384' | 'P-521';
export type OkpCurve = 'Ed25519' | 'Ed448' | 'X25519' | 'X448';

const rsaOid = '1.2.840.113549.1.1.1';
const ecOid = '1.2.840.10045.2.1';
export const ecCurves: Readonly<Record<EcCurve, { readonly oid: string; readonly bytes: number }>> = {
  'P-256': { oid: '1.2.840.10045.3.1.7', bytes: 32 },
  'P-384': { oid: '1.3.132.0.34', bytes: 48 },
  'P-521': { oid: '1.3.132.0.35', bytes: 66 },
};
const okpCurves: Readonly<Record<OkpCurve, { readonly oid: string; readonly bytes: number }>> = {
  Ed25519: { oid: '1.3.101.112', bytes: 32 },
  Ed448: { oid: '1.3.101.113', bytes: 57 },
  X25519: { oid: '1.3.101.110', bytes: 32 },
  X448: { oid: '1.3.101.111', bytes: 56 },
};

const format: DerFormat = { code: 'INVALID_INPUT', name: 'public key', maxBytes: 65_536 };
const isEcCurve = (name: string): name is EcCurve => Object.hasOwn(ecCurves, name);
const isOkpCurve = (name: string): name is OkpCurve => Object.hasOwn(okpCurves, name);

/** Takes a key apart; undefined for a kind that the other formats do not have. Throws INVALID_INPUT when malformed. */
export function publicKeyParts(spki: Uint8Array): PublicKeyParts | undefined {
  const root = DerReader.open(spki, format);
  const info = root.enter(tags.sequence, 'public key');
  root.finish('the public key');
  const algorithm = info.enter(tags.sequence, 'public key algorithm');
  const oid = algorithm.objectIdentifier('public key algorithm');
  const bits = info.bitString('public key value');
  info.finish('the public key');
  if (oid === rsaOid) {
    const outer = DerReader.open(bits, format);
    const key = outer.enter(tags.sequence, 'RSA key');
    outer.finish('the RSA key');
    const modulus = unsigned(key.integer('RSA modulus'));
    return { kind: 'rsa', modulus, exponent: unsigned(key.integer('RSA exponent')) };
  }
  if (oid === ecOid && algorithm.peek() === tags.objectIdentifier) {
    const curveOid = algorithm.objectIdentifier('curve');
    const curve = Object.keys(ecCurves).find((name) => isEcCurve(name) && ecCurves[name].oid === curveOid);
    if (curve === undefined || !isEcCurve(curve)) return undefined;
    const { bytes } = ecCurves[curve];
    if (bits.length !== 1 + 2 * bytes || bits[0] !== 4) return undefined;
    return { kind: 'ec', curve, x: bits.subarray(1, 1 + bytes), y: bits.subarray(1 + bytes) };
  }
  const curve = Object.keys(okpCurves).find((name) => isOkpCurve(name) && okpCurves[name].oid === oid);
  if (curve === undefined || !isOkpCurve(curve) || bits.length !== okpCurves[curve].bytes) return undefined;
  return { kind: 'okp', curve, key: bits };
}

/** Puts a key together; throws INVALID_INPUT for parts of a wrong length. */
export function publicKeyFromParts(parts: PublicKeyParts): Uint8Array {
  return writeDer((writer) => {
    writer.sequence(() => {
      switch (parts.kind) {
        case 'rsa': {
          if (parts.modulus.length === 0 || parts.exponent.length === 0)
            throw invalid('An RSA key is empty.');
          const key = writeDer((inner) =>
            inner.sequence(() => inner.unsigned(parts.modulus).unsigned(parts.exponent)),
          );
          writer.sequence(() => writer.objectIdentifier(rsaOid).null()).bitString(key);
          break;
        }
        case 'ec': {
          const { oid, bytes } = ecCurves[parts.curve];
          if (parts.x.length !== bytes || parts.y.length !== bytes)
            throw invalid(`A point of ${parts.curve} has two coordinates of ${bytes} bytes.`);
          writer.sequence(() => writer.objectIdentifier(ecOid).objectIdentifier(oid));
          writer.bitString(Buffer.concat([Buffer.of(4), parts.x, parts.y]));
          break;
        }
        case 'okp': {
          const { oid, bytes } = okpCurves[parts.curve];
          if (parts.key.length !== bytes) throw invalid(`A key of ${parts.curve} has ${bytes} bytes.`);
          writer.sequence(() => writer.objectIdentifier(oid)).bitString(parts.key);
          break;
        }
      }
    });
  });
}

export function isKnownCurve(name: unknown): name is EcCurve | OkpCurve {
  return typeof name === 'string' && (isEcCurve(name) || isOkpCurve(name));
}

export function isEc(name: EcCurve | OkpCurve): name is EcCurve {
  return isEcCurve(name);
}

/** An INTEGER's content without the sign byte; RSA numbers that are negative make no sense anywhere. */
function unsigned(integer: Uint8Array): Uint8Array {
  if ((integer[0] as number) >= 0x80) throw invalid('An RSA key has a negative number.');
  return integer[0] === 0 && integer.length > 1 ? integer.subarray(1) : integer;
}

function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail });
}
