import type { PartialBlob } from '../../../store/index.ts';
import type { Interval } from './intervals.ts';

export const pieceBytes = 1024 * 1024;

/** Gathers what comes in order from an offset on and writes it in pieces of 1 MiB, one filling while the other is written. */
export class PieceWriter {
  readonly #partial: PartialBlob;
  readonly #onWritten: (interval: Interval) => void;
  #filling = Buffer.allocUnsafeSlow(pieceBytes);
  #other = Buffer.allocUnsafeSlow(pieceBytes);
  #filled = 0;
  #at: number;
  #writing: Promise<void> = Promise.resolve();

  constructor(partial: PartialBlob, at: number, onWritten: (interval: Interval) => void) {
    this.#partial = partial;
    this.#at = at;
    this.#onWritten = onWritten;
  }

  async push(chunk: Uint8Array): Promise<void> {
    for (let from = 0; from < chunk.length; ) {
      const take = Math.min(chunk.length - from, pieceBytes - this.#filled);
      this.#filling.set(chunk.subarray(from, from + take), this.#filled);
      this.#filled += take;
      from += take;
      if (this.#filled === pieceBytes) await this.#swap();
    }
  }

  /** Writes what was gathered. */
  async end(): Promise<void> {
    if (this.#filled > 0) await this.#swap();
    await this.#writing;
  }

  async #swap(): Promise<void> {
    await this.#writing;
    const piece = this.#filling.subarray(0, this.#filled);
    const at = this.#at;
    [this.#filling, this.#other] = [this.#other, this.#filling];
    this.#filled = 0;
    this.#at += piece.length;
    this.#writing = this.#partial.write(at, piece).then(() => this.#onWritten([at, at + piece.length]));
    // Whoever writes next, or ends, is told.
    this.#writing.catch(() => {});
  }
}
