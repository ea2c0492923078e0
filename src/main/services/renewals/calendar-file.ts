import type { DueRenewal } from '../../../shared/operations/renewals.ts';

/** RFC 5545 section 3.1: at most so many octets in a line, the fold's space counted. */
const lineOctets = 75;

/** An iCalendar file (RFC 5545) with one entry for each certificate, at the moment when something has to happen. */
export function calendarOf(due: readonly DueRenewal[], now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Chancery//Renewals//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:Certificate renewals',
    ...due.flatMap((one) => entry(one, now)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function entry(
  { orderId, commonName, realm, dueAt, isAutomatic, notAfter }: DueRenewal,
  now: Date,
): string[] {
  const summary = isAutomatic ? `${commonName} renews itself` : `${commonName} ends`;
  const alarm = isAutomatic
    ? []
    : ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${text(summary)}`, 'TRIGGER:-P14D', 'END:VALARM'];
  return [
    'BEGIN:VEVENT',
    `UID:${orderId}@chancery`,
    `DTSTAMP:${moment(now)}`,
    `DTSTART:${moment(new Date(dueAt))}`,
    'TRANSP:TRANSPARENT',
    `SUMMARY:${text(summary)}`,
    `DESCRIPTION:${text(`Realm ${realm}; the certificate ends at ${notAfter}.`)}`,
    ...alarm,
    'END:VEVENT',
  ];
}

/** Section 3.3.5, in UTC. */
function moment(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** Section 3.3.11. */
function text(value: string): string {
  return value.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r\n|[\r\n]/g, '\\n');
}

/** Section 3.1: longer lines go on after a line break and a space, and no character is cut in two. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > lineOctets) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
