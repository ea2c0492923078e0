/** Comma-separated values (RFC 4180): a strict reader that says what is wrong where, and a writer that spreadsheets cannot misread. */

export interface CsvRow {
  /** In the file, from 1: where the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvProblem {
  readonly line: number;
  readonly message: string;
}

export type CsvTable =
  | { readonly rows: readonly CsvRow[]; readonly problem?: undefined }
  | { readonly rows?: undefined; readonly problem: CsvProblem };

/**
 * Reads the rows, the header first. Separated by whichever of comma, semicolon and tab the header has most of;
 * lines end in CRLF, LF or CR; empty lines are left out. A quote inside a bare cell, text behind a closing quote,
 * a quote that never closes and NUL are problems.
 */
export function readCsv(text: string): CsvTable {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const nul = source.indexOf('\0');
  if (nul >= 0) return { problem: { line: lineAt(source, nul), message: 'There is a NUL character.' } };
  return new CsvReader(source).read();
}

class CsvReader {
  readonly #text: string;
  readonly #separator: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
    this.#separator = separatorOf(text);
  }

  read(): CsvTable {
    const rows: CsvRow[] = [];
    while (this.#at < this.#text.length) {
      const line = this.#line;
      const cells: string[] = [];
      for (let isLast = false; !isLast; ) {
        const cell = this.#cell();
        if (typeof cell !== 'string') return { problem: cell };
        cells.push(cell);
        isLast = this.#text[this.#at] !== this.#separator;
        if (!isLast) this.#at += 1;
      }
      this.#endLine();
      if (cells.some((cell) => cell !== '')) rows.push({ line, cells });
    }
    return { rows };
  }

  #cell(): string | CsvProblem {
    if (this.#text[this.#at] === '"') return this.#quoted();
    const start = this.#at;
    while (this.#at < this.#text.length && !this.#isEnd(this.#text[this.#at])) {
      if (this.#text[this.#at] === '"') return this.#problem('A quote stands inside a cell without quotes.');
      this.#at += 1;
    }
    return this.#text.slice(start, this.#at).trim();
  }

  #quoted(): string | CsvProblem {
    const opened = this.#line;
    let value = '';
    for (this.#at += 1; ; ) {
      const close = this.#text.indexOf('"', this.#at);
      if (close < 0) return { line: opened, message: 'A quote is opened and never closed.' };
      const piece = this.#text.slice(this.#at, close);
      this.#line += piece.match(/\r\n|\n|\r/g)?.length ?? 0;
      value += piece;
      this.#at = close + 1;
      if (this.#text[this.#at] !== '"') break;
      value += '"';
      this.#at += 1;
    }
    const next = this.#text[this.#at];
    if (next !== undefined && !this.#isEnd(next)) return this.#problem('Text follows a closing quote.');
    return value;
  }

  #isEnd(character: string | undefined): boolean {
    return character === this.#separator || character === '\n' || character === '\r';
  }

  #endLine(): void {
    if (this.#text[this.#at] === '\r' && this.#text[this.#at + 1] === '\n') this.#at += 1;
    this.#at += 1;
    this.#line += 1;
  }

  #problem(message: string): CsvProblem {
    return { line: this.#line, message };
  }
}

function separatorOf(text: string): string {
  const header = text.split(/\r\n|\n|\r/, 1)[0] ?? '';
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split(/\r\n|\n|\r/).length;
}

/**
 * What spreadsheets take for a formula when a cell begins with it, full-width forms included; such a cell gets an
 * apostrophe before it (OWASP, CSV injection).
 */
const formulaStart = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** One line with its CRLF; cells are quoted where they must be. */
export function csvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
