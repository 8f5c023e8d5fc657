import type { Clock } from '../../../kernel/index.ts';

export const maxLanes = 8;
const windowMs = 500;
/** More connections are worth it while they bring this much more. */
const worthwhile = 1.1;

/** How many connections to fetch with: twice as many while that is faster, fewer where the server has enough. */
export class Lanes {
  target = 1;
  readonly #clock: Clock;
  #growing = true;
  #bestRate = 0;
  #windowAtMs: number;
  #windowBytes = 0;
  #changed = Promise.withResolvers<void>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#windowAtMs = clock.now();
  }

  /** Resolves when the target is another one. */
  get changed(): Promise<void> {
    return this.#changed.promise;
  }

  /** Bytes that came in. */
  moved(bytes: number): void {
    this.#windowBytes += bytes;
    const elapsedMs = this.#clock.now() - this.#windowAtMs;
    if (!this.#growing || elapsedMs < windowMs) return;
    const rate = this.#windowBytes / elapsedMs;
    if (rate > this.#bestRate * worthwhile) {
      this.#bestRate = rate;
      this.#set(Math.min(maxLanes, this.target * 2));
    } else {
      this.#growing = false;
      this.#set(Math.max(1, this.target / 2));
    }
    this.#windowAtMs = this.#clock.now();
    this.#windowBytes = 0;
  }

  /** The server wants to be asked less. */
  slowDown(): void {
    this.#growing = false;
    this.#set(Math.max(1, Math.floor(this.target / 2)));
  }

  #set(target: number): void {
    if (target === this.target) return;
    this.target = target;
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
