/** Times as people read them; everything is UTC, as it stands in certificates. */

const dayMs = 86_400_000;

/** Whole days from now until the moment, rounded down; negative where it is past. */
export function daysUntil(moment: string, now: Date = new Date()): number {
  return Math.floor((Date.parse(moment) - now.getTime()) / dayMs);
}

/** A date such as `12 Mar 2027`. */
export function formatDate(moment: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(moment));
}

/** Date and time to the second, with UTC beside it. */
export function formatDateTime(moment: string, language: string): string {
  const options = { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(language, options).format(new Date(moment))} UTC`;
}

const steps = [
  ['year', 365 * dayMs],
  ['month', 30 * dayMs],
  ['week', 7 * dayMs],
  ['day', dayMs],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** The distance from now in its largest fitting unit, such as `in 3 months` or `2 days ago`. */
export function formatDistance(moment: string, language: string, now: Date = new Date()): string {
  const differenceMs = Date.parse(moment) - now.getTime();
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, unitMs] of steps) {
    // A unit is used from one and a half on, so that 40 days do not read as one month.
    const least = unit === 'day' || unit === 'hour' || unit === 'minute' ? 1 : 2;
    if (Math.abs(differenceMs) >= unitMs * least)
      return format.format(Math.trunc(differenceMs / unitMs), unit);
  }
  return format.format(Math.trunc(differenceMs / 1000), 'second');
}
