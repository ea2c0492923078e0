import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPem, writePem } from '../../../../../src/main/x509/index.ts';
import { thrownBy } from '../support/errors.ts';

describe('PEM', () => {
  it('has lines of 64 characters and a final newline', () => {
    const lines = writePem('CERTIFICATE', new Uint8Array(100)).split('\n');
    expect(lines.map(({ length }) => length)).toEqual([27, 64, 64, 8, 25, 0]);
  });

  it('has no empty line when the last one is full', () => {
    expect(writePem('X', new Uint8Array(48))).toBe(`-----BEGIN X-----\n${'A'.repeat(64)}\n-----END X-----\n`);
  });

  it('reads back as it was, with text around and between', () => {
    const blocks = fc.array(
      fc.record({
        label: fc.constantFrom('CERTIFICATE', 'X509 CRL', 'A-B C'),
        der: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      }),
      { maxLength: 5 },
    );
    const ending = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(blocks, ending, (list, newline) => {
        const text = list
          .map(({ label, der }) => `subject=CN = x\n--- a -- b\n${writePem(label, der)}\n`)
          .join('');
        expect(readPem(text.replaceAll('\n', newline))).toEqual(list);
      }),
      { seed: 20_260_105, numRuns: 300 },
    );
  });

  it.each([
    ['without an end', '-----BEGIN X-----\nAAAA\n'],
    ['whose end has another label', '-----BEGIN X-----\nAAAA\n-----END Y-----'],
    ['without a label', '-----BEGIN -----\nAAAA\n-----END -----'],
    ['without content', '-----BEGIN X-----\n-----END X-----'],
    ['with another character', '-----BEGIN X-----\nAA!A\n-----END X-----'],
    ['of the URL alphabet', '-----BEGIN X-----\nAA-_\n-----END X-----'],
    ['without its padding', '-----BEGIN X-----\nAA\n-----END X-----'],
    ['with bits behind its last byte', '-----BEGIN X-----\nAB==\n-----END X-----'],
    ['with padding in the middle', '-----BEGIN X-----\nAA==AAAA\n-----END X-----'],
    [
      'with the headers of old encrypted keys',
      '-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END X-----',
    ],
    ['within which another begins', '-----BEGIN X-----\nAAAA\n-----BEGIN X-----\nAAAA\n-----END X-----'],
  ])('refuses a block %s', (_, text) => {
    expect(thrownBy(() => readPem(text)).code).toBe('INVALID_INPUT');
  });

  it('finds nothing in other text', () => {
    expect(readPem('nothing -----END X----- here')).toEqual([]);
  });
});
