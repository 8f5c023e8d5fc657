const smallBytes = 8 * 1024;
const largeBytes = 64 * 1024;
/** Small reads in a row after which a large buffer is of no use any more. */
const calm = 32;

/** The large buffers of a balancer, used again: there are never more than `most`, however many sessions there are. */
export class LargeBuffers {
  readonly #free: Buffer[] = [];
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  take(): Buffer | undefined {
    const free = this.#free.pop();
    if (free) return free;
    if (this.#left === 0) return undefined;
    this.#left--;
    return Buffer.allocUnsafeSlow(largeBytes);
  }

  giveBack(buffer: Buffer): void {
    this.#free.push(buffer);
  }
}

/** What one socket reads into: 8 KiB for as long as it says little, a large buffer while it streams. */
export class ReadBuffer {
  readonly #pool: LargeBuffers;
  #small: Buffer | undefined;
  #large: Buffer | undefined;
  #calmReads = 0;
  #filled = false;

  constructor(pool: LargeBuffers) {
    this.#pool = pool;
  }

  /** To be called for every read, with its length. */
  note(length: number): void {
    this.#filled = length >= smallBytes;
    this.#calmReads = this.#filled ? 0 : this.#calmReads + 1;
  }

  /** The buffer for the next read. While `lent`, what was read before still waits in its buffer to be written, so that one stays. */
  next(lent: boolean): Buffer {
    if (!lent && this.#large && this.#calmReads > calm) this.release();
    if (!lent && !this.#large && this.#filled) this.#large = this.#pool.take();
    if (this.#large) return this.#large;
    this.#small ??= Buffer.allocUnsafe(smallBytes);
    return this.#small;
  }

  /** Lets go of the large buffer; to be called when nothing reads or writes it any more. */
  release(): void {
    if (this.#large) this.#pool.giveBack(this.#large);
    this.#large = undefined;
  }
}
