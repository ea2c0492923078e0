/** Whether the first run is under way: the vault is open by its end, and a reload must not skip what is left. */
const storageKey = 'chancery.first-run';
const listeners = new Set<() => void>();

export function runningFirstRun(): boolean {
  return sessionStorage.getItem(storageKey) === 'yes';
}

export function setRunningFirstRun(running: boolean): void {
  if (running) sessionStorage.setItem(storageKey, 'yes');
  else sessionStorage.removeItem(storageKey);
  for (const listener of listeners) listener();
}

export function onFirstRunChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
