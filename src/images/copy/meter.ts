import type { Clock, Digest, OnProgress } from '../../kernel/index.ts';

const everyMs = 200;
/** How much the latest interval counts for the speed that is told. */
const weight = 0.3;

/** Turns what is done of each part into progress in bytes, with the time that remains at the speed so far. */
export interface Meter {
  /** A part was there already. */
  skip(sizeBytes: number): void;
  /** So much of a part has come; it may be less than before, where it was begun anew. */
  reach(digest: Digest, doneBytes: number): void;
  finish(): void;
  /** Bytes that were copied. */
  readonly copiedBytes: number;
}

export function createMeter(totalBytes: number, onProgress: OnProgress, clock: Clock): Meter {
  const startedAtMs = clock.now();
  const reached = new Map<Digest, number>();
  let lastAtMs = Number.NEGATIVE_INFINITY;
  let done = 0;
  let copied = 0;
  let copiedBefore = 0;
  let perMs = 0;
  const report = (isLast = false) => {
    const nowMs = clock.now();
    if (!isLast && nowMs - lastAtMs < everyMs) return;
    const passedMs = nowMs - lastAtMs;
    if (Number.isFinite(passedMs) && passedMs > 0) {
      const latest = (copied - copiedBefore) / passedMs;
      perMs = perMs === 0 ? latest : perMs + weight * (latest - perMs);
    }
    copiedBefore = copied;
    lastAtMs = nowMs;
    const perSecond = perMs > 0 ? { perSecond: Math.round(perMs * 1000) } : {};
    const rate = copied / Math.max(1, nowMs - startedAtMs);
    const remaining = rate > 0 ? { remainingMs: Math.round((totalBytes - done) / rate) } : {};
    onProgress({ stage: 'copying', done, total: totalBytes, unit: 'bytes', ...remaining, ...perSecond });
  };
  report();
  return {
    get copiedBytes() {
      return copied;
    },
    skip(sizeBytes) {
      done += sizeBytes;
      report();
    },
    reach(digest, doneBytes) {
      const before = reached.get(digest);
      reached.set(digest, doneBytes);
      done += doneBytes - (before ?? 0);
      // Where it begins is what was there before.
      if (before !== undefined && doneBytes > before) copied += doneBytes - before;
      report();
    },
    finish: () => report(true),
  };
}
