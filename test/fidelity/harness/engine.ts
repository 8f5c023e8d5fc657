import type { Captured } from './judge.ts';

/** What the suite judges: takes an address, gives what became of it. */
export interface Engine {
  capture(url: string): Promise<Captured>;
  close(): Promise<void>;
}
