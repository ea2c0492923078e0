/** Times as they stand: which of the two types, and how they are written. */
import { type DerReader, tags } from '../../x509/index.ts';

export interface TimeField {
  readonly isUtcTime: boolean;
  readonly text: string;
  /** Undefined when it is not written as RFC 5280 section 4.1.2.5 asks, or is no real date. */
  readonly date: Date | undefined;
}

/** Takes the next element as a Time, however it is written. */
export function readTimeField(reader: DerReader, what: string): TimeField {
  const isUtcTime = reader.peek() === tags.utcTime;
  const content = reader.content(isUtcTime ? tags.utcTime : tags.generalizedTime, what);
  const text = Buffer.from(content).toString('latin1');
  return { isUtcTime, text, date: dateOf(text, isUtcTime) };
}

/** Whether the next element is of one of the two types. */
export function isTimeNext(reader: DerReader): boolean {
  return reader.peek() === tags.utcTime || reader.peek() === tags.generalizedTime;
}

function dateOf(text: string, isUtcTime: boolean): Date | undefined {
  if (!(isUtcTime ? /^\d{12}Z$/ : /^\d{14}Z$/).test(text)) return undefined;
  const century = isUtcTime ? (Number(text.slice(0, 2)) < 50 ? '20' : '19') : '';
  const iso = `${century}${text}`.replace(/^(....)(..)(..)(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const date = new Date(iso);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso.slice(0, 19)) ? date : undefined;
}
