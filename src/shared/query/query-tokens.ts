/** The words of a query with their places. */

export interface QueryToken {
  readonly kind: 'open' | 'close' | 'word' | 'string' | 'end';
  /** Of a string: without its quotation marks, and with what they escape. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Of a string without its closing mark. */
  readonly isUnended?: true;
}

/** Marks that text processors make of the plain one are taken as it. */
const marks = '"\u201c\u201d\u201e';
const space = /\s+/y;
const word = new RegExp(`[^\\s()${marks}]+`, 'y');
/** A day, whose plus sign an address may have turned into a space. */
const today = /%today\s*(?:[+\-\u2212\u2013]?\s*[0-9]{1,5})?%/iy;

/** Splits the text; never throws, and takes time in proportion to its length. The last token is the end. */
export function queryTokens(text: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  for (;;) {
    at += match(space)?.length ?? 0;
    if (at >= text.length) break;
    const character = text.charAt(at);
    const token = marks.includes(character)
      ? stringAt(text, at)
      : tokenOf(character, match(today) ?? match(word) ?? character, at);
    tokens.push(token);
    at = token.to;
  }
  return [...tokens, { kind: 'end', text: '', from: text.length, to: text.length }];
}

function tokenOf(character: string, found: string, from: number): QueryToken {
  const kind = character === '(' ? 'open' : character === ')' ? 'close' : 'word';
  const text = kind === 'word' ? found : character;
  return { kind, text, from, to: from + text.length };
}

function stringAt(text: string, from: number): QueryToken {
  const isPlain = text.charAt(from) === '"';
  const parts: string[] = [];
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isPlain ? character === '"' : marks.includes(character))
      return { kind: 'string', text: parts.join(''), from, to: at + 1 };
    const next = text.charAt(at + 1);
    const isEscape = character === '\\' && (next === '\\' || (next !== '' && marks.includes(next)));
    parts.push(isEscape ? next : character);
    if (isEscape) at += 1;
  }
  return { kind: 'string', text: parts.join(''), from, to: text.length, isUnended: true };
}
