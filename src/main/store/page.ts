/** Pages by key: a cursor names the last row that was seen, so that a deep page costs what the first one does. */
import { z } from 'zod';
import { ChanceryError } from '../../shared/errors.ts';

/** Lists count their hits up to here; beyond it the total is said to be capped. */
export const countCap = 5_000;

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
  readonly total: number;
  readonly totalIsCapped: boolean;
}

const Cursor = z.tuple([z.union([z.string(), z.number()]), z.union([z.string(), z.number()])]);
export type CursorKey = z.infer<typeof Cursor>;

export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Errors: INVALID_INPUT for anything but a cursor that we gave out. */
export function decodeCursor(cursor: string): CursorKey {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw foreignCursor(cause);
  }
}

/** The cursor of a list that counts its rows. Errors: INVALID_INPUT. */
export function decodeOffset(cursor: string): number {
  const [offset] = decodeCursor(cursor);
  if (typeof offset === 'number' && Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw foreignCursor();
}

function foreignCursor(cause?: unknown): ChanceryError {
  return new ChanceryError({
    code: 'INVALID_INPUT',
    detail: 'The cursor is not one that a list gave out.',
    hint: 'Start again without a cursor.',
    violations: [{ path: ['cursor'], rule: 'cursor', message: 'not the nextCursor of a list' }],
    cause,
  });
}

/** Cuts the one row too many that was asked for, and makes the cursor of the page after. */
export function toPage<T>(rows: T[], limit: number, count: number, keyOf: (row: T) => CursorKey): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
    total: Math.min(count, countCap),
    totalIsCapped: count > countCap,
  };
}

/** The text as a LIKE pattern of what contains it; use with `escape '\'`. */
export function containing(text: string): string {
  return `%${escapedLike(text)}%`;
}

/** The text as a part of a LIKE pattern that stands for itself; use with `escape '\\'`. */
export function escapedLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
