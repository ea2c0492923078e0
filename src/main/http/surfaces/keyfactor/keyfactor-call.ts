/** One call of an endpoint of the surface, and how its parts are read without regard to case. */
import type { z } from 'zod';
import { ChanceryError } from '../../../../shared/errors.ts';
import type { Principal } from '../../../services/context.ts';
import type { Perform } from '../../perform-operation.ts';
import { invalidInput, violationsOf } from '../../violations.ts';

export interface KeyfactorCall {
  /** Fields of the path by their names. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: KeyfactorQuery;
  /** The JSON of the body; null where there is none. */
  readonly body: unknown;
  readonly headers: Headers;
  /** The operations, as far as the caller may use them. */
  readonly perform: Perform;
  readonly principal: Principal;
  /** In which something new is made, where the caller may act in several: the realm of the setting. */
  readonly realm: string | undefined;
  readonly numbers: {
    /** By id. */
    of(ids: readonly (string | null)[]): Promise<(id: string | null) => number | null>;
    idOf(number: number): Promise<string | undefined>;
  };
}

/** Prefixes that generated clients put before the names of paging. */
const prefix = /^(?:pq|pagedquery|query)\./;

/** The query of an address: names in any case and with any of the prefixes, the last of a name holds. */
export class KeyfactorQuery {
  readonly #values: ReadonlyMap<string, string>;

  constructor(query: URLSearchParams) {
    this.#values = new Map(
      [...query].map(([name, value]) => [name.toLowerCase().replace(prefix, ''), value]),
    );
  }

  /** Undefined where it is absent or empty. */
  text(name: string): string | undefined {
    return this.#values.get(name.toLowerCase())?.trim() || undefined;
  }

  flag(name: string): boolean {
    return /^(?:true|1)$/i.test(this.text(name) ?? '');
  }

  /** Throws INVALID_INPUT for what is no whole number within the bounds. */
  number(name: string, usual: number, max: number): number {
    const text = this.text(name);
    if (text === undefined) return usual;
    const number = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number <= max) return number;
    throw badRequest(`${name} is a whole number from 0 to ${max}, not '${text.slice(0, 40)}'.`);
  }
}

/** A page by its number, from 1. */
export function pageOf(query: KeyfactorQuery): { readonly offset: number; readonly limit: number } {
  const limit = Math.max(1, query.number('ReturnLimit', 50, 1_000_000));
  const page = Math.max(1, query.number('PageReturned', 1, 10_000_000));
  return { offset: (page - 1) * limit, limit };
}

/** Reads the body, its names in any case and others ignored. Throws INVALID_INPUT. */
export function readBody<Schema extends z.ZodObject>(schema: Schema, body: unknown): z.output<Schema> {
  const names = new Map(Object.keys(schema.shape).map((name) => [name.toLowerCase(), name]));
  const given = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
  const named = Object.entries(given).flatMap(([key, value]) => {
    const name = names.get(key.toLowerCase());
    return name === undefined || value === null ? [] : [[name, value]];
  });
  const raw = Object.fromEntries(named);
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw invalidInput(violationsOf(result.error.issues, raw));
}

/** A refusal of 400. */
export function badRequest(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail });
}

/** A refusal of 404. */
export function missing(detail: string): ChanceryError {
  return new ChanceryError({ code: 'NOT_FOUND', detail });
}

/** The number in a path or a body. Throws NOT_FOUND for what cannot be one. */
export function requireNumber(text: string | undefined, what: string): number {
  if (text !== undefined && /^[0-9]{1,15}$/.test(text)) return Number(text);
  throw missing(`There is no ${what} '${(text ?? '').slice(0, 60)}'.`);
}
