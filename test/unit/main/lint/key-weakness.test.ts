import { generateKeyPairSync, generatePrimeSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curves, ed25519Problem, pointProblem } from '../../../../src/main/lint/hygiene/curve-point.ts';
import {
  hasClosePrimes,
  hasRocaMark,
  sharedFactors,
  smallFactor,
} from '../../../../src/main/lint/hygiene/rsa-weakness.ts';

const prime = (bits: number) => generatePrimeSync(bits, { bigint: true });

/** The 512-bit example key of the roca-detect tool, made by an affected library. */
const published = BigInt(
  '0x944e13208a280c37efc31c3114485e590192adbb8e11c87cad60cdef0037ce99278330d3f471a2538fa667802ed2a3c4' +
    '4a8b7dea826e888d0aa341fd664f7fa7',
);

describe('an RSA modulus', () => {
  it('of sound primes shows nothing', () => {
    const modulus = prime(1024) * prime(1024);
    expect(smallFactor(modulus)).toBeUndefined();
    expect(hasClosePrimes(modulus)).toBe(false);
    expect(hasRocaMark(modulus)).toBe(false);
  });

  it('of the broken library bears its mark', () => {
    expect(hasRocaMark(published)).toBe(true);
  });

  it('of neighbouring primes is found out, and so is a square', () => {
    const p = prime(512);
    let q = p + 2n;
    while (smallFactor(q) !== undefined) q += 2n;
    expect(hasClosePrimes(p * q)).toBe(true);
    expect(hasClosePrimes(p * p)).toBe(true);
  });

  it('is compared with all others of a list at once', () => {
    const [a, b, c, d, e] = Array.from({ length: 5 }, () => prime(256));
    if (!a || !b || !c || !d || !e) throw new Error('primes');
    expect(sharedFactors([a * b, c * d, a * e])).toEqual([a, 1n, a]);
    expect(sharedFactors([a * b, a * b])).toEqual([a * b, a * b]);
    expect(sharedFactors([a * b])).toEqual([1n]);
    expect(sharedFactors([])).toEqual([]);
  });

  it('of a list gives the same factors as a comparison of each with each', () => {
    const primes = Array.from({ length: 8 }, () => prime(64));
    const pair = fc.tuple(fc.constantFrom(...primes), fc.constantFrom(...primes)).filter(([p, q]) => p !== q);
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 9 }), (pairs) => {
        const expected = pairs.map(([p, q], i) => {
          const others = pairs.filter((_, j) => j !== i).flat();
          return (others.includes(p) ? p : 1n) * (others.includes(q) ? q : 1n);
        });
        expect(sharedFactors(pairs.map(([p, q]) => p * q))).toEqual(expected);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('a point', () => {
  it.each([...curves.values()])('that node makes on $name lies on it, and one changed does not', (curve) => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: curve.name });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const point = Uint8Array.from(spki.subarray(-(1 + 2 * curve.bytes)));
    expect(pointProblem(curve, point)).toBeUndefined();
    const compressed = Uint8Array.of(2, ...point.subarray(1, 1 + curve.bytes));
    expect(pointProblem(curve, compressed)).toBeUndefined();
    point[point.length - 1] = (point[point.length - 1] ?? 0) ^ 1;
    expect(pointProblem(curve, point)).toContain('not a point');
    expect(pointProblem(curve, Uint8Array.of(0))).toContain('infinity');
    expect(pointProblem(curve, point.subarray(1))).toContain('not the encoding');
  });

  it('of Ed25519 that node makes is good; those of small order and off the curve are not', () => {
    for (let i = 0; i < 20; i++) {
      const spki = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
      expect(ed25519Problem(spki.subarray(-32))).toBeUndefined();
    }
    const orderEight = 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a';
    for (const key of ['00'.repeat(32), `01${'00'.repeat(31)}`, orderEight, `ec${'ff'.repeat(30)}7f`]) {
      expect(ed25519Problem(Buffer.from(key, 'hex'))).toContain('small order');
    }
    expect(ed25519Problem(Buffer.from(`02${'00'.repeat(31)}`, 'hex'))).toContain('not a point');
    expect(ed25519Problem(Buffer.from('ff'.repeat(32), 'hex'))).toContain('not the encoding');
  });
});
