/** Where a text stops being JSON (RFC 8259), and what was expected there. */
export interface SyntaxFault {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  readonly expected: string;
}

/** How deep arrays and objects are nested in a text, strings left out; stops counting above `limit`. */
export function nestingDepth(text: string, limit: number): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length && deepest <= limit; at += 1) {
    const char = text[at];
    if (char === '"') at = stringEnd(text, at);
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth -= 1;
  }
  return deepest;
}

/** The first fault of a text that JSON.parse refused, whose own message would repeat parts of the text. */
export function findFault(text: string): SyntaxFault {
  const scanner = new Scanner(text);
  const expected = scanner.document() ?? 'JSON';
  const before = text.slice(0, scanner.at);
  return { line: before.split('\n').length, column: scanner.at - before.lastIndexOf('\n'), expected };
}

/** Of the closing quotation mark: the first one behind an even number of backslashes. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 section 7 forbids exactly these in strings
const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const scalarPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;

/** Each method answers what it expected where it stopped, or null after a success. */
class Scanner {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): string | null {
    const fault = this.value();
    if (fault !== null) return fault;
    this.space();
    return this.at === this.text.length ? null : 'the end';
  }

  private value(): string | null {
    this.space();
    const char = this.text[this.at];
    if (char === '{') return this.members('}', () => this.member());
    if (char === '[') return this.members(']', () => this.value());
    if (char === '"') return this.string();
    return this.take(scalarPattern) ? null : 'a value';
  }

  private member(): string | null {
    this.space();
    if (this.text[this.at] !== '"') return 'a name in double quotes';
    const fault = this.string();
    if (fault !== null) return fault;
    this.space();
    if (this.text[this.at] !== ':') return "':'";
    this.at += 1;
    return this.value();
  }

  private members(close: '}' | ']', next: () => string | null): string | null {
    this.at += 1;
    this.space();
    if (this.text[this.at] === close) {
      this.at += 1;
      return null;
    }
    for (;;) {
      const fault = next();
      if (fault !== null) return fault;
      this.space();
      const char = this.text[this.at];
      if (char !== close && char !== ',') return `',' or '${close}'`;
      this.at += 1;
      if (char === close) return null;
    }
  }

  private string(): string | null {
    this.take(stringPattern);
    if (this.text[this.at] !== '"') return 'the rest of a string';
    this.at += 1;
    return null;
  }

  private space(): void {
    this.take(/[ \t\n\r]*/y);
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found !== null;
  }
}
