import type { Clock, OnProgress } from '../kernel/index.ts';

const everyMs = 200;

/** Turns bytes that were worked off into progress events with the time that remains. */
export interface Meter {
  add(bytes: number): void;
  finish(): void;
}

/** A meter over `totalBytes`, stage `verify`, with an event at most five times a second. */
export function createMeter(totalBytes: number, onProgress: OnProgress, clock: Clock): Meter {
  const startedAtMs = clock.now();
  let lastAtMs = startedAtMs;
  let done = 0;
  const report = (nowMs: number) => {
    const rate = done / Math.max(1, nowMs - startedAtMs);
    const remaining = rate > 0 ? { remainingMs: Math.round((totalBytes - done) / rate) } : {};
    onProgress({ stage: 'verify', done, total: totalBytes, unit: 'bytes', ...remaining });
  };
  report(startedAtMs);
  return {
    add(bytes) {
      // A blob may have grown, by damage, since the total was taken.
      done = Math.min(totalBytes, done + bytes);
      const nowMs = clock.now();
      if (nowMs - lastAtMs < everyMs) return;
      lastAtMs = nowMs;
      report(nowMs);
    },
    finish() {
      done = totalBytes;
      report(clock.now());
    },
  };
}
