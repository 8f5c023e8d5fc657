const largeBytes = 1024 * 1024;
const smallBytes = 64 * 1024;

/**
 * Buffers of 1 MiB that are used again: fresh ones of that size cost more in page faults than the copy into them. Where all
 * are out, small ones of the caller's own take their place, so memory stays bounded however many clients there are.
 */
export class BufferPool {
  readonly #free: Buffer[] = [];
  #left: number;

  /** `most` is how many large buffers there may be. */
  constructor(most: number) {
    this.#left = most;
  }

  take(): Buffer {
    const buffer = this.#free.pop();
    if (buffer) return buffer;
    if (this.#left === 0) return Buffer.allocUnsafeSlow(smallBytes);
    this.#left--;
    return Buffer.allocUnsafeSlow(largeBytes);
  }

  /** Gives a buffer back that nothing reads or writes any more. */
  giveBack(buffer: Buffer): void {
    if (buffer.length === largeBytes) this.#free.push(buffer);
  }

  /** Lets go of a buffer that something may still read: another may be made in its place. */
  forget(buffer: Buffer): void {
    if (buffer.length === largeBytes) this.#left++;
  }
}
