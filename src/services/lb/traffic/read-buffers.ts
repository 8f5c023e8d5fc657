const smallBytes = 8 * 1024;
const largeBytes = 64 * 1024;
/** Small reads in a row after which a large buffer is of no use any more. */
const calm = 32;
/** Small buffers that are kept for later sessions: 4 MiB. */
const smallKept = 512;

/** The buffers of a balancer, used again: fresh ones for each session cost more in collecting them than in reading. */
export class ReadBuffers {
  readonly #small: Buffer[] = [];
  readonly #large: Buffer[] = [];
  #largeLeft: number;

  /** There are never more than `mostLarge` large buffers, however many sessions there are. */
  constructor(mostLarge: number) {
    this.#largeLeft = mostLarge;
  }

  takeSmall(): Buffer {
    return this.#small.pop() ?? Buffer.allocUnsafeSlow(smallBytes);
  }

  /** Undefined where all are out. */
  takeLarge(): Buffer | undefined {
    const free = this.#large.pop();
    if (free || this.#largeLeft === 0) return free;
    this.#largeLeft--;
    return Buffer.allocUnsafeSlow(largeBytes);
  }

  giveBack(buffer: Buffer): void {
    if (buffer.length === largeBytes) this.#large.push(buffer);
    else if (this.#small.length < smallKept) this.#small.push(buffer);
  }
}

/** What one socket reads into: 8 KiB for as long as it says little, a large buffer while it streams. */
export class ReadBuffer {
  readonly #buffers: ReadBuffers;
  #small: Buffer | undefined;
  #large: Buffer | undefined;
  #calmReads = 0;
  #filled = false;

  constructor(buffers: ReadBuffers) {
    this.#buffers = buffers;
  }

  /** To be called for every read, with its length. */
  note(length: number): void {
    this.#filled = length >= smallBytes;
    this.#calmReads = this.#filled ? 0 : this.#calmReads + 1;
  }

  /** The buffer for the next read. While `lent`, what was read before still waits in its buffer to be written, so that one stays. */
  next(lent: boolean): Buffer {
    if (!lent && this.#large && this.#calmReads > calm) {
      this.#buffers.giveBack(this.#large);
      this.#large = undefined;
    }
    if (!lent && !this.#large && this.#filled) this.#large = this.#buffers.takeLarge();
    if (this.#large) return this.#large;
    this.#small ??= this.#buffers.takeSmall();
    return this.#small;
  }

  /** Lets go of its buffers; to be called once, when nothing reads or writes them any more. */
  release(): void {
    for (const buffer of [this.#small, this.#large]) if (buffer) this.#buffers.giveBack(buffer);
    this.#small = undefined;
    this.#large = undefined;
  }
}
