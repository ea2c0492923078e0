import { describe, expect, it } from 'vitest';
import { bareHex, colonHex } from '../../../../src/renderer/components/hex.ts';
import { base64Of, pemOf, readAsPem } from '../../../../src/renderer/components/read-as-pem.ts';
import { daysUntil, formatDistance } from '../../../../src/renderer/components/time.ts';

describe('a fingerprint', () => {
  it('is the same however a tool printed it', () => {
    const forms = [
      'sha256 Fingerprint=AB:cd:01',
      'SHA-256: ab cd 01',
      'abcd01',
      ' AB:CD:01\n',
      'SHA1 Fingerprint=AB:CD:01',
    ];
    for (const form of forms) expect(bareHex(form)).toBe('ABCD01');
  });

  it('is shown in pairs', () => {
    expect(colonHex('abcd01')).toBe('AB:CD:01');
  });
});

describe('a file that is asked for as PEM', () => {
  it('is wrapped where it is DER', async () => {
    const text = await readAsPem(new Blob([new Uint8Array([0x30, 0x82, 1, 0])]), 'CERTIFICATE');
    expect(text).toBe('-----BEGIN CERTIFICATE-----\nMIIBAA==\n-----END CERTIFICATE-----\n');
  });

  it('stays as it is where it is text', async () => {
    expect(await readAsPem(new Blob(['-----BEGIN X-----']), 'CERTIFICATE')).toBe('-----BEGIN X-----');
  });

  it('has lines of 64 characters, RFC 7468', () => {
    const lines = pemOf(new Uint8Array(100), 'X').trim().split('\n').slice(1, -1);
    expect(lines.map(({ length }) => length)).toEqual([64, 64, 8]);
  });

  it('survives sizes beyond what one call takes', () => {
    const bytes = new Uint8Array(100_000).map((_, index) => index % 251);
    expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });
});

describe('a distance in time', () => {
  const now = new Date('2026-01-01T00:00:00Z');

  it('is told in the largest unit that fits', () => {
    expect(formatDistance('2026-01-03T00:00:01Z', 'en', now)).toBe('in 2 days');
    expect(formatDistance('2025-12-31T22:59:00Z', 'en', now)).toBe('1 hour ago');
    expect(formatDistance('2029-01-01T00:00:00Z', 'en', now)).toBe('in 3 years');
    expect(formatDistance('2026-02-10T00:00:00Z', 'de', now)).toBe('in 5 Wochen');
  });

  it('counts the last day as none', () => {
    expect(daysUntil('2026-01-01T23:59:59Z', now)).toBe(0);
    expect(daysUntil('2025-12-31T23:59:59Z', now)).toBe(-1);
  });
});
