/** Runs work, at most so many pieces at once, in the order in which they were given. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

export function createLimit(atOnce: number): Limit {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  let next = 0;
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      if (next < waiting.length) waiting[next++]!();
      else {
        waiting.length = 0;
        next = 0;
        free++;
      }
    }
  };
}
