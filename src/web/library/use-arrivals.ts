import { useSyncExternalStore } from 'react';

/** How the last adding touched a link. `fresh` while the list should draw the eye to it. */
export interface Arrival {
  readonly kind: 'new' | 'known';
  readonly fresh: boolean;
}

const freshMs = 2500;
let arrivals: ReadonlyMap<string, Arrival> = new Map();
let fading: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: ReadonlyMap<string, Arrival>): void {
  arrivals = next;
  for (const listener of listeners) listener();
}

/** Marks the links that were just added or found to be here already, in place of those marked before. */
export function markArrivals(created: readonly string[], known: readonly string[]): void {
  const mark = (fresh: boolean): ReadonlyMap<string, Arrival> => {
    const marked = new Map<string, Arrival>();
    for (const id of created) marked.set(id, { kind: 'new', fresh });
    for (const id of known) marked.set(id, { kind: 'known', fresh });
    return marked;
  };
  clearTimeout(fading);
  set(mark(true));
  fading = setTimeout(() => set(mark(false)), freshMs);
}

/** How the link was touched by the last adding; undefined where it was not part of it. */
export const useArrival = (linkId: string): Arrival | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => arrivals.get(linkId),
  );
