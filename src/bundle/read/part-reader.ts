import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText } from '../../kernel/index.ts';
import { bundleErrors } from '../errors.ts';
import type { BundleIndex } from '../format/bundle-index.ts';
import { openToRead, readFully } from '../parts/part-file.ts';
import { createPieceRing } from '../parts/piece-ring.ts';

/** What is wrong with a chunk. */
export type ChunkFault = 'missing' | 'truncated' | 'damaged' | 'unreadable';

/** A chunk by its part and its place in it, both counted from 1. */
export interface ChunkRef {
  readonly part: number;
  readonly chunk: number;
}

/** Where a repair has a chunk. */
export interface Patch {
  readonly file: FileHandle;
  readonly at: number;
}

export const keyOf = ({ part, chunk }: ChunkRef): string => `${part}/${chunk}`;

/** Reads the parts of a bundle as one tar; chunks that a repair brings take the place of those in the parts. */
export class PartReader {
  readonly index: BundleIndex;
  readonly #folder: string;
  readonly #patches: ReadonlyMap<string, Patch>;
  /** The part that was read last: bundles are read from begin to end. */
  #open: { part: number; file: FileHandle } | undefined;
  #opening: Promise<unknown> = Promise.resolve();

  constructor(folder: string, index: BundleIndex, patches: ReadonlyMap<string, Patch> = new Map()) {
    this.#folder = folder;
    this.index = index;
    this.#patches = patches;
  }

  /** Where a chunk lies in its part, in bytes. */
  placeOf({ part, chunk }: ChunkRef): { at: number; sizeBytes: number } {
    const at = (chunk - 1) * this.index.chunkBytes;
    return { at, sizeBytes: Math.min(this.index.chunkBytes, this.index.parts[part - 1]!.sizeBytes - at) };
  }

  /** Fills `into` with a chunk; gives what is wrong where that cannot be done, and the reason. */
  async readChunk(
    ref: ChunkRef,
    into: Uint8Array,
  ): Promise<{ fault: ChunkFault; detail: string } | undefined> {
    const { at, sizeBytes } = this.placeOf(ref);
    const bytes = into.subarray(0, sizeBytes);
    const patch = this.#patches.get(keyOf(ref));
    try {
      const filled = patch
        ? await readFully(patch.file, bytes, patch.at)
        : await readFully(await this.#file(ref.part), bytes, at);
      if (filled === sizeBytes) return undefined;
      return { fault: 'truncated', detail: `the file ends at byte ${at + filled}` };
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      return { fault: isMissing ? 'missing' : 'unreadable', detail: errorText(error) };
    }
  }

  /** The bytes of a range of the tar, in pieces that are good until the one after the next is asked for; not checked. Throws `bundle.damaged` where a chunk cannot be read, after what lies before it. */
  async *read(start: number, sizeBytes: number): AsyncGenerator<Uint8Array> {
    const { partBytes, chunkBytes } = this.index;
    const end = start + sizeBytes;
    const ring = createPieceRing(sizeBytes);
    for (let at = start; at < end; ) {
      const part = Math.floor(at / partBytes) + 1;
      const inPart = at - (part - 1) * partBytes;
      const chunk = Math.floor(inPart / chunkBytes) + 1;
      const place = this.placeOf({ part, chunk });
      const bytes = ring.next(Math.min(end - at, place.at + place.sizeBytes - inPart));
      const { length } = bytes;
      const patch = this.#patches.get(keyOf({ part, chunk }));
      let filled: number;
      try {
        filled = patch
          ? await readFully(patch.file, bytes, patch.at + inPart - place.at)
          : await readFully(await this.#file(part), bytes, inPart);
      } catch (cause) {
        throw this.#damaged(part, chunk, errorText(cause), cause);
      }
      if (filled > 0) yield bytes.subarray(0, filled);
      if (filled < length) throw this.#damaged(part, chunk, `the file ends at byte ${inPart + filled}`);
      at += length;
    }
  }

  async close(): Promise<void> {
    await this.#open?.file.close();
    this.#open = undefined;
  }

  #damaged(part: number, chunk: number, fault: string, cause?: unknown): Error {
    return bundleErrors.damaged({ part: this.index.parts[part - 1]!.name, chunk, fault }, { cause });
  }

  #file(part: number): Promise<FileHandle> {
    const opened = this.#opening.then(async () => {
      if (this.#open?.part === part) return this.#open.file;
      const before = this.#open;
      const file = await openToRead(join(this.#folder, this.index.parts[part - 1]!.name));
      this.#open = { part, file };
      await before?.file.close();
      return file;
    });
    this.#opening = opened.catch(() => {});
    return opened;
  }
}
