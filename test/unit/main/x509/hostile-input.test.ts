import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeName,
  keyAlgorithmOf,
  parseCertificate,
  parseCsr,
  parseName,
  readCertificates,
  readCsr,
  readPem,
  verifyCsr,
} from '../../../../src/main/x509/index.ts';
import { ChanceryError } from '../../../../src/shared/errors.ts';
import { Dice } from '../../../fuzz/dice.ts';
import { mutate } from '../../../fuzz/mutate.ts';
import { extensionRequest, makeCsr } from './support/test-csr.ts';

const seed = 20_260_106;

const csr = makeCsr({
  attributes: extensionRequest(
    ['2.5.29.17', (writer) => void writer.sequence(() => writer.text(0x82, 'a.example'))],
    ['2.5.29.15', (writer) => void writer.bitString(Uint8Array.of(0x80), 7)],
    ['2.5.29.19', (writer) => void writer.sequence(() => writer.boolean(true))],
  ),
});

/** Runs the reader; whatever it throws has to be a ChanceryError that is not INTERNAL. */
function survives(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(ChanceryError);
    expect((error as ChanceryError).code).not.toBe('INTERNAL');
  }
}

it('a request whose signed part was changed never verifies', () => {
  const original = parseCsr(csr);
  const changed = Array.from({ length: 3000 }, (_, index) => mutate(csr, csr, new Dice(seed, index)).bytes);
  const verified = changed.filter((der) => {
    let isVerified = false;
    survives(() => {
      const parsed = parseCsr(der);
      isVerified = verifyCsr(parsed) && Buffer.compare(parsed.tbs, original.tbs) !== 0;
    });
    return isVerified;
  });
  expect(verified).toEqual([]);
});

describe('any bytes', () => {
  it('give a value or a ChanceryError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, asSequence) => {
        const der = asSequence ? Uint8Array.of(0x30, 0x81, bytes.length, ...bytes) : bytes;
        survives(() => readCsr(der));
        survives(() => readCertificates(der));
        survives(() => parseCertificate(der));
        survives(() => parseName(der));
        survives(() => keyAlgorithmOf(der));
      }),
      { seed, numRuns: 3000 },
    );
  });
});

describe('inputs made to be slow', () => {
  it.each<[string, () => unknown]>([
    ['many beginnings of PEM blocks', () => readPem('-----BEGIN X-----\n'.repeat(500_000))],
    ['a label without end', () => readPem(`-----BEGIN ${'A '.repeat(1_000_000)}`)],
    [
      'a request of nothing but attributes',
      () =>
        parseCsr(
          makeCsr({
            attributes: (w) => {
              for (let i = 0; i < 15_000; i++) w.sequence(() => {});
            },
          }),
        ),
    ],
    ['a certificate of nested sequences', () => parseCertificate(nest(60_000))],
    ['a name of thousands of parts', () => parseName(manyNames())],
  ])('are refused or read in one pass: %s', (_, read) => {
    survives(read);
  });
});

/** Sequences in one another, with all lengths in the four-byte form that fits any place. */
function nest(levels: number): Uint8Array {
  const bytes = new Uint8Array(levels * 4);
  for (let i = 0; i < levels; i++) {
    const length = Math.max(bytes.length - (i + 1) * 4, 0);
    bytes.set([0x30, 0x82, (length >> 8) & 0xff, length & 0xff], i * 4);
  }
  return bytes;
}

function manyNames(): Uint8Array {
  const one = encodeName({ commonName: 'a' }).subarray(2);
  const bytes = new Uint8Array(4 + one.length * 4000);
  for (let i = 0; i < 4000; i++) bytes.set(one, 4 + i * one.length);
  bytes.set([0x30, 0x82, (bytes.length - 4) >> 8, (bytes.length - 4) & 0xff]);
  return bytes;
}
