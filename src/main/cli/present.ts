import { inspectionText } from './present-inspection.ts';
import type { Terminal } from './terminal.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The columns of lists whose items have more fields than a line has room for. */
const columns: Readonly<Record<string, readonly string[]>> = {
  'certificates.list': ['id', 'commonName', 'status', 'notAfter', 'profile', 'realm'],
  'authorities.list': ['slug', 'name', 'kind', 'realm', 'status', 'notAfter', 'certificateCount'],
  'profiles.list': ['slug', 'name', 'policy', 'issuer', 'defaultValidity', 'realm'],
  'policies.list': ['slug', 'name', 'realm', 'version', 'createdAt'],
  'end-entities.list': ['id', 'commonName', 'organization', 'realm', 'archivedAt'],
  'clients.list': ['id', 'clientId', 'name', 'realms', 'defaultProfile', 'active'],
  'jobs.list': ['id', 'kind', 'state', 'done', 'total', 'failed', 'startedAt'],
  'requests.list': ['id', 'commonName', 'status', 'kind', 'requestedBy', 'step', 'createdAt'],
  'pending.list': ['id', 'commonName', 'source', 'attempts', 'notAfter', 'lastSeenAt'],
  'audit.list': ['index', 'at', 'type', 'actor', 'outcome', 'door'],
};

/** An output for people: lists as tables, all else as a record with its texts of several lines at the end. */
export function present(operationId: string, output: object, now: Date, terminal: Terminal): void {
  const inspected = inspectionText(operationId, output);
  const fields = output as Fields;
  if (inspected !== null) terminal.out(inspected);
  else if (Array.isArray(fields.items))
    presentList(operationId, fields, fields.items as Fields[], now, terminal);
  else terminal.out(record(fields, now));
}

function presentList(
  operationId: string,
  fields: Fields,
  items: readonly Fields[],
  now: Date,
  terminal: Terminal,
): void {
  if (items.length === 0) {
    terminal.err('Nothing found.\n');
    return;
  }
  const names =
    columns[operationId] ??
    Object.keys(items[0] as Fields)
      .filter((name) => isShort(items[0]?.[name]))
      .slice(0, 6);
  terminal.out(table(names, items, now, terminal.hasColour));
  if (typeof fields.nextCursor === 'string') {
    const total = `${fields.total}${fields.totalIsCapped ? ' or more' : ''}`;
    terminal.err(`${items.length} of ${total}; the next page: --cursor ${fields.nextCursor}\n`);
  }
}

function isShort(value: unknown): boolean {
  return typeof value !== 'object' && !isBlock(value);
}

/** Aligned columns, two spaces apart. */
export function table(
  names: readonly string[],
  items: readonly Fields[],
  now: Date,
  hasColour: boolean,
): string {
  const head = names.map((name) => wordsOf(name).toUpperCase());
  const rows = items.map((item) => names.map((name) => cell(item[name], now, true)));
  const widths = names.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] as string).length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => text.padEnd(widths[column] as number))
      .join('  ')
      .trimEnd();
  const title = hasColour ? `\u001b[1m${line(head)}\u001b[22m` : line(head);
  return `${[title, ...rows.map(line)].join('\n')}\n`;
}

/** One field a line, then lists of records as tables, then texts of several lines (PEM) as they are. */
export function record(fields: Fields, now: Date): string {
  const flat = flatten(fields);
  const short = flat.filter(([, value]) => !isBlock(value));
  const width = Math.max(0, ...short.map(([name]) => name.length));
  const lines = short.map(([name, value]) => `${name.padEnd(width)}  ${cell(value, now, false)}`.trimEnd());
  const blocks = flat
    .filter(([, value]) => isBlock(value))
    .map(([name, value]) => `\n${name}:\n${block(value, now)}`);
  return flat.length === 0 ? 'Done.\n' : `${[...lines, ...blocks].join('\n').trimStart()}\n`;
}

function flatten(fields: Fields, prefix = ''): [string, unknown][] {
  return Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
    const label = prefix + wordsOf(name);
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? flatten(value as Fields, `${label} `) : [[label, value]];
  });
}

/** Whether a value needs lines of its own: PEM, and lists of PEM or of records. */
function isBlock(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => isBlock(one) || isRecordInList(one));
  return typeof value === 'string' && value.includes('\n');
}

function isRecordInList(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !isTyped(value);
}

function block(value: unknown, now: Date): string {
  if (!Array.isArray(value)) return String(value).trimEnd();
  if (!value.every(isRecordInList)) return value.map((one) => String(one).trimEnd()).join('\n');
  const names = [...new Set(value.flatMap((one) => Object.keys(one)))];
  return table(names, value, now, false).trimEnd();
}

/** A subject alternative name, told as `dns:www.example`. */
function isTyped(value: object): value is { type: string; value: string } {
  return 'type' in value && 'value' in value && Object.keys(value).length === 2;
}

function cell(value: unknown, now: Date, isNarrow: boolean): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value))
    return value.length === 0 ? '-' : value.map((one) => cell(one, now, true)).join(', ');
  if (typeof value === 'object') return objectCell(value);
  const text = String(value);
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text);
  return isMoment ? moment(text, now, isNarrow) : text.replace(/\p{Cc}/gu, ' ');
}

function objectCell(value: object): string {
  if (isTyped(value)) return `${value.type}:${value.value}`;
  return 'name' in value ? String(value.name) : JSON.stringify(value);
}

/** `2027-02-19 22:49:00 UTC (in 90 days)`; a narrow one has the time of the day only where that is near. */
export function moment(text: string, now: Date, isNarrow: boolean): string {
  const spanMs = new Date(text).getTime() - now.getTime();
  const day = text.slice(0, 10);
  const isNear = Math.abs(spanMs) < 2 * 86_400_000;
  const absolute = isNarrow
    ? isNear
      ? `${day} ${text.slice(11, 16)}`
      : day
    : `${day} ${text.slice(11, 19)} UTC`;
  return `${absolute} (${relative(spanMs)})`;
}

const units = [
  ['year', 365 * 86_400_000, 2],
  ['month', 30 * 86_400_000, 4],
  ['day', 86_400_000, 2],
  ['hour', 3_600_000, 2],
  ['minute', 60_000, 1],
] as const;

/** A span in the largest unit of which there are enough to be told apart. */
export function relative(spanMs: number): string {
  const size = Math.abs(spanMs);
  const unit = units.find(([, ms, least]) => size >= ms * least);
  if (!unit) return 'now';
  const count = Math.round(size / unit[1]);
  const span = `${count} ${unit[0]}${count === 1 ? '' : 's'}`;
  return spanMs > 0 ? `in ${span}` : `${span} ago`;
}

/** `notAfter` as `not after`. */
function wordsOf(name: string): string {
  return name.replace(
    /([a-z0-9])([A-Z])/g,
    (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`,
  );
}
