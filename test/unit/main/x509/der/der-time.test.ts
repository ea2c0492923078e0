import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DerReader } from '../../../../../src/main/x509/der/der-reader.ts';
import { tags } from '../../../../../src/main/x509/der/der-tags.ts';
import { readTime, writeTime } from '../../../../../src/main/x509/der/der-time.ts';
import { writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { thrownBy } from '../support/errors.ts';

function read(der: Uint8Array): Date {
  return readTime(
    DerReader.open(der, { code: 'INVALID_CERTIFICATE', name: 'sample', maxBytes: 100 }),
    'time',
  );
}

function textOf(time: string): string {
  const der = writeDer((writer) => writeTime(writer, new Date(time)));
  return `${der[0] === tags.utcTime ? 'UTC' : 'Generalized'} ${Buffer.from(der.subarray(2)).toString()}`;
}

describe('times of certificates', () => {
  it('change from UTCTime to GeneralizedTime with the year 2050, and before 1950', () => {
    expect(textOf('2049-12-31T23:59:59Z')).toBe('UTC 491231235959Z');
    expect(textOf('2050-01-01T00:00:00Z')).toBe('Generalized 20500101000000Z');
    expect(textOf('1950-01-01T00:00:00Z')).toBe('UTC 500101000000Z');
    expect(textOf('1949-12-31T23:59:59Z')).toBe('Generalized 19491231235959Z');
    expect(textOf('9999-12-31T23:59:59Z')).toBe('Generalized 99991231235959Z');
  });

  it('read back as they were, without their milliseconds', () => {
    const times = fc.date({
      min: new Date('1000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, (time) => {
        const seconds = Math.floor(time.getTime() / 1000) * 1000;
        expect(read(writeDer((writer) => writeTime(writer, time))).getTime()).toBe(seconds);
      }),
      { seed: 20_260_102, numRuns: 1000 },
    );
  });

  it('cannot be written when there is no such time', () => {
    for (const time of [
      new Date(Number.NaN),
      new Date('+010000-01-01T00:00:00Z'),
      new Date('0999-01-01T00:00:00Z'),
    ]) {
      expect(thrownBy(() => writeDer((writer) => writeTime(writer, time))).code).toBe('INVALID_INPUT');
    }
  });

  it.each([
    ['without seconds', tags.utcTime, '2601010000Z'],
    ['with an offset', tags.utcTime, '260101000000+0100'],
    ['with a fraction', tags.generalizedTime, '20600101000000.5Z'],
    ['without the Z', tags.generalizedTime, '20600101000000'],
    ['of the other form', tags.utcTime, '20600101000000Z'],
    ['on a 30 February', tags.utcTime, '260230000000Z'],
    ['in a month 13', tags.utcTime, '261301000000Z'],
    ['in a month 0', tags.utcTime, '260001000000Z'],
    ['at 24 hours', tags.utcTime, '260101240000Z'],
    ['with a second 60', tags.utcTime, '260101000060Z'],
    ['in the year 0', tags.generalizedTime, '00000101000000Z'],
  ])('are refused %s', (_, tag, text) => {
    expect(thrownBy(() => read(writeDer((writer) => writer.text(tag, text)))).code).toBe(
      'INVALID_CERTIFICATE',
    );
  });
});
