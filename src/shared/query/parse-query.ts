import { suggest } from '../suggest.ts';
import {
  maxQueryConditions,
  maxQueryDepth,
  maxQueryLength,
  type Query,
  type QueryOperator,
  queryOperators,
} from './query.ts';
import { type Expected, QueryError } from './query-error.ts';
import {
  findQueryField,
  type NoteField,
  operatorsOf,
  type QueryField,
  queryFieldNames,
} from './query-fields.ts';
import { type QueryToken, queryTokens } from './query-tokens.ts';
import { readValue, type ValueContext, valuesInWords } from './query-value.ts';

export interface ParseOptions extends ValueContext {
  /** The note of that name, in any case; undefined where there is none. */
  readonly findNote: (name: string) => NoteField | undefined;
  /** Names of notes, for saying what was meant. */
  readonly noteNames?: readonly string[];
}

/** Reads a query. Throws QueryError, and nothing else, for whatever is none. */
export function parseQuery(text: string, options: ParseOptions): Query {
  if (text.length > maxQueryLength) {
    throw new QueryError({
      message: `A query has at most ${maxQueryLength} characters.`,
      position: maxQueryLength,
      length: text.length - maxQueryLength,
      expected: { kind: 'less' },
    });
  }
  return new QueryParser(queryTokens(text), options).parse();
}

/** Dashes that text processors make of a hyphen. */
const dashes = /^[-\u2010-\u2015\u2212]/;

/** What people of other languages write for an operator. */
const foreignOperators: Readonly<Record<string, QueryOperator>> = {
  ...{ '=': '-eq', '==': '-eq', is: '-eq', '!=': '-ne', '<>': '-ne', not: '-ne', '<': '-lt', '<=': '-le' },
  ...{ '>': '-gt', '>=': '-ge', like: '-contains', '-like': '-contains', '-notlike': '-notcontains' },
  '-match': '-contains',
};

class QueryParser {
  readonly #tokens: readonly QueryToken[];
  readonly #options: ParseOptions;
  #index = 0;
  #depth = 0;
  #conditions = 0;

  constructor(tokens: readonly QueryToken[], options: ParseOptions) {
    this.#tokens = tokens;
    this.#options = options;
  }

  parse(): Query {
    if (this.#peek().kind === 'end') return { kind: 'everything' };
    const query = this.#either();
    if (this.#peek().kind !== 'end') throw this.#noConnective();
    return query;
  }

  #peek(): QueryToken {
    return this.#tokens[this.#index] as QueryToken;
  }

  #either(): Query {
    return this.#chain('or', () => this.#chain('and', () => this.#primary()));
  }

