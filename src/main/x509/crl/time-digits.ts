/** Checks times in place: a CRL has one per entry, and making strings of them would take most of its reading. */

/** Whether the bytes are YY- (2) or YYYYMMDDHHMMSSZ (4 digits of the year) of a moment that exists. */
export function isTimeAt(bytes: Uint8Array, start: number, end: number, yearDigits: 2 | 4): boolean {
  if (end - start !== yearDigits + 11 || bytes[end - 1] !== 0x5a) return false;
  for (let i = start; i < end - 1; i++) {
    const byte = bytes[i] as number;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  const month = pair(bytes, start + yearDigits);
  const day = pair(bytes, start + yearDigits + 2);
  if (month < 1 || month > 12 || day < 1) return false;
  if (day > 28 && day > daysIn(yearAt(bytes, start, yearDigits), month)) return false;
  const clock = start + yearDigits + 4;
  return pair(bytes, clock) < 24 && pair(bytes, clock + 2) < 60 && pair(bytes, clock + 4) < 60;
}

function pair(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) - 0x30) * 10 + (bytes[at + 1] as number) - 0x30;
}

/** RFC 5280 section 4.1.2.5.1: two digits mean 1950 to 2049. */
function yearAt(bytes: Uint8Array, start: number, digits: 2 | 4): number {
  const first = pair(bytes, start);
  if (digits === 4) return first * 100 + pair(bytes, start + 2);
  return first < 50 ? 2000 + first : 1900 + first;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
