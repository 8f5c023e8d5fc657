import { open, readFile, unlink } from 'node:fs/promises';
import type { Digest } from '../../kernel/index.ts';
import type { BlobBatch, BlobInfo, BlobSource, BlobStore, Expected } from '../blob-store.ts';
import { storeErrors } from '../errors.ts';
import { checkBytes, defaultMaxBytes } from '../measure.ts';
import { failure } from './failure.ts';
import type { Layout } from './layout.ts';
import type { Placer } from './place.ts';
import { type Staged, stage } from './stage.ts';

const syncsAtATime = 8;

/** Blobs in temporary files that one commit makes last and then visible; see `BlobBatch`. */
export class FsBatch implements BlobBatch {
  readonly #layout: Layout;
  readonly #placer: Placer;
  readonly #store: BlobStore;
  readonly #staged = new Map<Digest, Staged>();
  /** What the store held when it was put, and has to hold still when the batch ends. */
  readonly #relied = new Map<Digest, BlobInfo>();
  readonly #running = new Set<Promise<unknown>>();
  #ended = false;

  constructor(layout: Layout, placer: Placer, store: BlobStore) {
    this.#layout = layout;
    this.#placer = placer;
    this.#store = store;
  }

  put(source: BlobSource, expected?: Expected): Promise<BlobInfo> {
    if (this.#ended) return Promise.reject(storeErrors.batchEnded());
    const running = this.#take(source, expected);
    this.#running.add(running);
    const forget = () => void this.#running.delete(running);
    running.then(forget, forget);
    return running;
  }

  async #take(source: BlobSource, expected?: Expected): Promise<BlobInfo> {
    const isHeld = async (blob: BlobInfo) => this.#staged.has(blob.digest) || this.#placer.isHeld(blob);
    const staged = await stage(this.#layout, source, { expected, isHeld, sync: false });
    const { digest, sizeBytes, temporary } = staged;
    if (temporary !== undefined) {
      // The batch ended, or took the same blob from another source, while this one came in.
      if (this.#ended || this.#staged.has(digest)) await unlink(temporary);
      else this.#staged.set(digest, staged);
    } else if (!this.#staged.has(digest)) {
      this.#relied.set(digest, { digest, sizeBytes });
    }
    return { digest, sizeBytes };
  }

  async bytes(digest: Digest, maxBytes = defaultMaxBytes): Promise<Uint8Array> {
    const staged = this.#staged.get(digest);
    if (staged?.temporary === undefined) return this.#store.bytes(digest, maxBytes);
    if (staged.sizeBytes > maxBytes) throw storeErrors.tooLarge({ what: digest, limitBytes: maxBytes });
    return checkBytes(digest, await readFile(staged.temporary));
  }

  async commit(): Promise<void> {
    if (this.#ended) throw storeErrors.batchEnded();
    await Promise.allSettled([...this.#running]);
    this.#ended = true;
    const staged = [...this.#staged.values()];
    try {
      for (const blob of this.#relied.values())
        if (!(await this.#placer.isHeld(blob))) throw storeErrors.lost({ digest: blob.digest });
      const waiting = staged.values();
      const worker = async () => {
        for (const { temporary } of waiting) if (temporary !== undefined) await syncFile(temporary);
      };
      await Promise.all(Array.from({ length: syncsAtATime }, worker));
      await this.#placer.place(staged);
    } catch (error) {
      await this.#discard();
      throw await failure(this.#layout.root, error, sum(staged));
    }
  }

  async abort(): Promise<void> {
    this.#ended = true;
    await Promise.allSettled([...this.#running]);
    await this.#discard();
  }

  async #discard(): Promise<void> {
    const temporary = [...this.#staged.values()].flatMap((staged) => staged.temporary ?? []);
    await Promise.all(temporary.map((path) => unlink(path).catch(() => {})));
    this.#staged.clear();
  }
}

async function syncFile(path: string): Promise<void> {
  await using file = await open(path, 'r');
  await file.sync();
}

const sum = (staged: readonly Staged[]) => staged.reduce((total, each) => total + each.sizeBytes, 0);
