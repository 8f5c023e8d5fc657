import type { Digest } from '../kernel/index.ts';
import type {
  BlobBatch,
  BlobInfo,
  BlobSource,
  BlobStore,
  BlobSweep,
  ByteRange,
  Expected,
  ListedBlob,
  OpenBlob,
  OpensBlobs,
  PartialBlob,
  PartialInfo,
} from './blob-store.ts';
import { chunksOf } from './chunks.ts';
import { storeErrors } from './errors.ts';
import { checkBytes, createMeasure, defaultMaxBytes } from './measure.ts';
import { MemoryPartials } from './memory-partials.ts';
import { fitRange } from './ranges.ts';

type Held = Map<Digest, Uint8Array>;

/** Blobs in memory: for tests, and for what is thrown away with the process. */
export class MemoryBlobStore implements BlobStore, OpensBlobs {
  readonly #held: Held;
  readonly #partials: MemoryPartials;
  /** When a blob was written or touched last; one that was handed in counts as old. */
  readonly #touchedAt = new Map<Digest, number>();
  #sweeping = false;

  /** `held` may be handed in to look at, or to damage, what is kept. */
  constructor(held: Held = new Map()) {
    this.#held = held;
    this.#partials = new MemoryPartials((bytes, expected) => this.put(bytes, expected));
  }

  async stat(digest: Digest): Promise<BlobInfo | undefined> {
    const bytes = this.#held.get(digest);
    return bytes && { digest, sizeBytes: bytes.length };
  }

  async touch(digest: Digest): Promise<BlobInfo | undefined> {
    if (this.#held.has(digest)) this.#touchedAt.set(digest, Date.now());
    return this.stat(digest);
  }

  async put(source: BlobSource, expected?: Expected): Promise<BlobInfo> {
    const blob = await receive(this.#held, source, expected);
    this.#touchedAt.set(blob.digest, Date.now());
    return blob;
  }

  batch(): BlobBatch {
    return new MemoryBatch(this, (digest, bytes) => {
      this.#held.set(digest, bytes);
      this.#touchedAt.set(digest, Date.now());
    });
  }

  async partial(key: string): Promise<PartialBlob> {
    return this.#partials.open(key);
  }

  partials(): AsyncIterable<PartialInfo> {
    return this.#partials.list();
  }

  async read(digest: Digest, range?: ByteRange): Promise<AsyncIterable<Uint8Array>> {
    const bytes = this.#held.get(digest);
    if (!bytes) throw storeErrors.notFound({ digest });
    const { start, end } = fitRange({ digest, sizeBytes: bytes.length }, range);
    // A copy: whoever reads may write over what was read.
    return chunksOf(new Uint8Array(bytes.subarray(start, end)));
  }

  async open(digest: Digest): Promise<OpenBlob> {
    const bytes = this.#held.get(digest);
    if (!bytes) throw storeErrors.notFound({ digest });
    return {
      sizeBytes: bytes.length,
      async read(into, at) {
        const piece = bytes.subarray(at, at + into.length);
        into.set(piece);
        return piece.length;
      },
      async close() {},
    };
  }

  async bytes(digest: Digest, maxBytes?: number): Promise<Uint8Array> {
    return checked(this.#held, digest, maxBytes);
  }

  async *list(): AsyncIterable<ListedBlob> {
    for (const [digest, bytes] of [...this.#held])
      yield { digest, sizeBytes: bytes.length, touchedAt: this.#touchedAt.get(digest) ?? 0 };
  }

  async delete(digest: Digest): Promise<boolean> {
    this.#touchedAt.delete(digest);
    return this.#held.delete(digest);
  }

  async sweep(): Promise<BlobSweep> {
    if (this.#sweeping) throw storeErrors.sweepBusy({ place: 'memory' });
    this.#sweeping = true;
    return {
      free: async (digest, untouchedSince) =>
        (this.#touchedAt.get(digest) ?? 0) < untouchedSince && this.delete(digest),
      end: async () => {
        this.#sweeping = false;
      },
    };
  }
}

class MemoryBatch implements BlobBatch {
  readonly #store: MemoryBlobStore;
  readonly #keep: (digest: Digest, bytes: Uint8Array) => void;
  readonly #staged: Held = new Map();
  #ended = false;

  constructor(store: MemoryBlobStore, keep: (digest: Digest, bytes: Uint8Array) => void) {
    this.#store = store;
    this.#keep = keep;
  }

  async put(source: BlobSource, expected?: Expected): Promise<BlobInfo> {
    if (this.#ended) throw storeErrors.batchEnded();
    return receive(this.#staged, source, expected);
  }

  async bytes(digest: Digest, maxBytes?: number): Promise<Uint8Array> {
    return this.#staged.has(digest)
      ? checked(this.#staged, digest, maxBytes)
      : this.#store.bytes(digest, maxBytes);
  }

  async commit(): Promise<void> {
    if (this.#ended) throw storeErrors.batchEnded();
    this.#ended = true;
    for (const [digest, bytes] of this.#staged) this.#keep(digest, bytes);
    this.#staged.clear();
  }

  async abort(): Promise<void> {
    this.#ended = true;
    this.#staged.clear();
  }
}

async function receive(into: Held, source: BlobSource, expected?: Expected): Promise<BlobInfo> {
  const measure = createMeasure(expected);
  const parts: Uint8Array[] = [];
  for await (const chunk of chunksOf(source)) {
    measure.add(chunk);
    parts.push(chunk);
  }
  const info = measure.finish();
  into.set(info.digest, new Uint8Array(Buffer.concat(parts)));
  return info;
}

function checked(held: Held, digest: Digest, maxBytes = defaultMaxBytes): Uint8Array {
  const bytes = held.get(digest);
  if (!bytes) throw storeErrors.notFound({ digest });
  if (bytes.length > maxBytes) throw storeErrors.tooLarge({ what: digest, limitBytes: maxBytes });
  return checkBytes(digest, new Uint8Array(bytes));
}
