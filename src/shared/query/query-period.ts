const dayMs = 86_400_000;

const todayForm = /^%today\s*(?:([+\-\u2212\u2013])?\s*([0-9]{1,5}))?%$/i;
/** RFC 3339 with a space allowed for the T, the time or its end absent; UTC where it names no zone. */
const isoForm =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?\s*(z|[+-][0-9]{2}:?[0-9]{2})?)?$/i;
/** Month/day/year, as scripts of the other product have it. */
const slashForm =
  /^([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{4})(?:[, ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?:\s*([ap]m))?)?$/i;

export interface Period {
  readonly from: number;
  /** The first millisecond after it. */
  readonly to: number;
}

/** The day, minute or second that a text names, in milliseconds UTC; undefined where it names none. */
export function readPeriod(text: string, now: Date): Period | undefined {
  const day = todayForm.exec(text);
  if (day) {
    const [, sign = '+', days = '0'] = day;
    const shift = sign === '+' ? Number(days) : -Number(days);
    return dayOf(Math.floor(now.getTime() / dayMs) * dayMs + shift * dayMs);
  }
  const iso = isoForm.exec(text);
  if (iso) {
    const [, year, month, date, hour, minute, second, zone] = iso;
    return periodOf([year, month, date, hour, minute, second], offsetMs(zone));
  }
  const slash = slashForm.exec(text);
  if (!slash) return undefined;
  const [, month, date, year, hour, minute, second, half] = slash;
  if (half === undefined || hour === undefined) return periodOf([year, month, date, hour, minute, second], 0);
  if (Number(hour) < 1 || Number(hour) > 12) return undefined;
  const hours = (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return periodOf([year, month, date, String(hours), minute, second], 0);
}

function dayOf(from: number): Period {
  return { from, to: from + dayMs };
}

function periodOf(fields: readonly (string | undefined)[], offset: number | undefined): Period | undefined {
  const [year = 0, month = 0, date = 0, hour, minute, second] = fields.map((field) =>
    field === undefined ? undefined : Number(field),
  );
  const start = new Date(Date.UTC(year, month - 1, date));
  start.setUTCFullYear(year);
  if (start.getUTCMonth() !== month - 1 || start.getUTCDate() !== date || offset === undefined)
    return undefined;
  if (hour === undefined || minute === undefined) return dayOf(start.getTime());
  if (hour > 23 || minute > 59 || (second ?? 0) > 59) return undefined;
  const from = start.getTime() + ((hour * 60 + minute) * 60 + (second ?? 0)) * 1000 - offset;
  return { from, to: from + (second === undefined ? 60_000 : 1000) };
}

/** Of a zone; undefined for one that is none. */
function offsetMs(zone = 'Z'): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 23 || minutes > 59) return undefined;
  return (hours * 60 + minutes) * (zone.startsWith('-') ? -60_000 : 60_000);
}