  #chain(kind: 'and' | 'or', read: () => Query): Query {
    const parts = [read()];
    while (this.#peek().kind === 'word' && this.#peek().text.toLowerCase() === kind) {
      this.#index += 1;
      parts.push(read());
    }
    return parts.length === 1 ? (parts[0] as Query) : { kind, parts };
  }

  #primary(): Query {
    if (this.#peek().kind !== 'open') return this.#condition();
    if (this.#depth >= maxQueryDepth) {
      throw this.#error(`Parentheses are nested at most ${maxQueryDepth} deep.`, { kind: 'less' });
    }
    this.#depth += 1;
    this.#index += 1;
    const query = this.#either();
    if (this.#peek().kind !== 'close') throw this.#noConnective();
    this.#index += 1;
    this.#depth -= 1;
    return query;
  }

  #condition(): Query {
    if (this.#conditions >= maxQueryConditions) {
      throw this.#error(`A query has at most ${maxQueryConditions} conditions.`, { kind: 'less' });
    }
    this.#conditions += 1;
    const field = this.#field();
    const operator = this.#operator(field);
    return { kind: 'condition', field, operator, value: this.#value(field, operator) };
  }

  #field(): QueryField | NoteField {
    const { kind, text } = this.#peek();
    const expected: Expected = { kind: 'field' };
    const isConnective = kind === 'word' && /^(?:and|or)$/i.test(text);
    if (kind === 'end' || kind === 'close' || text === '' || isConnective)
      throw this.#error('Expected the name of a field, or "(".', expected);
    if (isOperator(text)) throw this.#error(`Expected the name of a field before ${text}.`, expected);
    const { findNote, noteNames = [] } = this.#options;
    const field = (kind === 'word' ? findQueryField(text) : undefined) ?? findNote(text);
    if (field) {
      this.#index += 1;
      return field;
    }
    const meant = suggestion(text, [...queryFieldNames, ...noteNames]);
    throw this.#error(`There is no field '${text.slice(0, 100)}'.${asked(meant)}`, expected, meant);
  }

  #operator(field: QueryField | NoteField): QueryOperator {
    const { kind, text } = this.#peek();
    const known = operatorsOf[field.kind];
    const expected: Expected = { kind: 'operator', field };
    const name = nameOf(field);
    const plain = text.toLowerCase().replace(dashes, '-');
    const operator = queryOperators.find((one) => one === plain);
    if (kind !== 'word' || operator === undefined) {
      const meant = kind === 'word' ? operatorMeant(plain, known) : undefined;
      throw this.#error(
        `Expected an operator after ${name}: ${known.join(', ')}.${asked(meant)}`,
        expected,
        meant,
      );
    }
    if (!known.includes(operator)) {
      throw this.#error(`${name} is compared by ${known.join(', ')}, not by ${operator}.`, expected);
    }
    this.#index += 1;
    return operator;
  }

  #value(field: QueryField | NoteField, operator: QueryOperator) {
    const { kind, text, isUnended } = this.#peek();
    const expected: Expected = { kind: 'value', field, operator };
    const place = `${nameOf(field)} ${operator}`;
    if (isUnended) throw this.#error(`The text after ${place} has no closing quotation mark.`, expected);
    if (kind !== 'word' && kind !== 'string') {
      throw this.#error(`Expected a value after ${place}: ${valuesInWords(field)}.`, expected);
    }
    const value = readValue(field, text, kind === 'string', this.#options);
    if (value === undefined) {
      const meant = suggestion(text, 'offered' in field ? (field.offered ?? []) : []);
      throw this.#error(
        `'${text.slice(0, 100)}' is no value of ${nameOf(field)}, which takes ${valuesInWords(field)}.${asked(meant)}`,
        expected,
        meant,
      );
    }
    if (value.kind === 'null' && operator !== '-eq' && operator !== '-ne') {
      throw this.#error('NULL goes with -eq and -ne alone.', expected);
    }
    this.#index += 1;
    return value;
  }

  #noConnective(): QueryError {
    const isOpen = this.#depth > 0;
    const meant = this.#peek().kind === 'word' ? suggestion(this.#peek().text, ['AND', 'OR']) : undefined;
    const places = isOpen ? 'AND, OR or ")"' : 'AND, OR or the end';
    const { kind, text } = this.#peek();
    const found = kind === 'end' ? '' : `, not '${text.slice(0, 100)}'`;
    return this.#error(`Expected ${places}${found}.${asked(meant)}`, { kind: 'connective', isOpen }, meant);
  }

  #error(message: string, expected: Expected, suggested?: string): QueryError {
    const { from, to } = this.#peek();
    return new QueryError({ message, position: from, length: to - from, expected, suggestion: suggested });
  }
}

function isOperator(text: string): boolean {
  return queryOperators.some((one) => one === text.toLowerCase().replace(dashes, '-'));
}

function nameOf(field: QueryField | NoteField): string {
  return 'note' in field ? field.note : field.name;
}

function operatorMeant(text: string, known: readonly QueryOperator[]): string | undefined {
  const foreign = Object.hasOwn(foreignOperators, text) ? foreignOperators[text] : undefined;
  if (foreign !== undefined && known.includes(foreign)) return foreign;
  return suggestion(text.startsWith('-') ? text : `-${text}`, known);
}

/** Of the longest words no two are compared: that takes time in proportion to both. */
function suggestion(text: string, known: readonly string[]): string | undefined {
  if (text.length > 60) return undefined;
  const lower = text.toLowerCase();
  const found = suggest(
    lower,
    known.map((one) => one.toLowerCase()),
  );
  return known.find((one) => one.toLowerCase() === found);
}

const asked = (meant: string | undefined) => (meant === undefined ? '' : ` Did you mean ${meant}?`);
