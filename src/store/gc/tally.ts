import type { Tally } from './types.ts';

/** Adds up blobs and their bytes. */
export function createTally(): Tally & { add(blob: { readonly sizeBytes: number }): void; sum(): Tally } {
  const tally = {
    count: 0,
    sizeBytes: 0,
    add(blob: { readonly sizeBytes: number }) {
      tally.count++;
      tally.sizeBytes += blob.sizeBytes;
    },
    sum: (): Tally => ({ count: tally.count, sizeBytes: tally.sizeBytes }),
  };
  return tally;
}
