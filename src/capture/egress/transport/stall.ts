/** So much has to come before a wait begins anew: a peer that sends a byte now and then does not hold anybody for ever. */
const leastBytes = 16 * 1024;

/** Watches a peer that something is expected of. */
export interface StallWatch {
  /** Begins to wait, or waits anew. */
  expect(): void;
  /** Waits on from where the last wait was left off. */
  goOn(): void;
  /** So many bytes came of what is waited for. */
  came(count: number): void;
  /** Leaves the wait off. */
  pause(): void;
  /** Nothing is expected of it for now. */
  rest(): void;
}

/** A watch that calls `onStall` once, when something was expected for `stallMs`, the pauses not counted. */
export function watchStalls(stallMs: number, onStall: () => void): StallWatch {
  let timer: NodeJS.Timeout | undefined;
  let begunAt = 0;
  let waitedMs = 0;
  let cameBytes = 0;
  const pause = () => {
    if (timer) waitedMs += performance.now() - begunAt;
    clearTimeout(timer);
    timer = undefined;
  };
  const goOn = () => {
    if (timer) return;
    begunAt = performance.now();
    timer = setTimeout(onStall, Math.max(1, stallMs - waitedMs));
  };
  const forget = () => {
    waitedMs = 0;
    cameBytes = 0;
  };
  const rest = () => {
    pause();
    forget();
  };
  const expect = () => {
    rest();
    goOn();
  };
  return {
    expect,
    goOn,
    pause,
    came(count) {
      cameBytes += count;
      if (cameBytes < leastBytes) return;
      if (timer) expect();
      else forget();
    },
    rest,
  };
}
