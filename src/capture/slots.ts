/** A number of places, handed out in the order of asking. */
export interface Slots {
  /** Waits for a place; the answer gives it back (once, however often it is called). Rejects where too many wait, and on close. */
  take(): Promise<() => void>;
  /** Turns away whoever waits. */
  close(): void;
}

/** Places for `count` at a time, with a queue of at most `maxWaiting`. */
export function createSlots(count: number, maxWaiting: number): Slots {
  let free = count;
  let closed = false;
  const waiting: { give: () => void; turnAway: (reason: Error) => void }[] = [];

  const place = () => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = waiting.shift();
      if (next) next.give();
      else free += 1;
    };
  };

  return {
    take() {
      if (closed) return Promise.reject(new Error('it was closed'));
      if (free > 0) {
        free -= 1;
        return Promise.resolve(place());
      }
      if (waiting.length >= maxWaiting) return Promise.reject(new Error('too many are waiting'));
      return new Promise((resolve, reject) => {
        waiting.push({ give: () => resolve(place()), turnAway: reject });
      });
    },
    close() {
      closed = true;
      for (const each of waiting.splice(0)) each.turnAway(new Error('it was closed'));
    },
  };
}
