import { type Digest, hasCode, splitDigest } from '../../kernel/index.ts';
import type { BlobBatch, BlobStore, PartialBlob } from '../../store/index.ts';
import type { SizedBlob } from '../format/bundle-index.ts';
import { ahead } from '../parts/ahead.ts';

/** Blobs from here on come in so that they can be gone on with; smaller ones come in batches that share their syncs. */
const largeBytes = 16 * 1024 * 1024;
const batchBytes = 64 * 1024 * 1024;
const batchBlobs = 500;
/** How many blobs are made to last while others come in. */
const mostEnding = 3;
/** The system is asked to begin writing down after so many bytes, so that the sync at the end is short. */
const flushBytes = 64 * 1024 * 1024;

/** Where the bytes of a blob come from. */
export interface BlobBytes {
  /** From a place in the blob to its end. */
  bytes(from: number): AsyncIterable<Uint8Array>;
  /** Told of bytes that came in; what it throws ends the import. */
  onBytes(count: number): void;
}

/** True for what is wrong with the bytes of one blob, so that others may still be sound. */
export const isOfBundle = (error: unknown): boolean =>
  hasCode(error, 'bundle.damaged') || hasCode(error, 'store.mismatch');

/** The key under which a blob of any bundle comes in. */
export function partialKeyOf(digest: Digest): string {
  const { algorithm, hex } = splitDigest(digest);
  return `bundle-${algorithm}-${hex}`;
}

/** Takes blobs into a store one after the other, while those before are made to last. */
export class BlobLanes {
  readonly #store: BlobStore;
  /** Told of blobs that turn out bad after `take` resolved. */
  readonly #onBad: (digest: Digest, error: unknown) => void;
  readonly #ending = new Set<Promise<void>>();
  #batch: { batch: BlobBatch; blobs: number; sizeBytes: number } | undefined;
  #failure: { error: unknown } | undefined;

  constructor(store: BlobStore, onBad: (digest: Digest, error: unknown) => void) {
    this.#store = store;
    this.#onBad = onBad;
  }

  /** Takes a blob in; throws what is wrong with its bytes, and what the store throws. */
  async take(blob: SizedBlob, source: BlobBytes): Promise<void> {
    if (blob.sizeBytes < largeBytes) await this.#takeSmall(blob, source);
    else await this.#takeLarge(blob, source);
    while (this.#ending.size >= mostEnding) await Promise.race(this.#ending);
    if (this.#failure) throw this.#failure.error;
  }

  /** Waits until everything that was taken lasts. */
  async finish(): Promise<void> {
    this.#endBatch();
    await Promise.all(this.#ending);
    if (this.#failure) throw this.#failure.error;
  }

  /** Keeps what is whole, and lets go of the rest. */
  async abandon(): Promise<void> {
    this.#endBatch();
    await Promise.allSettled([...this.#ending]);
  }

  async #takeSmall({ digest, sizeBytes }: SizedBlob, source: BlobBytes): Promise<void> {
    this.#batch ??= { batch: this.#store.batch(), blobs: 0, sizeBytes: 0 };
    await this.#batch.batch.put(counted(source, 0), { digest, sizeBytes });
    this.#batch.blobs++;
    this.#batch.sizeBytes += sizeBytes;
    if (this.#batch.blobs >= batchBlobs || this.#batch.sizeBytes >= batchBytes) this.#endBatch();
  }

  async #takeLarge(blob: SizedBlob, source: BlobBytes): Promise<void> {
    const partial = await this.#store.partial(partialKeyOf(blob.digest));
    const from = partial.sizeBytes <= blob.sizeBytes ? partial.sizeBytes : 0;
    try {
      await partial.truncate(from);
      await fill(partial, from, counted(source, from));
    } catch (error) {
      await partial.close();
      throw error;
    }
    if (from === 0) {
      this.#end(() => partial.finish(blob), blob.digest);
      return;
    }
    try {
      await partial.finish(blob);
    } catch (error) {
      if (!hasCode(error, 'store.mismatch')) throw error;
      // A crash of the machine may have left a hole in what was there: once more, from the begin.
      await this.#takeLarge(blob, source);
    }
  }

  #endBatch(): void {
    const ended = this.#batch;
    this.#batch = undefined;
    if (ended) this.#end(() => ended.batch.commit());
  }

  #end(work: () => Promise<unknown>, digest?: Digest): void {
    const ending: Promise<void> = work()
      .then(() => {})
      .catch((error: unknown) => {
        if (digest !== undefined && isOfBundle(error)) this.#onBad(digest, error);
        else this.#failure ??= { error };
      })
      .finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}

async function* counted(source: BlobBytes, from: number): AsyncGenerator<Uint8Array> {
  if (from > 0) source.onBytes(from);
  for await (const bytes of ahead(source.bytes(from))) {
    source.onBytes(bytes.length);
    yield bytes;
  }
}

async function fill(partial: PartialBlob, from: number, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let at = from;
  let flushing: Promise<void> | undefined;
  let flushedAt = from;
  try {
    for await (const piece of bytes) {
      await partial.write(at, piece);
      at += piece.length;
      if (flushing || at - flushedAt < flushBytes) continue;
      flushedAt = at;
      flushing = partial.sync().finally(() => {
        flushing = undefined;
      });
      flushing.catch(() => {});
    }
  } finally {
    await flushing?.catch(() => {});
  }
}
