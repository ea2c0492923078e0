/** RSA keys as broken generators make them. */
import { checkPrimeSync, createPrivateKey, generatePrimeSync, type KeyObject } from 'node:crypto';

const exponent = 65_537n;

/** One whose primes are neighbours, so that Fermat's method finds them at once. */
export function keyWithClosePrimes(): KeyObject {
  const p = newPrime();
  let q = p + 2n;
  while (q % exponent === 1n || !checkPrimeSync(q)) q += 2n;
  return keyOf(p, q);
}

/** Two that have one prime in common, as devices without randomness make them. */
export function keysWithCommonPrime(): [KeyObject, KeyObject] {
  const p = newPrime();
  return [keyOf(p, newPrime()), keyOf(p, newPrime())];
}

function newPrime(): bigint {
  let p = 0n;
  while (p % exponent <= 1n) p = generatePrimeSync(1024, { bigint: true });
  return p;
}

function keyOf(p: bigint, q: bigint): KeyObject {
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const key = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, encoded(value)]));
  return createPrivateKey({ format: 'jwk', key: { kty: 'RSA', ...key } });
}

/** The inverse of a number modulo another, by Euclid's extended method. */
function inverse(number: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [number % modulus, modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

function encoded(number: bigint): string {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
}
