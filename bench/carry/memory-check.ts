import type { Check } from '../lib/check.ts';

const mostBytes = 256 * 1024 * 1024;

/** Holds the peak of a whole process to what is asked of it, whatever the size of what it carries. */
export const memoryCheck = (what: string, peakBytes: number): Check => ({
  asked: `peak memory of ${what}: under 256 MiB`,
  shown: `${Math.round(peakBytes / 2 ** 20)} MiB`,
  passed: peakBytes < mostBytes,
});
