import { describe, expect, it } from 'vitest';
import { readValidityInterval } from '../../../../src/main/domain/index.ts';
import { validityFrom } from '../../../../src/main/services/authorities/build-authority.ts';

const now = new Date('2027-01-01T00:00:00.500Z');

describe('a validity given by moments', () => {
  it.each([
    ['2027-04-01T00:00:00Z', null, '2027-04-01T00:00:00.000Z'],
    ['2027-02-01T00:00:00Z/2027-04-01T00:00:00.25Z', '2027-02-01T00:00:00.000Z', '2027-04-01T00:00:00.250Z'],
  ])('is read from %s', (text, start, end) => {
    const interval = readValidityInterval(text);
    expect([interval?.start?.toISOString() ?? null, interval?.end.toISOString()]).toEqual([start, end]);
  });

  it.each(['90d', 'P90D', '2027-04-01', '2027-04-01T00:00:00+01:00', '/2027-04-01T00:00:00Z'])(
    'is not what %s says',
    (text) => {
      expect(readValidityInterval(text)).toBeUndefined();
    },
  );

  it.each([
    '2027-13-01T00:00:00Z',
    '2027-04-01T00:00:00Z/2027-04-01T00:00:00Z',
    '2027-04-01T00:00:00Z/2027-02-01T00:00:00Z',
  ])('is refused as %s', (text) => {
    expect(() => readValidityInterval(text)).toThrow('is no time interval');
  });

  it.each([
    ['2027-04-01T00:00:00Z', '2026-12-31T23:59:00.000Z'],
    ['2027-02-01T00:00:00Z/2027-04-01T00:00:00Z', '2027-02-01T00:00:00.000Z'],
    ['2020-01-01T00:00:00Z/2027-04-01T00:00:00Z', '2026-12-31T23:59:00.000Z'],
  ])('never begins before the certificate is issued: %s from %s on', (text, start) => {
    const { notBefore, notAfter } = validityFrom(now, text);
    expect([notBefore.toISOString(), notAfter.toISOString()]).toEqual([start, '2027-04-01T00:00:00.000Z']);
  });
});
