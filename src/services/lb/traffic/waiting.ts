/** Connections that wait for a backend, first come first served; each for a limited time. */
export interface Waiting<Item> {
  readonly length: number;
  /** False where as many wait as may. */
  add(item: Item): boolean;
  /** The one that came first, taken out. */
  take(): Item | undefined;
  remove(item: Item): void;
  takeAll(): readonly Item[];
}

/** `onTimeout` is called with an item that has waited for `timeoutMs`; it is out by then. */
export function createWaiting<Item>(
  { most, timeoutMs }: { most: number; timeoutMs: number },
  onTimeout: (item: Item) => void,
): Waiting<Item> {
  const timers = new Map<Item, NodeJS.Timeout>();
  function remove(item: Item): void {
    clearTimeout(timers.get(item));
    timers.delete(item);
  }
  return {
    get length() {
      return timers.size;
    },
    add(item) {
      if (timers.size >= most) return false;
      timers.set(
        item,
        setTimeout(() => {
          timers.delete(item);
          onTimeout(item);
        }, timeoutMs),
      );
      return true;
    },
    take() {
      const [first] = timers.keys();
      if (first !== undefined) remove(first);
      return first;
    },
    remove,
    takeAll() {
      const all = [...timers.keys()];
      for (const item of all) remove(item);
      return all;
    },
  };
}
