/** Which rows of a list are chosen: one by one, by ranges, all that are loaded, or all that match, loaded or not. */
import { useMemo, useState } from 'react';

export interface RowSelection {
  readonly ids: ReadonlySet<string>;
  /** All that the list's filters let through, also what is not loaded. */
  readonly isAllMatching: boolean;
  has(id: string): boolean;
  /** Turns one over; `isRange` does to all between the last one and this what it does to this. */
  toggle(id: string, isRange: boolean): void;
  /** Chooses all that are loaded, or none where they are chosen. */
  toggleLoaded(): void;
  chooseAllMatching(): void;
  clear(): void;
}

interface Chosen {
  /** What the choice was made among; another list is another choice. */
  readonly of: string;
  readonly ids: ReadonlySet<string>;
  readonly isAllMatching: boolean;
  /** Where a range begins. */
  readonly anchor: string | null;
}

const none: ReadonlySet<string> = new Set();

/** What is chosen once `id` is turned over, and with `from` all between them. */
export function turnedOver(
  loaded: readonly string[],
  before: ReadonlySet<string>,
  id: string,
  from: string | null,
): ReadonlySet<string> {
  const places = [loaded.indexOf(id), from === null ? -1 : loaded.indexOf(from)].filter((at) => at >= 0);
  const range = places.length < 2 ? [id] : loaded.slice(Math.min(...places), Math.max(...places) + 1);
  const after = new Set(before);
  for (const one of range) {
    if (before.has(id)) after.delete(one);
    else after.add(one);
  }
  return after;
}

/** `of` names the list by its filters: when they change, nothing is chosen any more. */
export function useRowSelection(loaded: readonly string[], of: string): RowSelection {
  const [kept, setChosen] = useState<Chosen>({ of, ids: none, isAllMatching: false, anchor: null });
  return useMemo(() => {
    const { ids, isAllMatching, anchor } =
      kept.of === of ? kept : { ids: none, isAllMatching: false, anchor: null };
    const choose = (next: ReadonlySet<string>, at: string | null) =>
      setChosen({ of, ids: next, isAllMatching: false, anchor: at });
    const shown = isAllMatching ? new Set(loaded) : ids;
    return {
      ids: shown,
      isAllMatching,
      has: (id) => shown.has(id),
      toggle: (id, isRange) => choose(turnedOver(loaded, shown, id, isRange ? anchor : null), id),
      toggleLoaded: () => choose(loaded.every((id) => shown.has(id)) ? none : new Set(loaded), null),
      chooseAllMatching: () => setChosen({ of, ids: none, isAllMatching: true, anchor: null }),
      clear: () => choose(none, null),
    };
  }, [kept, loaded, of]);
}
