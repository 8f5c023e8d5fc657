/** Lets at most `width` tasks run at a time; the others wait for their turn. */
export function createGate(width: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <R>(task: () => Promise<R>): Promise<R> => {
    if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      // The place is handed on, so that a newcomer cannot slip in before the one that waits.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
