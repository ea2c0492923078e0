import { describe, expect, it } from 'vitest';
import { certificateStatus } from '../../../../src/main/domain/lifecycle.ts';

const notBefore = new Date('2025-01-01T00:00:00Z');
const notAfter = new Date('2025-12-31T23:59:59Z');
const fresh = { notBefore, notAfter, revokedAt: null, revocationReason: null };
const revoked = { ...fresh, revokedAt: new Date('2025-06-01T00:00:00Z') };

describe('certificateStatus', () => {
  it.each([
    ['2024-12-31T23:59:59.999Z', 'not-yet-valid'],
    ['2025-01-01T00:00:00.000Z', 'valid'],
    ['2025-12-31T23:59:59.000Z', 'valid'],
    ['2025-12-31T23:59:59.001Z', 'expired'],
  ])('at %s is %s', (now, status) => {
    expect(certificateStatus(fresh, new Date(now))).toBe(status);
  });

  it.each([
    ['keyCompromise', '2025-07-01T00:00:00Z', 'revoked'],
    ['certificateHold', '2025-07-01T00:00:00Z', 'held'],
    [null, '2025-07-01T00:00:00Z', 'revoked'],
    ['superseded', '2026-07-01T00:00:00Z', 'revoked'],
    ['superseded', '2024-07-01T00:00:00Z', 'revoked'],
    ['superseded', '2025-03-01T00:00:00Z', 'revoked'],
  ] as const)('revoked for %s is at %s %s', (revocationReason, now, status) => {
    expect(certificateStatus({ ...revoked, revocationReason }, new Date(now))).toBe(status);
  });

  it('is valid again when a hold was lifted', () => {
    expect(certificateStatus({ ...fresh, revokedAt: undefined, revocationReason: undefined }, notAfter)).toBe(
      'valid',
    );
  });
});
