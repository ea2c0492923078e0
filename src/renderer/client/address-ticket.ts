/**
 * The one-time ticket in the address's fragment. It is taken out of the address as soon as it is seen, before the
 * router or the history can keep it, and handed out once.
 */
const marker = '#ticket=';
let ticket: string | null = null;
const listeners = new Set<() => void>();

function take(): void {
  if (!window.location.hash.startsWith(marker)) return;
  ticket = decodeURIComponent(window.location.hash.slice(marker.length));
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  for (const listener of listeners) listener();
}

take();
window.addEventListener('hashchange', take);

/** The ticket that came last, or null; the second call has none. */
export function takeTicket(): string | null {
  const taken = ticket;
  ticket = null;
  return taken;
}

/** Calls back when a ticket is pasted into the address of the open window. */
export function onTicket(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
