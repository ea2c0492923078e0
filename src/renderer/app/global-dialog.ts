/** Dialogs that open from anywhere (a button, the palette, an address): which one is open stands in one place. */
import { useSyncExternalStore } from 'react';

export type GlobalDialog = 'issue-certificate' | 'new-client';

let current: GlobalDialog | null = null;
const listeners = new Set<() => void>();

function set(next: GlobalDialog | null): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function openDialog(dialog: GlobalDialog): void {
  set(dialog);
}

export function closeDialog(): void {
  set(null);
}

export function useOpenDialog(): GlobalDialog | null {
  return useSyncExternalStore(subscribe, () => current);
}
