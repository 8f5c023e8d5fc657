import type { BlobInfo, Expected } from '../blob-store.ts';
import { storeErrors } from '../errors.ts';
import { createMeasure, type Measure } from '../measure.ts';

/** Hashes along while bytes come in order from the start, so that most blobs need no second reading. */
export class RunningMeasure {
  /** Undefined once bytes did not come in order. */
  #measure: Measure | undefined;
  #measuredBytes = 0;

  constructor(fromStart: boolean) {
    if (fromStart) this.restart();
  }

  restart(): void {
    this.#measure = createMeasure();
    this.#measuredBytes = 0;
  }

  stop(): void {
    this.#measure = undefined;
  }

  add(at: number, bytes: Uint8Array): void {
    if (at !== this.#measuredBytes) this.stop();
    this.#measure?.add(bytes);
    this.#measuredBytes += bytes.length;
  }

  /** The blob of so many bytes; undefined where they have to be read again: not all were hashed, or by another algorithm, or there are others than were expected. */
  finish(
    sizeBytes: number,
    { digest, sizeBytes: wanted, maxBytes = Number.POSITIVE_INFINITY }: Expected,
  ): BlobInfo | undefined {
    const blob = this.#measuredBytes === sizeBytes ? this.#measure?.finish() : undefined;
    this.stop();
    if (!blob || (digest !== undefined && digest !== blob.digest)) return undefined;
    if (sizeBytes > maxBytes) throw storeErrors.tooLarge({ what: blob.digest, limitBytes: maxBytes });
    if (wanted !== undefined && wanted !== sizeBytes)
      throw storeErrors.mismatch({ expected: `${wanted} bytes`, actual: `${sizeBytes} bytes` });
    return blob;
  }
}
