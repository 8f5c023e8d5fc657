import type { Clock } from '../../../kernel/index.ts';

/** Lets so many through in each second of the clock. */
export function createPerSecond(most: number, clock: Clock): () => boolean {
  let second = 0;
  let count = 0;
  return () => {
    const now = Math.floor(clock.now() / 1000);
    if (now !== second) {
      second = now;
      count = 0;
    }
    return ++count <= most;
  };
}
