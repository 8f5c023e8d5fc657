const longestMs = 5 * 60_000;

/** Milliseconds to wait after the attempt of this number failed: growing fourfold, spread by half up and down. */
export function retryPauseMs(attempt: number, baseMs: number, chance: () => number = Math.random): number {
  const pauseMs = Math.min(baseMs * 4 ** (attempt - 1), longestMs);
  return Math.round(pauseMs * (0.5 + chance()));
}
