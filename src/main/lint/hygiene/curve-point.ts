/** Whether the bytes of a key are a point of its curve, other than the one at infinity. */
import { unsignedInteger } from '../read/read-key.ts';

interface Curve {
  readonly name: string;
  readonly bytes: number;
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
}

function curve(name: string, bytes: number, p: string, b: string, a?: string): Curve {
  const prime = BigInt(`0x${p}`);
  return { name, bytes, p: prime, a: a === undefined ? prime - 3n : BigInt(`0x${a}`), b: BigInt(`0x${b}`) };
}

/** SEC 2 version 2 and RFC 5639: y^2 = x^3 + ax + b modulo p, where a is -3 unless it is given. */
export const curves: ReadonlyMap<string, Curve> = new Map([
  [
    '1.2.840.10045.3.1.7',
    curve(
      'P-256',
      32,
      'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff',
      '5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b',
    ),
  ],
  [
    '1.3.132.0.34',
    curve(
      'P-384',
      48,
      'fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff',
      'b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef',
    ),
  ],
  [
    '1.3.132.0.35',
    curve(
      'P-521',
      66,
      `1ff${'ff'.repeat(64)}`,
      `51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00`,
    ),
  ],
  [
    '1.3.132.0.10',
    curve('secp256k1', 32, 'fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f', '7', '0'),
  ],
  [
    '1.3.36.3.3.2.8.1.1.7',
    curve(
      'brainpoolP256r1',
      32,
      'a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377',
      '26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6',
      '7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9',
    ),
  ],
  [
    '1.3.36.3.3.2.8.1.1.11',
    curve(
      'brainpoolP384r1',
      48,
      '8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a71874700133107ec53',
      '04a8c7dd22ce28268b39b55416f0447c2fb77de107dcd2a62e880ea53eeb62d57cb4390295dbc9943ab78696fa504c11',
      '7bc382c63d8c150c3c72080ace05afa0c2bea28e4fb22787139165efba91f90f8aa5814a503ad4eb04a8c7dd22ce2826',
    ),
  ],
  [
    '1.3.36.3.3.2.8.1.1.13',
    curve(
      'brainpoolP512r1',
      64,
      'aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f3',
      '3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94cadc083e67984050b75ebae5dd2809bd638016f723',
      '7830a3318b603b89e2327145ac234cc594cbdd8d3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94ca',
    ),
  ],
]);

/** What is wrong with a point of SEC 1 section 2.3.3, plain or compressed; undefined when nothing is. */
export function pointProblem({ name, bytes, p, a, b }: Curve, point: Uint8Array): string | undefined {
  const [form] = point;
  if (point.length === 1 && form === 0) return `The key is the point at infinity of ${name}.`;
  const isPlain = form === 4 && point.length === 1 + 2 * bytes;
  const isCompressed = (form === 2 || form === 3) && point.length === 1 + bytes;
  if (!isPlain && !isCompressed) return `The key is not the encoding of a point of ${name}.`;
  const x = unsignedInteger(point.subarray(1, 1 + bytes));
  const right = (x * x * x + a * x + b) % p;
  if (isCompressed) {
    return x < p && isSquareModulo(right, p) ? undefined : `The key is not a point of ${name}.`;
  }
  const y = unsignedInteger(point.subarray(1 + bytes));
  return x < p && y < p && (y * y) % p === right ? undefined : `The key is not a point of ${name}.`;
}

/** Euler's criterion, for an odd prime. */
function isSquareModulo(n: bigint, p: bigint): boolean {
  let [result, base, exponent] = [1n, n, (p - 1n) >> 1n];
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent % 2n === 1n) result = (result * base) % p;
    base = (base * base) % p;
  }
  return result <= 1n;
}

const p25519 = 2n ** 255n - 19n;
const d25519 = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
/** The y of the points of order 8; those of order 1, 2 and 4 have y = 1, -1 and 0. */
const yOfOrderEight = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const smallOrders = new Set([0n, 1n, p25519 - 1n, yOfOrderEight, p25519 - yOfOrderEight]);

/** What is wrong with an Ed25519 key (RFC 8032 section 5.1.3), one of small order included. */
export function ed25519Problem(key: Uint8Array): string | undefined {
  if (key.length !== 32) return `An Ed25519 key has 32 bytes, this one has ${key.length}.`;
  const y = unsignedInteger(key.toReversed()) & ((1n << 255n) - 1n);
  if (y >= p25519) return 'The key is not the encoding of a point of edwards25519.';
  if (smallOrders.has(y)) return 'The key is a point of small order, for which anyone can make signatures.';
  const square = y * y;
  const isOnCurve = isSquareModulo(((square - 1n) * (d25519 * square + 1n)) % p25519, p25519);
  return isOnCurve ? undefined : 'The key is not a point of edwards25519.';
}
