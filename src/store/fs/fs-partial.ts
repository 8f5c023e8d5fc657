import { type FileHandle, rename, statfs, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../kernel/index.ts';
import type { BlobInfo, Expected, PartialBlob } from '../blob-store.ts';
import { storeErrors } from '../errors.ts';
import type { Claim } from './claim.ts';
import { failure } from './failure.ts';
import { removePartial } from './gone-partials.ts';
import type { Layout } from './layout.ts';
import { measureFile } from './measure-file.ts';
import { ownedName } from './owner.ts';
import { partialNames } from './partial-names.ts';
import type { Placer } from './place.ts';
import { RunningMeasure } from './running-measure.ts';
import { syncFolders } from './sync-folders.ts';

interface Opened {
  readonly layout: Layout;
  readonly placer: Placer;
  readonly key: string;
  readonly folder: string;
  readonly handle: FileHandle;
  readonly claim: Claim;
  readonly sizeBytes: number;
  readonly note: string | undefined;
}

/** A blob on its way in, as a file in a folder of its own that is claimed; see `PartialBlob`. */
export class FsPartial implements PartialBlob {
  sizeBytes: number;
  note: string | undefined;
  readonly #at: Opened;
  readonly #running: RunningMeasure;
  #open = true;
  /** Set by an error of the disk: what was written before may be lost though a later sync succeeds. */
  #unsure: HoldfastError | undefined;

  constructor(opened: Opened) {
    this.#at = opened;
    this.sizeBytes = opened.sizeBytes;
    this.note = opened.note;
    this.#running = new RunningMeasure(opened.sizeBytes === 0);
  }

  async setNote(text: string): Promise<void> {
    const { folder } = this.#at;
    const draft = join(folder, ownedName());
    await this.sync();
    try {
      await this.#guard(async () => {
        await writeFile(draft, text, { mode: 0o600, flush: true });
        await rename(draft, join(folder, partialNames.note));
        await syncFolders([folder]);
      });
    } catch (error) {
      await unlink(draft).catch(() => {});
      throw error;
    }
    this.note = text;
  }

  async reserve(sizeBytes: number): Promise<void> {
    const { layout, handle } = this.#at;
    const place = layout.root;
    const [disk, { blocks }] = await this.#guard(() => Promise.all([statfs(place), handle.stat()]));
    // Of a file with gaps only its blocks lie on the disk.
    const neededBytes = Math.max(0, sizeBytes - blocks * 512);
    const freeBytes = disk.bavail * disk.bsize;
    if (neededBytes > freeBytes) throw storeErrors.full({ place, neededBytes, freeBytes });
  }

  async write(at: number, bytes: Uint8Array): Promise<void> {
    // Anything else is taken for the place of the write before it.
    if (!Number.isSafeInteger(at) || at < 0) throw new RangeError(`A blob has no byte ${at}`);
    const writing = this.#guard(async () => {
      let done = 0;
      while (done < bytes.length)
        done += (await this.#at.handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    });
    this.#running.add(at, bytes);
    try {
      await writing;
    } catch (error) {
      // What was hashed does not lie there.
      this.#running.stop();
      throw error;
    }
    this.sizeBytes = Math.max(this.sizeBytes, at + bytes.length);
  }

  async truncate(sizeBytes: number): Promise<void> {
    if (sizeBytes > this.sizeBytes) return;
    // A write that failed may have left bytes beyond.
    await this.#guard(() => this.#at.handle.truncate(sizeBytes));
    if (sizeBytes === this.sizeBytes) return;
    this.sizeBytes = sizeBytes;
    if (sizeBytes === 0) this.#running.restart();
    else this.#running.stop();
  }

  async sync(): Promise<void> {
    if (this.#unsure) throw this.#unsure;
    try {
      await this.#guard(() => this.#at.handle.sync());
    } catch (error) {
      // The system tells of it once and forgets the bytes; a second sync would say that all is well.
      if (error instanceof HoldfastError) this.#unsure = error;
      throw error;
    }
  }

  async finish(expected: Expected = {}): Promise<BlobInfo> {
    const { handle, placer, folder } = this.#at;
    try {
      await this.sync();
      const blob = await this.#guard(async () => {
        const { size } = await handle.stat();
        return this.#running.finish(size, expected) ?? (await measureFile(handle, size, expected));
      });
      await this.#guard(() => placer.place([{ ...blob, temporary: join(folder, partialNames.data) }]));
      await this.discard();
      return blob;
    } catch (error) {
      // Bytes that are wrong are thrown away; a disk that failed says nothing against them.
      if (error instanceof HoldfastError && error.kind === 'invalid') await this.discard();
      else await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    try {
      await this.#at.handle.close();
    } finally {
      await this.#at.claim.release();
    }
  }

  async discard(): Promise<void> {
    // Once let go of, it may be another writer's.
    if (!this.#open) return;
    this.#open = false;
    const { handle, claim, layout, folder } = this.#at;
    await handle.close().catch(() => {});
    try {
      if (!claim.lost) await removePartial(layout, folder).catch(() => {});
    } finally {
      await claim.release();
    }
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    if (this.#at.claim.lost) throw storeErrors.partialBusy({ key: this.#at.key });
    try {
      return await work();
    } catch (error) {
      throw await failure(this.#at.layout.root, error, this.sizeBytes);
    }
  }
}
