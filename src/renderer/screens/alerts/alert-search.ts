/** The address of the screen of alerts: which of its tabs is shown. */
export interface AlertSearch {
  readonly tab?: 'destinations';
}

/** Reads the address; anything else is the first tab. */
export function readAlertSearch(raw: Record<string, unknown>): AlertSearch {
  return raw.tab === 'destinations' ? { tab: 'destinations' } : {};
}
