/** A CSV file of devices in the window: its columns, what each becomes, and the text that is sent. */
import { type CsvRow, readCsv } from '../../../shared/model/csv.ts';
import { type BulkMeaning, bulkMeaningOf, bulkNameOf } from '../../../shared/operations/bulk-meaning.ts';

export interface DeviceFile {
  readonly fileName: string;
  /** The names in its first line. */
  readonly names: readonly string[];
  readonly header: CsvRow;
  readonly rows: readonly CsvRow[];
}

export type ReadFile =
  | { readonly file: DeviceFile; readonly problem?: undefined }
  | { readonly file?: undefined; readonly problem: { readonly line: number; readonly message: string } };

/** What a column becomes; null where it is left out. */
export type Meaning = BulkMeaning | null;

/** Reads the names of the columns and the rows below them. */
export function readDeviceFile(fileName: string, text: string): ReadFile {
  const { rows, problem } = readCsv(text);
  if (problem) return { problem };
  const [header = { line: 1, cells: [] }, ...below] = rows;
  return { file: { fileName, header, names: header.cells, rows: below } };
}

/** By the names; a column that is not known is kept as a note under its name. */
export function firstMeanings({ names }: Pick<DeviceFile, 'names'>): Meaning[] {
  return names.map((name) => bulkMeaningOf(name) ?? (name === '' ? null : { note: name.slice(0, 100) }));
}

/** Places of the columns that become what another becomes already. */
export function repeated(meanings: readonly Meaning[]): ReadonlySet<number> {
  const names = meanings.map((meaning) => (meaning === null ? null : bulkNameOf(meaning)));
  return new Set(names.flatMap((name, at) => (name !== null && names.indexOf(name) !== at ? [at] : [])));
}

/** What the file calls the column that becomes this; its own name where none does. */
export function nameOfColumn(
  { names }: Pick<DeviceFile, 'names'>,
  meanings: readonly Meaning[],
  column: string,
): string {
  const at = meanings.findIndex((meaning) => meaning !== null && bulkNameOf(meaning) === column);
  return names[at] ?? column;
}

/** The file as it is sent. Each row stays in its line, so that what is said of a line is true of the person's file. */
export function mappedText({ header, rows }: DeviceFile, meanings: readonly Meaning[]): string {
  const kept = meanings.flatMap((meaning, at) =>
    meaning === null ? [] : [{ at, name: bulkNameOf(meaning) }],
  );
  let text = '';
  let line = 1;
  const write = (row: CsvRow, cells: readonly string[]): void => {
    text += '\n'.repeat(Math.max(0, row.line - line));
    const written = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    text += `${written}\n`;
    line = Math.max(line, row.line) + (written.match(/\r\n|\n|\r/g)?.length ?? 0) + 1;
  };
  write(
    header,
    kept.map(({ name }) => name),
  );
  for (const row of rows) {
    // A cell too many is for the service to refuse, as it would without the window.
    const more = row.cells.slice(meanings.length);
    write(row, [...kept.map(({ at }) => row.cells[at] ?? ''), ...more]);
  }
  return text;
}

/** What a file may look like. */
export const exampleFile = [
  'commonName,dns,ip,validity,metadata.room',
  'sensor-001.example.com,sensor-001.example.com,192.0.2.11,P90D,Hall 1',
  'sensor-002.example.com,sensor-002.example.com sensor-2.example.com,192.0.2.12,P90D,Hall 2',
  '',
].join('\r\n');
