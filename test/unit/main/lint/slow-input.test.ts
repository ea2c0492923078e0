import { describe, expect, it } from 'vitest';
import { lintCertificate, lintCrl } from '../../../../src/main/lint/index.ts';
import { tags } from '../../../../src/main/x509/der/der-tags.ts';
import { certificate, crl, dns, hex, list, nameOf, rsaSpki } from './document-parts.ts';

const options = { profile: 'public-like', moduli: [hex('ff'.repeat(256))] } as const;

/** Each would take minutes or all memory if a rule were quadratic, or arithmetic on it were not refused. */
describe('input made to be slow is linted to its end', () => {
  it.each<[string, () => Uint8Array]>([
    ['a modulus of a million bits', () => certificate({ spki: rsaSpki(2n ** 1_000_000n + 1n) })],
    ['the largest modulus that is tested', () => certificate({ spki: rsaSpki(2n ** 16_383n + 1n) })],
    [
      'thousands of alternative names and of common names',
      () =>
        certificate({
          subject: nameOf(
            ...Array.from({ length: 5000 }, (_, i): [string, number, string] => [
              '2.5.4.3',
              tags.utf8String,
              `c${i}`,
            ]),
          ),
          extensions: {
            subjectAltName: { value: list(...Array.from({ length: 8000 }, (_, i) => dns(`h${i}.eu`))) },
          },
        }),
    ],
    [
      'one very long alternative name',
      () => certificate({ extensions: { subjectAltName: { value: list(dns('a.'.repeat(100_000))) } } }),
    ],
  ])('%s', (_, make) => {
    expect(lintCertificate(make(), options).length).toBeGreaterThan(0);
  });

  it('a CRL of a hundred thousand entries', () => {
    const entries = Array.from({ length: 100_000 }, (_, i) => ({
      serial: Uint8Array.of(0x41, i >> 16, (i >> 8) & 0xff, i & 0xff),
    }));
    expect(lintCrl(crl({ entries }), options)).toEqual([]);
  });
});
