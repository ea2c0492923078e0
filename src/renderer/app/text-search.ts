/** Screens whose address holds one search text. */
export interface TextSearch {
  readonly search?: string;
}

/** Reads the address; anything but a text is dropped. */
export function readTextSearch(raw: Record<string, unknown>): TextSearch {
  // The router reads ?search=42 as a number.
  const search = typeof raw.search === 'string' || typeof raw.search === 'number' ? String(raw.search) : '';
  return search === '' ? {} : { search };
}

/** The filters with some of them changed; what is empty is not in the address. */
export function narrowed<Search extends object>(
  before: Search,
  change: { readonly [Key in keyof Search]?: Search[Key] | undefined },
): Search {
  return Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined && value !== ''),
  ) as Search;
}
