import { type CsvRow, readCsv } from '../../../shared/model/csv.ts';
import { type BulkMeaning, bulkMeaningOf, isSameMeaning } from '../../../shared/operations/bulk-meaning.ts';
import { type BulkColumn, bulkColumns, bulkLimits } from '../../../shared/operations/certificates-bulk.ts';
import type { JobProblem } from '../../jobs/index.ts';

export interface BulkRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly cells: ReadonlyMap<BulkColumn, string>;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface BulkFile {
  readonly rows: readonly BulkRow[];
  /** What keeps the file, or rows of it, from being read; rows with a problem are not among the rows. */
  readonly problems: readonly JobProblem[];
}

/** Reads the rows of a CSV file by the names in its first line, which may be written in any case. */
export function readBulkFile(text: string): BulkFile {
  const table = readCsv(text);
  if (table.problem) return fileProblem(table.problem.line, table.problem.message);
  const [header, ...lines] = table.rows;
  if (!header) return fileProblem(1, 'The file is empty.');
  const problems: JobProblem[] = [];
  const columns = header.cells.map((name) => bulkMeaningOf(name));
  for (const [index, column] of columns.entries()) {
    const name = header.cells[index] ?? '';
    if (column === null) problems.push(unknownColumn(header.line, name));
    else if (columns.findIndex((one) => isSameMeaning(one, column)) !== index)
      problems.push({ row: header.line, column: name, message: `There are two columns '${name}'.` });
  }
  if (problems.length > 0) return { rows: [], problems };
  if (lines.length === 0) return fileProblem(header.line, 'There is nothing below the names of the columns.');
  if (lines.length > bulkLimits.rows)
    return fileProblem(header.line, `There are more than ${bulkLimits.rows} rows.`);
  return readRows(lines, columns as readonly BulkMeaning[]);
}

function readRows(lines: readonly CsvRow[], columns: readonly BulkMeaning[]): BulkFile {
  const rows: BulkRow[] = [];
  const problems: JobProblem[] = [];
  const firstLines = new Map<string, number>();
  for (const { line, cells } of lines) {
    const refuse = (message: string) => problems.push({ row: line, column: null, message });
    const text = JSON.stringify(cells);
    const first = firstLines.get(text);
    if (cells.length > columns.length)
      refuse(`There are ${cells.length} cells for ${columns.length} columns.`);
    else if (first !== undefined) refuse(`It is the same as line ${first}.`);
    else rows.push(rowOf(line, cells, columns));
    firstLines.set(text, first ?? line);
  }
  return { rows, problems };
}

function rowOf(line: number, cells: readonly string[], columns: readonly BulkMeaning[]): BulkRow {
  const named = new Map<BulkColumn, string>();
  const metadata: Record<string, string> = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index]?.trim() ?? '';
    if (cell === '') continue;
    if ('column' in column) named.set(column.column, cell);
    else metadata[column.note] = cell;
  }
  return { line, cells: named, metadata };
}

function unknownColumn(row: number, name: string): JobProblem {
  const message = `There is no column '${name.slice(0, 100)}'. Those that there are: ${bulkColumns.join(', ')}, metadata.NAME.`;
  return { row, column: name.slice(0, 100), message };
}

function fileProblem(row: number, message: string): BulkFile {
  return { rows: [], problems: [{ row, column: null, message }] };
}
