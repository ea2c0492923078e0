/** Times in X.509: UTCTime through 2049, GeneralizedTime from 2050 on, whole seconds (RFC 5280 4.1.2.5). */
import { ChanceryError } from '../../../shared/errors.ts';
import type { DerReader } from './der-reader.ts';
import { tags } from './der-tags.ts';
import type { DerWriter } from './der-writer.ts';

/** Writes a time of a certificate or CRL, without its milliseconds; throws INVALID_INPUT outside 1..9999. */
export function writeTime(writer: DerWriter, time: Date): void {
  const digits = timeDigits(time);
  const year = time.getUTCFullYear();
  if (year >= 1950 && year < 2050) writer.text(tags.utcTime, digits.slice(2));
  else writer.text(tags.generalizedTime, digits);
}

/** Writes a GeneralizedTime, which some fields have at any date (RFC 5280 section 5.3.2). */
export function writeGeneralizedTime(writer: DerWriter, time: Date): void {
  writer.text(tags.generalizedTime, timeDigits(time));
}

function timeDigits(time: Date): string {
  const year = time.getUTCFullYear();
  if (!(year >= 1000 && year <= 9999)) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'A time lies outside the years that X.509 can write.',
    });
  }
  const iso = time.toISOString();
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
}

/** Reads a Time; only the forms of RFC 5280 are taken: with seconds, in UTC, without fractions. */
export function readTime(reader: DerReader, what: string): Date {
  const isShort = reader.peek() === tags.utcTime;
  const content = reader.content(isShort ? tags.utcTime : tags.generalizedTime, what);
  const text = Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
  const match = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (match === null || text.length !== (isShort ? 13 : 15)) reader.fail(`${what} is not a time of RFC 5280`);
  const [written = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const year = isShort ? written + (written < 50 ? 2000 : 1900) : written;
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal =
    time.getUTCFullYear() === year &&
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isReal) reader.fail(`${what} is not a real date`);
  return time;
}
