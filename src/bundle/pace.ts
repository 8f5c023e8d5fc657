import type { Clock, Progress } from '../kernel/index.ts';

/** What is told while bytes are carried: besides how much, how fast and which blob or part. */
export interface BundleProgress extends Progress {
  readonly bytesPerSecond: number;
  /** A blob's digest or a part's name. */
  readonly current: string;
}

export type OnBundleProgress = (progress: BundleProgress) => void;

/** Counts bytes that were worked off. */
export interface Pace {
  add(bytes: number, current: string): void;
  finish(): void;
}

const everyMs = 200;

/** A pace over `totalBytes`, told at most five times a second; `startBytes` were there before. */
export function createPace(
  stage: string,
  totalBytes: number,
  options: { onProgress?: OnBundleProgress | undefined; clock: Clock; startBytes?: number },
): Pace {
  const { onProgress = () => {}, clock, startBytes = 0 } = options;
  const startedAt = clock.now();
  let toldAt = startedAt;
  let done = startBytes;
  let last = '';
  const tell = (now: number) => {
    const perMs = (done - startBytes) / Math.max(1, now - startedAt);
    const remaining = perMs > 0 ? { remainingMs: Math.round((totalBytes - done) / perMs) } : {};
    const bytesPerSecond = Math.round(perMs * 1000);
    onProgress({
      stage,
      done,
      total: totalBytes,
      unit: 'bytes',
      ...remaining,
      bytesPerSecond,
      current: last,
    });
  };
  tell(startedAt);
  return {
    add(bytes, current) {
      done = Math.min(totalBytes, done + bytes);
      last = current;
      const now = clock.now();
      if (now - toldAt < everyMs) return;
      toldAt = now;
      tell(now);
    },
    finish() {
      done = totalBytes;
      tell(clock.now());
    },
  };
}
