import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, isWithinDuration, parseDuration } from '../../../../src/main/domain/duration.ts';
import { DurationText, durationPattern } from '../../../../src/shared/model/policy.ts';

const span = (years: number, months: number, days: number, seconds: number) => ({
  years,
  months,
  days,
  seconds,
});

describe('parseDuration', () => {
  it.each([
    ['P90D', span(0, 0, 90, 0)],
    ['90d', span(0, 0, 90, 0)],
    ['P1Y', span(1, 0, 0, 0)],
    ['1y', span(1, 0, 0, 0)],
    ['6m', span(0, 6, 0, 0)],
    ['P6M', span(0, 6, 0, 0)],
    ['PT6M', span(0, 0, 0, 360)],
    ['30min', span(0, 0, 0, 1800)],
    ['12h', span(0, 0, 0, 43_200)],
    ['PT12H', span(0, 0, 0, 43_200)],
    ['2w', span(0, 0, 14, 0)],
    ['P2W', span(0, 0, 14, 0)],
    ['P1Y2M3DT4H5M6S', span(1, 2, 3, 14_706)],
    ['P0Y1D', span(0, 0, 1, 0)],
  ])('reads %s', (text, expected) => {
    expect(parseDuration(text)).toEqual(expected);
  });

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    'P0D',
    '0d',
    '0',
    '90',
    'd',
    '-90d',
    'P-1D',
    '+1d',
    '1.5d',
    'P1.5D',
    '90 d',
    ' 90d',
    '90d\n',
    '90D',
    'p90d',
    '1M',
    'P1W1D',
    'P1D1Y',
    '999999999999d',
    'P1e3D',
    '९d',
    '1d1h',
    'Infinityd',
    'P'.repeat(65),
  ])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(DurationText.safeParse(text).success).toBe(false);
  });

  it('reads everything that the shape of a policy lets through', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^(P([0-9]{1,3}[YMWD]){0,3}(T([0-9]{1,3}[HMS]){1,3})?|[0-9]{1,3}(y|m|w|d|h|min))$/),
        (text) => {
          fc.pre(durationPattern.test(text) && /[1-9]/.test(text));
          const { years, months, days, seconds } = parseDuration(text);
          expect(years + months + days + seconds).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('addDuration', () => {
  it.each([
    ['2024-01-31T10:00:00Z', '1m', '2024-02-29T10:00:00.000Z'],
    ['2023-01-31T10:00:00Z', '1m', '2023-02-28T10:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '1y', '2025-02-28T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', 'P4Y', '2028-02-29T00:00:00.000Z'],
    ['2025-12-31T23:59:59Z', '2m', '2026-02-28T23:59:59.000Z'],
    ['2025-03-29T12:00:00Z', '2d', '2025-03-31T12:00:00.000Z'],
    ['2025-01-31T00:00:00Z', 'P1M1D', '2025-03-01T00:00:00.000Z'],
    ['2025-01-01T00:00:00Z', 'PT1H1S', '2025-01-01T01:00:01.000Z'],
    ['1999-12-31T00:00:00Z', 'P398D', '2001-02-01T00:00:00.000Z'],
  ])('%s and %s is %s', (start, text, expected) => {
    expect(addDuration(new Date(start), parseDuration(text)).toISOString()).toBe(expected);
  });

  it('leaves the date that it was given alone', () => {
    const start = new Date('2025-01-01T00:00:00Z');
    addDuration(start, parseDuration('1y'));
    expect(start.toISOString()).toBe('2025-01-01T00:00:00.000Z');
  });

  it.each(['999y', 'P999Y9999M'])('refuses to go past the year 9999 by %s', (text) => {
    expect(() => addDuration(new Date('9500-01-01T00:00:00Z'), parseDuration(text))).toThrow(/9999/);
  });
});

describe('isWithinDuration', () => {
  it('takes the very end and nothing after it', () => {
    const start = new Date('2025-01-01T00:00:00Z');
    const duration = parseDuration('P90D');
    expect(isWithinDuration(start, new Date('2025-04-01T00:00:00.000Z'), duration)).toBe(true);
    expect(isWithinDuration(start, new Date('2025-04-01T00:00:00.001Z'), duration)).toBe(false);
  });

  it('limits nothing where the duration reaches past the year 9999', () => {
    expect(
      isWithinDuration(
        new Date('9500-01-01T00:00:00Z'),
        new Date('9999-12-31T23:59:59Z'),
        parseDuration('999y'),
      ),
    ).toBe(true);
  });
});
