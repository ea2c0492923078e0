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
