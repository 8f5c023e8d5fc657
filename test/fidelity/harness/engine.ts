import type { Captured } from './judge.ts';

/** What the suite judges: takes an address, gives what became of it. */
export interface Engine {
  /** `capMs` is the longest that it may take; absent for the engine's own cap. */
  capture(url: string, capMs?: number): Promise<Captured>;
  close(): Promise<void>;
}
