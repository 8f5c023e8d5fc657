import { setTimeout as sleep } from 'node:timers/promises';
import type { InFlight } from '../record/in-flight.ts';
import type { Deadline } from './deadline.ts';

/** The network counts as quiet when nothing began or ended for this long. */
const quietMs = 60;
/** The longest wait at one place, and over the whole capture: a page that polls is never quiet. */
const capMs = 4_000;
const totalCapMs = 8_000;

/** Waits for a quiet network within a budget for the whole capture. */
export interface Quiet {
  wait(): Promise<void>;
  /** Waits in real time whatever the network does. */
  dwell(ms: number): Promise<void>;
}

/** A waiter over a page's requests. */
export function createQuiet(inFlight: InFlight, deadline: Deadline): Quiet {
  let spentMs = 0;
  return {
    async wait() {
      const start = performance.now();
      const end = start + Math.min(capMs, totalCapMs - spentMs, deadline.remainingMs());
      while (performance.now() < end) {
        if (inFlight.busy() === 0 && inFlight.quietMs() >= quietMs) break;
        await sleep(inFlight.busy() === 0 ? Math.max(5, quietMs - inFlight.quietMs()) : 15);
      }
      spentMs += performance.now() - start;
    },
    dwell: (ms) => sleep(Math.min(ms, deadline.remainingMs())),
  };
}
