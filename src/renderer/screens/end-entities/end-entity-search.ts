/** The end entities screen's filters as its address holds them. */
import { readTextSearch, type TextSearch } from '../../app/text-search.ts';

export interface EndEntitySearch extends TextSearch {
  /** The archived ones; without it those that are not. */
  readonly archived?: true;
}

/** Reads the address; what it misspells is dropped. */
export function readEndEntitySearch(raw: Record<string, unknown>): EndEntitySearch {
  return { ...readTextSearch(raw), ...(raw.archived === true && { archived: true as const }) };
}
