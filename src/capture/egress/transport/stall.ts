/** Watches a peer that something is expected of. */
export interface StallWatch {
  /** Begins to wait, or waits anew. */
  expect(): void;
  /** Nothing is expected of it for now. */
  rest(): void;
}

/** A watch that calls `onStall` once, when something was expected for `stallMs`. */
export function watchStalls(stallMs: number, onStall: () => void): StallWatch {
  let timer: NodeJS.Timeout | undefined;
  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    expect() {
      if (timer) timer.refresh();
      else timer = setTimeout(onStall, stallMs);
    },
    rest,
  };
}
