/** Ways in which an RSA modulus gives its primes away. Every test is bounded in rounds; none factors in earnest. */

/** Fermat's method is tried this often, as the CA/Browser Forum's baseline asks (section 6.1.1.3). */
const fermatRounds = 100;

/** No test is run on larger ones, since arithmetic on them takes seconds. */
export const maxTestedBits = 16_384;

const smallPrimes = primesBelow(10_000);

function primesBelow(limit: number): number[] {
  const isComposite = new Uint8Array(limit);
  const primes: number[] = [];
  for (let n = 2; n < limit; n++) {
    if (isComposite[n] === 1) continue;
    primes.push(n);
    for (let multiple = n * n; multiple < limit; multiple += n) isComposite[multiple] = 1;
  }
  return primes;
}

/** A prime below 10,000 that divides the modulus. */
export function smallFactor(modulus: bigint): number | undefined {
  return smallPrimes.find((prime) => modulus % BigInt(prime) === 0n);
}

/** Whether two primes so close to one another make up the modulus that their mean shows them. */
export function hasClosePrimes(modulus: bigint): boolean {
  let mean = squareRoot(modulus);
  if (mean * mean < modulus) mean++;
  for (let round = 0; round < fermatRounds; round++, mean++) {
    if (isSquare(mean * mean - modulus)) return true;
  }
  return false;
}

function isSquare(n: bigint): boolean {
  // Squares end in 12 of the 64 patterns of six bits; this spares the root for four of five numbers.
  if ((0x0202021202030213n >> (n & 63n)) % 2n === 0n) return false;
  const root = squareRoot(n);
  return root * root === n;
}

/** The whole part of the square root, by Newton's method. */
function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt((n.toString(16).length * 4 + 1) >> 1);
  while (true) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** The primes below 168 with the remainders that powers of 65537 leave on division by each. */
const rocaMarks = smallPrimes
  .filter((prime) => prime > 2 && prime < 168)
  .map((prime) => {
    const remainders = new Set<number>();
    for (let power = 1; !remainders.has(power); power = (power * 65_537) % prime) remainders.add(power);
    return { prime: BigInt(prime), remainders };
  });

/**
 * Whether the modulus is one of Infineon's broken library (CVE-2017-15361): its primes are powers of 65537 for
 * every small prime, which a sound modulus is once in 2^27.
 */
export function hasRocaMark(modulus: bigint): boolean {
  return rocaMarks.every(({ prime, remainders }) => remainders.has(Number(modulus % prime)));
}

/** With so many other moduli is one compared at most. */
export const maxCompared = 10_000;

/** The first of the given moduli that shares a prime factor with this one without being the same. */
export function sharesFactor(modulus: bigint, others: readonly bigint[]): bigint | undefined {
  const compared = others.filter((other) => other > 1n && other !== modulus);
  const product = compared.reduce((all, other) => (all * other) % modulus, 1n);
  if (greatestCommonDivisor(product, modulus) === 1n) return undefined;
  return compared.find((other) => greatestCommonDivisor(other, modulus) !== 1n);
}

/**
 * For each modulus of a list, the factor that it shares with any other (1 for none, itself for one that is there
 * twice): Bernstein's batch gcd, in far less than the square of the list's length.
 */
export function sharedFactors(moduli: readonly bigint[]): bigint[] {
  if (moduli.length < 2) return moduli.map(() => 1n);
  const levels = [[...moduli]];
  for (let level = levels[0] ?? []; level.length > 1; levels.push(level)) level = products(level);
  let remainders = levels.pop() ?? [];
  for (const level of levels.toReversed()) {
    const above = remainders;
    remainders = level.map((value, i) => (above[i >> 1] ?? 0n) % (value * value));
  }
  return moduli.map((modulus, i) => greatestCommonDivisor((remainders[i] ?? 0n) / modulus, modulus));
}

function products(level: readonly bigint[]): bigint[] {
  const pairs: bigint[] = [];
  for (let i = 0; i < level.length; i += 2) pairs.push((level[i] ?? 1n) * (level[i + 1] ?? 1n));
  return pairs;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = a > b ? [a, b] : [b, a];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
