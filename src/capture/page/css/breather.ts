import { setImmediate as nextTurn } from 'node:timers/promises';

/** Tells within long computing when others have waited, and gives them their turn. */
export interface Breather {
  /** True once the event loop has had no turn for about ten milliseconds; cheap enough for a loop. */
  isDue(): boolean;
  /** Lets the event loop do what waits in it. */
  breathe(): Promise<void>;
}

/** A step that cannot be cut, such as one regular expression over a large text, comes on top of it. */
const workMs = 10;

/** A breather for one piece of work, which begins now; `nowMs` is a clock that never goes back. */
export function createBreather(nowMs: () => number = () => performance.now()): Breather {
  let turnAt = nowMs();
  return {
    isDue: () => nowMs() - turnAt > workMs,
    async breathe() {
      await nextTurn();
      turnAt = nowMs();
    },
  };
}
