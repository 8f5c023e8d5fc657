/** How much time a capture still has; milliseconds. */
export interface Deadline {
  readonly limitMs: number;
  remainingMs(): number;
  /** The stage in which the time ran out, if it did. */
  readonly reachedIn: string | undefined;
  /** Waits for `work`, at most `shareMs` and at most until the deadline; gives undefined where that is over first. */
  within<R>(stage: string, work: Promise<R>, shareMs?: number): Promise<R | undefined>;
}

/** A deadline `limitMs` from now. */
export function startDeadline(limitMs: number): Deadline {
  const end = performance.now() + limitMs;
  let reachedIn: string | undefined;
  // A timer may come a moment before the clock says so; whoever was told that it is over must not be told otherwise.
  const remainingMs = () => (reachedIn === undefined ? Math.max(0, end - performance.now()) : 0);
  return {
    limitMs,
    remainingMs,
    get reachedIn() {
      return reachedIn;
    },
    async within(stage, work, shareMs = Number.POSITIVE_INFINITY) {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<undefined>((resolve) => {
        const restMs = remainingMs();
        timer = setTimeout(
          () => {
            if (restMs <= shareMs) reachedIn ??= stage;
            resolve(undefined);
          },
          Math.min(shareMs, restMs),
        );
      });
      // Whoever comes second must not end the process with an unhandled rejection.
      work.catch(() => {});
      try {
        return await Promise.race([work, over]);
      } finally {
        clearTimeout(timer);
        if (remainingMs() <= 0) reachedIn ??= stage;
      }
    },
  };
}
