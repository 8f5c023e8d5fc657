import { useSyncExternalStore } from 'react';

/** Whether the server is there: `lost` while it does not answer. */
export type Connection = 'open' | 'lost';

let state: Connection = 'open';
const listeners = new Set<() => void>();

/** Notes that the server was reached or not. */
export function setConnection(next: Connection): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

/** Whether the server is there, live. */
export const useConnection = (): Connection =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
