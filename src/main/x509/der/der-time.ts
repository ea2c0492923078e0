/** Times in X.509: UTCTime through 2049, GeneralizedTime from 2050 on, whole seconds (RFC 5280 4.1.2.5). */
import { ChanceryError } from '../../../shared/errors.ts';
import type { DerReader } from './der-reader.ts';
import { tags } from './der-tags.ts';
import type { DerWriter } from './der-writer.ts';

/** Writes a time of a certificate or CRL, without its milliseconds; throws INVALID_INPUT outside 1000..9999. */
export function writeTime(writer: DerWriter, time: Date): void {
  const digits = timeDigits(time);
  const year = time.getUTCFullYear();
  if (year >= 1950 && year < 2050) writer.value(tags.utcTime, digits.subarray(2));
  else writer.value(tags.generalizedTime, digits);
}

/** Writes a GeneralizedTime, which some fields have at any date (RFC 5280 section 5.3.2). */
export function writeGeneralizedTime(writer: DerWriter, time: Date): void {
  writer.value(tags.generalizedTime, timeDigits(time));
}

/** YYYYMMDDHHMMSSZ in ASCII, digit by digit: a large CRL has a million of them, and strings took half its time. */
function timeDigits(time: Date): Uint8Array {
  const year = time.getUTCFullYear();
  if (!(year >= 1000 && year <= 9999)) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'A time lies outside the years that X.509 can write.',
    });
  }
  const digits = new Uint8Array(15);
  putPair(digits, 0, Math.floor(year / 100));
  putPair(digits, 2, year % 100);
  putPair(digits, 4, time.getUTCMonth() + 1);
  putPair(digits, 6, time.getUTCDate());
  putPair(digits, 8, time.getUTCHours());
  putPair(digits, 10, time.getUTCMinutes());
  putPair(digits, 12, time.getUTCSeconds());
  digits[14] = 0x5a;
  return digits;
}

function putPair(digits: Uint8Array, at: number, value: number): void {
  digits[at] = 0x30 + Math.floor(value / 10);
  digits[at + 1] = 0x30 + (value % 10);
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
