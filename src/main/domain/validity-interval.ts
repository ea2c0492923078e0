import { ChanceryError } from '../../shared/errors.ts';

/** The ends of a validity that are given as moments. */
export interface ValidityInterval {
  /** Null where it begins when the certificate is issued. */
  readonly start: Date | null;
  readonly end: Date;
}

const moment = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z`;
const interval = new RegExp(`^(?:(${moment})/)?(${moment})$`);

/**
 * Reads `start/end`, the time interval of ISO 8601 with RFC 3339 moments in UTC, or the end alone; undefined for a
 * text that looks like neither, which may be a duration. Throws INVALID_INPUT for moments that do not exist, and for
 * an end that is not after the start.
 */
export function readValidityInterval(text: string): ValidityInterval | undefined {
  const [, first, last] = interval.exec(text) ?? [];
  if (last === undefined) return undefined;
  const start = first === undefined ? null : new Date(first);
  const end = new Date(last);
  if (Number.isNaN(end.getTime()) || (start !== null && !(start < end))) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: `${JSON.stringify(text)} is no time interval.`,
      hint: 'Write two moments, the earlier first: 2027-01-01T00:00:00Z/2027-04-01T00:00:00Z.',
    });
  }
  return { start, end };
}
