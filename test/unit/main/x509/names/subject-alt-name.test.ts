import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseSubjectAltName } from '../../../../../src/main/x509/index.ts';
import { formatIpAddress, parseIpAddress } from '../../../../../src/main/x509/names/ip-address.ts';
import type { SubjectAltName } from '../../../../../src/shared/model/names.ts';
import { thrownBy } from '../support/errors.ts';

function normalised(type: SubjectAltName['type'], value: string): string {
  return normaliseSubjectAltName({ type, value }).value;
}

describe('normaliseSubjectAltName', () => {
  it.each<[SubjectAltName['type'], string, string]>([
    ['dns', 'a.example', 'a.example'],
    ['dns', 'A.Example', 'A.Example'],
    ['dns', '*.a.example', '*.a.example'],
    ['dns', '_acme.a.example', '_acme.a.example'],
    ['dns', 'localhost', 'localhost'],
    ['dns', '1.2', '1.2'],
    ['dns', 'bücher.example', 'xn--bcher-kva.example'],
    ['dns', '*.bücher.example', '*.xn--bcher-kva.example'],
    ['ip', '192.0.2.1', '192.0.2.1'],
    ['ip', '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['ip', '::ffff:192.0.2.1', '::ffff:c000:201'],
    ['email', 'a.b+c@example.com', 'a.b+c@example.com'],
    ['email', 'a@bücher.example', 'a@xn--bcher-kva.example'],
    ['uri', 'urn:uuid:1', 'urn:uuid:1'],
    ['uri', 'https://a.example/?q=%20#f', 'https://a.example/?q=%20#f'],
    ['upn', 'jürgen@corp.example', 'jürgen@corp.example'],
  ])('takes %s %s as %s', (type, value, expected) => {
    expect(normalised(type, value)).toBe(expected);
  });

  it.each<[SubjectAltName['type'], string]>([
    ['dns', ''],
    ['dns', '*'],
    ['dns', 'a.*.example'],
    ['dns', 'a*.example'],
    ['dns', '.a.example'],
    ['dns', 'a.example.'],
    ['dns', 'a..example'],
    ['dns', '-a.example'],
    ['dns', 'a-.example'],
    ['dns', 'a b.example'],
    ['dns', 'a.example\0.evil.example'],
    ['dns', 'ü/x'],
    ['dns', 'https://a.example'],
    ['dns', 'ü:80'],
    ['dns', `${'a'.repeat(64)}.example`],
    ['dns', `${'a.'.repeat(127)}a`],
    ['dns', `${'ü'.repeat(100_000)}`],
    ['ip', '192.0.2'],
    ['ip', '192.0.2.256'],
    ['ip', '010.0.0.1'],
    ['ip', '192.0.2.0/24'],
    ['ip', 'fe80::1%eth0'],
    ['ip', '1::2::3'],
    ['email', 'nobody'],
    ['email', '@example.com'],
    ['email', 'ü@example.com'],
    ['email', 'a@*.example.com'],
    ['email', 'a@b@example.com'],
    ['uri', '/relative'],
    ['uri', 'https://a.example/ü'],
    ['uri', 'https://a.example/a b'],
    ['upn', 'nobody'],
    ['upn', 'a\n@b'],
  ])('refuses %s %j', (type, value) => {
    expect(thrownBy(() => normalised(type, value)).code).toBe('INVALID_INPUT');
  });
});

describe('IP addresses', () => {
  it.each([
    ['::', '0'.repeat(32)],
    ['::1', `${'0'.repeat(31)}1`],
    ['1::', `0001${'0'.repeat(28)}`],
    ['2001:db8::1:0:0:1', '20010db8000000000001000000000001'],
    ['2001:db8:0:1:1:1:1:1', '20010db8000000010001000100010001'],
  ])('has the bytes of %s and its shortest text', (text, hex) => {
    expect(Buffer.from(parseIpAddress(text) ?? []).toString('hex')).toBe(hex);
    expect(formatIpAddress(Buffer.from(hex, 'hex'))).toBe(text);
  });

  it('reads back every IPv6 address it writes', () => {
    const groups = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 })), {
      minLength: 16,
      maxLength: 16,
    });
    fc.assert(
      fc.property(groups, (values) => {
        const bytes = Uint8Array.from(values);
        const text = formatIpAddress(bytes) ?? '';
        expect(isIPv6(text)).toBe(true);
        expect(parseIpAddress(text)).toEqual(bytes);
      }),
      { seed: 20_260_104, numRuns: 1000 },
    );
  });

  it('has no text for any other number of bytes', () => {
    for (const size of [0, 3, 5, 15, 17, 32]) expect(formatIpAddress(new Uint8Array(size))).toBeUndefined();
  });
});
