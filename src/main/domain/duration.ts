import { ChanceryError } from '../../shared/errors.ts';
import { durationPattern } from '../../shared/model/policy.ts';

/** A span of calendar time; months and years have no fixed number of seconds. */
export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly seconds: number;
}

const iso = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const short = /^(\d+)(y|m|w|d|h|min)$/;
const none: Duration = { years: 0, months: 0, days: 0, seconds: 0 };

function shortDuration(amount: number, unit: string): Duration {
  switch (unit) {
    case 'y':
      return { ...none, years: amount };
    case 'm':
      return { ...none, months: amount };
    case 'w':
      return { ...none, days: amount * 7 };
    case 'd':
      return { ...none, days: amount };
    case 'h':
      return { ...none, seconds: amount * 3600 };
    default:
      return { ...none, seconds: amount * 60 };
  }
}

function invalid(text: string): ChanceryError {
  return new ChanceryError({
    code: 'INVALID_INPUT',
    detail: `${JSON.stringify(text.slice(0, 64))} is not a duration.`,
    hint: 'Write ISO 8601 such as P90D or P1Y, or 90d, 12h, 2w, 6m (calendar months), 1y, 30min.',
  });
}

/** They come from policies and profiles: few, and each asked for by every issuance. */
const known = new Map<string, Duration>();
const mostKnown = 100;

/**
 * Reads ISO 8601 (`P1Y6M`, `P2W`, `P90D`, `PT12H`) or one short unit (`90d`, `12h`, `2w`, `1y`, `30min`, and `6m`,
 * which is calendar months). Throws INVALID_INPUT for anything else and for zero.
 */
export function parseDuration(text: string): Duration {
  const before = known.get(text);
  if (before) return before;
  const duration = readDuration(text);
  if (known.size >= mostKnown) known.clear();
  known.set(text, duration);
  return duration;
}

function readDuration(text: string): Duration {
  if (text.length > 64 || !durationPattern.test(text) || !/[1-9]/.test(text)) throw invalid(text);
  const [, amount, unit] = short.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) return shortDuration(Number(amount), unit);
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = (
    iso.exec(text) ?? []
  )
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0));
  return { years, months, days: weeks * 7 + days, seconds: hours * 3600 + minutes * 60 + seconds };
}

/** The last moment that RFC 5280 section 4.1.2.5 can express. */
const lastMoment = Date.UTC(9999, 11, 31, 23, 59, 59);

function shifted(date: Date, { years, months, days, seconds }: Duration): Date {
  const result = new Date(date);
  const day = result.getUTCDate();
  result.setUTCDate(1);
  result.setUTCMonth(result.getUTCMonth() + years * 12 + months);
  const lastDay = new Date(Date.UTC(result.getUTCFullYear(), result.getUTCMonth() + 1, 0)).getUTCDate();
  result.setUTCDate(Math.min(day, lastDay));
  result.setTime(result.getTime() + (days * 86_400 + seconds) * 1000);
  return result;
}

/**
 * The moment that lies the duration later, in UTC: first years and months by the calendar (31 January and one month
 * is the last of February), then days and seconds. Throws INVALID_INPUT past the year 9999.
 */
export function addDuration(date: Date, duration: Duration): Date {
  const result = shifted(date, duration);
  if (!(result.getTime() <= lastMoment))
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'This moment lies past the end of the year 9999.',
    });
  return result;
}

/** Whether `end` lies less than the duration after `start`. */
export function isShorterThan(start: Date, end: Date, duration: Duration): boolean {
  return end < shifted(start, duration);
}

/** Whether `end` lies at most the duration after `start`; a duration that reaches past the year 9999 limits nothing. */
export function isWithinDuration(start: Date, end: Date, duration: Duration): boolean {
  return end <= shifted(start, duration);
}

/** The moment that lies the duration earlier, in UTC, by the calendar as in addDuration. */
export function subtractDuration(date: Date, { years, months, days, seconds }: Duration): Date {
  return shifted(date, { years: -years, months: -months, days: -days, seconds: -seconds });
}
