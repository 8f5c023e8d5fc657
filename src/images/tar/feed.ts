/** The bytes of an archive, taken in order. */
export interface TarFeed {
  /** How many bytes lie behind. */
  readonly position: number;
  /** Exactly as many bytes, fewer only at the archive's end; valid until the next call. */
  take(sizeBytes: number): Promise<Uint8Array>;
  /** Goes on to a place ahead; false where the archive ends before it. */
  skipTo(position: number): Promise<boolean>;
}

/** Feeds from a stream and holds no more than the piece that came last. */
export class StreamFeed implements TarFeed {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);
  #position = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  get position(): number {
    return this.#position;
  }

  /** The bytes at hand, at most `maxBytes`, as a view; none only at the end. */
  async some(maxBytes: number): Promise<Uint8Array> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#source.next();
      if (done) return this.#rest;
      this.#rest = value;
    }
    const bytes = this.#rest.subarray(0, maxBytes);
    this.#rest = this.#rest.subarray(bytes.length);
    this.#position += bytes.length;
    return bytes;
  }

  async take(sizeBytes: number): Promise<Uint8Array> {
    const first = await this.some(sizeBytes);
    if (first.length === sizeBytes || first.length === 0) return first;
    const whole = new Uint8Array(sizeBytes);
    whole.set(first);
    let filled = first.length;
    while (filled < sizeBytes) {
      const next = await this.some(sizeBytes - filled);
      if (next.length === 0) return whole.subarray(0, filled);
      whole.set(next, filled);
      filled += next.length;
    }
    return whole;
  }

  async skipTo(position: number): Promise<boolean> {
    while (this.#position < position)
      if ((await this.some(position - this.#position)).length === 0) return false;
    return true;
  }

  /** Lets go of the source. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
