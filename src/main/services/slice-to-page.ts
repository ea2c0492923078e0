import type { Page } from '../store/index.ts';
import { decodeOffset, encodeCursor } from '../store/index.ts';

/** A page of a short list that is in memory as a whole; `fields` are what a search looks into. */
export function sliceToPage<T>(
  all: readonly T[],
  query: {
    readonly search?: string | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
  fields: (item: T) => readonly string[],
): Page<T> {
  const search = query.search?.toLowerCase();
  const found = search
    ? all.filter((item) => fields(item).some((field) => field.toLowerCase().includes(search)))
    : all;
  const start = query.cursor === undefined ? 0 : decodeOffset(query.cursor);
  const end = start + query.limit;
  return {
    items: found.slice(start, end),
    nextCursor: end < found.length ? encodeCursor([end, '']) : null,
    total: found.length,
    totalIsCapped: false,
  };
}
