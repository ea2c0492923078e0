import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backOffMs,
  lookAtOrder,
  momentIn,
  renewalEligibility,
  renewalWindow,
} from '../../../../src/main/domain/index.ts';
import type { RenewalFacts } from '../../../../src/main/domain/renewal-eligibility.ts';

const dayMs = 86_400_000;
const begin = Date.UTC(2026, 0, 1);
const day = (number: number) => new Date(begin + number * dayMs);
const lifetime = { notBefore: day(0), notAfter: day(90), revokedAt: null, revocationReason: null };
const days = (date: Date) => (date.getTime() - begin) / dayMs;

describe('the window of a renewal', () => {
  it.each([
    ['30d', 60, 75],
    ['P30D', 60, 75],
    ['20%', 72, 81],
    ['1d', 89, 89.5],
    ['99%', 30, 60],
    ['P1Y', 30, 60],
  ])('%s before the end begins on day %d and ends on day %d', (renewBefore, start, end) => {
    const window = renewalWindow(lifetime, renewBefore);
    expect([days(window.start), days(window.end)]).toEqual([start, end]);
  });

  it('goes by the calendar where months are meant', () => {
    const notAfter = new Date('2027-03-31T00:00:00Z');
    const { start } = renewalWindow({ notBefore: day(0), notAfter }, '1m');
    expect(start.toISOString()).toBe('2027-02-28T00:00:00.000Z');
  });

  it('has one moment for each certificate, inside of it, and spreads many over it', () => {
    const window = renewalWindow(lifetime, '30d');
    const moments = Array.from({ length: 1000 }, (_, index) => days(momentIn(window, `order ${index}`)));
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...moments)).toBeLessThan(75);
    expect(new Set(moments.map((moment) => Math.floor(moment))).size).toBe(15);
    expect(momentIn(window, 'a')).toEqual(momentIn(window, 'a'));
  });
});

describe('the wait after a failure', () => {
  it('grows from half a minute to a day, and leaves time for three more tries', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.string(),
        fc.integer({ min: 0, max: 400 }),
        (failures, seed, left) => {
          const wait = backOffMs(failures, seed, left * dayMs);
          expect(wait).toBeGreaterThanOrEqual(30_000);
          expect(wait).toBeLessThanOrEqual(Math.max(30_000, Math.min(dayMs, (left * dayMs) / 4)));
        },
      ),
    );
    expect(backOffMs(40, 'a', 400 * dayMs)).toBeGreaterThan(backOffMs(5, 'a', 400 * dayMs));
  });
});

describe('whether a certificate can be renewed', () => {
  const facts: RenewalFacts = {
    lifetime,
    foreignIssuer: null,
    profile: 'there',
    issuer: { name: 'issuing', isActive: true, notAfter: day(3650) },
    renewedBy: null,
  };
  const codes = (changed: Partial<RenewalFacts>, at = day(45)) =>
    renewalEligibility({ ...facts, ...changed }, at).map(({ code }) => code);

  it.each<[string[], Partial<RenewalFacts>, Date?]>([
    [[], {}],
    [[], { issuer: null }],
    [['expired'], {}, day(91)],
    [['not-yet-valid'], {}, day(-1)],
    [['revoked'], { lifetime: { ...lifetime, revokedAt: day(3), revocationReason: 'keyCompromise' } }],
    [['revoked'], { lifetime: { ...lifetime, revokedAt: day(3), revocationReason: 'certificateHold' } }],
    [['already-renewed'], { renewedBy: '0A' }],
    [['imported'], { foreignIssuer: 'CN=Elsewhere', profile: 'none', issuer: null }],
    [['no-profile'], { profile: 'none', issuer: null }],
    [['profile-gone'], { profile: 'gone', issuer: null }],
    [['authority-inactive'], { issuer: { name: 'a', isActive: false, notAfter: day(3650) } }],
    [['authority-inactive'], { issuer: { name: 'a', isActive: true, notAfter: day(44) } }],
    [['authority-ends-first'], { issuer: { name: 'a', isActive: true, notAfter: day(90) } }],
    [['expired', 'already-renewed'], { renewedBy: '0A' }, day(100)],
  ])('%j', (expected, changed, at) => expect(codes(changed, at)).toEqual(expected));
});

describe('a look at an order', () => {
  const look = (at: number, automatic: { renewBefore: string } | null = null) =>
    lookAtOrder({ lifetime, automatic, cameEnded: false }, day(at));
  const at = (number: number) => day(number).getTime();

  it('tells of the end in the last 30 days where nobody renews, and of what has ended', () => {
    expect(look(10)).toEqual({ alert: null, renew: false, dueAt: at(90), nextAt: at(60) });
    expect(look(60)).toMatchObject({ alert: 'certificate.expiring', renew: false, nextAt: at(90) + 1 });
    expect(look(91)).toEqual({ alert: 'certificate.expired', renew: false, dueAt: null, nextAt: null });
  });

  it('renews from the beginning of the window on, and tells when half of it has passed', () => {
    const automatic = { renewBefore: '30d' };
    expect(look(59, automatic)).toEqual({ alert: null, renew: false, dueAt: at(60), nextAt: at(60) });
    expect(look(60, automatic)).toEqual({ alert: null, renew: true, dueAt: at(60), nextAt: at(75) });
    expect(look(76, automatic)).toMatchObject({ alert: 'certificate.expiring', renew: true });
  });

  it('tells nobody of what had ended before it came, and looks again at what is on hold', () => {
    const held = { ...lifetime, revokedAt: day(5), revocationReason: 'certificateHold' } as const;
    expect(lookAtOrder({ lifetime, automatic: null, cameEnded: true }, day(91)).alert).toBeNull();
    expect(lookAtOrder({ lifetime: held, automatic: null, cameEnded: false }, day(6)).nextAt).toBe(at(7));
  });
});
