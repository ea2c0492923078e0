/** The address of the screen of operators: which of its tabs is shown. */
export interface OperatorSearch {
  readonly tab?: 'roles';
}

/** Reads the address; anything else is the first tab. */
export function readOperatorSearch(raw: Record<string, unknown>): OperatorSearch {
  return raw.tab === 'roles' ? { tab: 'roles' } : {};
}
