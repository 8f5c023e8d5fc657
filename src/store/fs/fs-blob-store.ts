import { constants } from 'node:fs';
import { open, opendir, unlink } from 'node:fs/promises';
import { type Digest, errorText, isDigest } from '../../kernel/index.ts';
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
} from '../blob-store.ts';
import { chunkBytes } from '../chunks.ts';
import { collect } from '../collect.ts';
import { storeErrors } from '../errors.ts';
import { checkBytes, defaultMaxBytes } from '../measure.ts';
import { fitRange } from '../ranges.ts';
import { lookUp } from './condemn.ts';
import { failure, isMissing } from './failure.ts';
import { FsBatch } from './fs-batch.ts';
import { openFsBlob } from './fs-open-blob.ts';
import { openFsSweep } from './fs-sweep.ts';
import { algorithms, type Layout, openLayout } from './layout.ts';
import { listFsPartials, openFsPartial } from './open-partial.ts';
import { Placer } from './place.ts';
import { stage } from './stage.ts';
import { type StrayFile, strayFiles } from './strays.ts';

export interface FsBlobStoreOptions {
  /** The folder of the store; made where it is missing. */
  readonly root: string;
  /** A blob that is relied on counts as new at most so long after it did before; garbage collection has a longer grace. One minute unless told. */
  readonly renewAfterMs?: number;
}

/** Opens the store in a folder that is an OCI image layout; throws `store.badLayout`, `store.full` or `store.unwritable`. */
export async function createFsBlobStore(options: FsBlobStoreOptions): Promise<FsBlobStore> {
  const openedAtMs = Date.now();
  const layout = await openLayout(options.root);
  return new FsBlobStore(layout, new Placer(layout, openedAtMs, options.renewAfterMs ?? 60_000));
}

/** Blobs as files under their digests; several processes may use one folder at the same time. */
export class FsBlobStore implements BlobStore, OpensBlobs {
  readonly #layout: Layout;
  readonly #placer: Placer;

  constructor(layout: Layout, placer: Placer) {
    this.#layout = layout;
    this.#placer = placer;
  }

  async stat(digest: Digest): Promise<BlobInfo | undefined> {
    const blob = await this.#listed(digest);
    return blob && { digest, sizeBytes: blob.sizeBytes };
  }

  async #listed(digest: Digest): Promise<ListedBlob | undefined> {
    if (!isDigest(digest)) return undefined;
    try {
      const found = await lookUp(this.#layout, digest);
      return found?.isFile() ? { digest, sizeBytes: found.size, touchedAt: found.mtimeMs } : undefined;
    } catch (error) {
      const place = this.#layout.pathOf(digest);
      throw storeErrors.unreadable({ place, detail: errorText(error) }, { cause: error });
    }
  }

  async touch(digest: Digest): Promise<BlobInfo | undefined> {
    return isDigest(digest) ? this.#placer.touch(digest) : undefined;
  }

  async put(source: BlobSource, expected?: Expected): Promise<BlobInfo> {
    const isHeld = (blob: BlobInfo) => this.#placer.isHeld(blob);
    const staged = await stage(this.#layout, source, { expected, isHeld, sync: true });
    const { digest, sizeBytes, temporary } = staged;
    try {
      await this.#placer.place([staged]);
    } catch (error) {
      if (temporary !== undefined) await unlink(temporary).catch(() => {});
      throw await failure(this.#layout.root, error, sizeBytes);
    }
    return { digest, sizeBytes };
  }

  partial(key: string): Promise<PartialBlob> {
    return openFsPartial(this.#layout, this.#placer, key);
  }

  partials(): AsyncIterable<PartialInfo> {
    return listFsPartials(this.#layout);
  }

  batch(): BlobBatch {
    return new FsBatch(this.#layout, this.#placer, this);
  }

  async read(digest: Digest, range?: ByteRange): Promise<AsyncIterable<Uint8Array>> {
    const blob = await this.stat(digest);
    if (!blob) throw storeErrors.notFound({ digest });
    const { start, end } = fitRange(blob, range);
    return this.#stream(digest, start, end);
  }

  async *#stream(digest: Digest, start: number, end: number): AsyncGenerator<Uint8Array> {
    const place = this.#layout.pathOf(digest);
    try {
      await using file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW);
      for (let at = start; at < end; ) {
        const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, end - at));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
        if (bytesRead === 0) throw new Error(`the file ends at byte ${at}`);
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } catch (error) {
      if (isMissing(error)) throw storeErrors.notFound({ digest });
      throw storeErrors.unreadable({ place, detail: errorText(error) }, { cause: error });
    }
  }

  open(digest: Digest): Promise<OpenBlob> {
    return openFsBlob(this.#layout, digest);
  }

  async bytes(digest: Digest, maxBytes = defaultMaxBytes): Promise<Uint8Array> {
    const blob = await this.stat(digest);
    if (!blob) throw storeErrors.notFound({ digest });
    if (blob.sizeBytes > maxBytes) throw storeErrors.tooLarge({ what: digest, limitBytes: maxBytes });
    return checkBytes(digest, await collect(this.#stream(digest, 0, blob.sizeBytes), maxBytes, digest));
  }

  async *list(): AsyncIterable<ListedBlob> {
    for (const algorithm of algorithms) {
      for await (const entry of await opendir(this.#layout.folderOf(algorithm))) {
        const digest = `${algorithm}:${entry.name}`;
        const blob = isDigest(digest) ? await this.#listed(digest) : undefined;
        if (blob) yield blob;
      }
    }
  }

  async delete(digest: Digest): Promise<boolean> {
    if (!(await this.stat(digest))) return false;
    try {
      await unlink(this.#layout.pathOf(digest));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw await failure(this.#layout.root, error, 0);
    }
  }

  sweep(): Promise<BlobSweep> {
    return openFsSweep(this.#layout);
  }

  /** Where a blob lies, for messages. */
  placeOf(digest: Digest): string {
    return this.#layout.pathOf(digest);
  }

  /** What lies in the folder and is no blob under its digest. */
  strays(): AsyncIterable<StrayFile> {
    return strayFiles(this.#layout);
  }
}
