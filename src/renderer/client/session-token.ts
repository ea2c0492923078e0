/** The session's token: kept for this window only, never in a cookie; the screens watch it come and go. */

import { sessionStorageKey as storageKey } from '../../shared/session-storage-key.ts';

const listeners = new Set<() => void>();

/** The token to send as Bearer, or null where nobody has signed in. */
export function sessionToken(): string | null {
  return sessionStorage.getItem(storageKey);
}

/** Keeps the token, or forgets it with null. */
export function setSessionToken(token: string | null): void {
  if (token === sessionToken()) return;
  if (token === null) sessionStorage.removeItem(storageKey);
  else sessionStorage.setItem(storageKey, token);
  for (const listener of listeners) listener();
}

/** Calls back after each change; returns how to stop that. */
export function onSessionTokenChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
