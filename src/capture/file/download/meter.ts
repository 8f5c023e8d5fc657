import type { Clock, OnProgress } from '../../../kernel/index.ts';

const everyMs = 200;
/** The rate is that of about the last seconds, so that a break or a faster line shows soon. */
const memoryMs = 5_000;

/** Tells of a download in bytes, with the time that remains by the rate of the last seconds. */
export class Meter {
  readonly #onProgress: OnProgress;
  readonly #clock: Clock;
  #done = 0;
  #total: number | undefined;
  #perMs = 0;
  #fresh = 0;
  #atMs: number;

  constructor(onProgress: OnProgress, clock: Clock) {
    this.#onProgress = onProgress;
    this.#clock = clock;
    this.#atMs = clock.now();
  }

  /** What lies there already, and the whole where it is known. */
  begin(done: number, total: number | undefined): void {
    this.#done = done;
    this.#total = total;
    this.#fresh = 0;
    this.#atMs = this.#clock.now();
    this.#tell();
  }

  /** Bytes that came in. */
  moved(bytes: number): void {
    this.#done += bytes;
    this.#fresh += bytes;
    const elapsedMs = this.#clock.now() - this.#atMs;
    if (elapsedMs < everyMs) return;
    const rate = this.#fresh / elapsedMs;
    const weight = this.#perMs === 0 ? 1 : Math.min(1, elapsedMs / memoryMs);
    this.#perMs += (rate - this.#perMs) * weight;
    this.#fresh = 0;
    this.#atMs += elapsedMs;
    this.#tell();
  }

  #tell(): void {
    const total = this.#total;
    const left = total === undefined || this.#perMs === 0 ? undefined : (total - this.#done) / this.#perMs;
    this.#onProgress({
      stage: 'downloading',
      done: this.#done,
      unit: 'bytes',
      ...(total !== undefined && { total }),
      ...(left !== undefined && { remainingMs: Math.max(0, Math.round(left)) }),
      ...(this.#perMs > 0 && { perSecond: Math.round(this.#perMs * 1000) }),
    });
  }
}
