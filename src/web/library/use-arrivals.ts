import { useSyncExternalStore } from 'react';

/** How a link came to be marked in the list. */
export type Arrival = 'new' | 'known';

let arrivals: ReadonlyMap<string, Arrival> = new Map();
const listeners = new Set<() => void>();

/** Marks the links that were just added or found to be here already; an empty map ends it. */
export function setArrivals(next: ReadonlyMap<string, Arrival>): void {
  arrivals = next;
  for (const listener of listeners) listener();
}

/** How the link was marked by the last adding; undefined where it was not part of it. */
export const useArrival = (linkId: string): Arrival | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => arrivals.get(linkId),
  );
