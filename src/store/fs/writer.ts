import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from './failure.ts';
import type { Layout } from './layout.ts';
import { ownedName } from './owner.ts';

/** One temporary file being written; its errors are the store's. */
export class Writer {
  readonly path: string;
  readonly #layout: Layout;
  readonly #handle: FileHandle;
  readonly #knownBytes: number | undefined;
  #writtenBytes = 0;
  #open = true;

  private constructor(layout: Layout, path: string, handle: FileHandle, knownBytes: number | undefined) {
    this.#layout = layout;
    this.path = path;
    this.#handle = handle;
    this.#knownBytes = knownBytes;
  }

  /** Opens a file of its own; `knownBytes` is the size that it will have, where that is known, for the message of a full disk. */
  static async open(layout: Layout, knownBytes: number | undefined): Promise<Writer> {
    const path = join(layout.staging, ownedName());
    try {
      return new Writer(layout, path, await open(path, 'wx', 0o600), knownBytes);
    } catch (error) {
      throw await failure(layout.root, error, knownBytes ?? 0);
    }
  }

  /** Writes a whole chunk; `meanwhile` runs while the system writes. */
  async write(chunk: Uint8Array, meanwhile?: () => void): Promise<void> {
    const writing = this.#guard(this.#writeAll(chunk), chunk.length);
    try {
      meanwhile?.();
    } catch (error) {
      // The file must not be closed under a write.
      await writing.catch(() => {});
      throw error;
    }
    await writing;
    this.#writtenBytes += chunk.length;
  }

  async #writeAll(chunk: Uint8Array): Promise<void> {
    let at = 0;
    while (at < chunk.length) at += (await this.#handle.write(chunk, at, chunk.length - at)).bytesWritten;
  }

  /** Ends the file; with `sync` its bytes last through a power cut. */
  async close(sync: boolean): Promise<void> {
    if (sync) await this.#guard(this.#handle.sync(), 0);
    this.#open = false;
    await this.#guard(this.#handle.close(), 0);
  }

  /** Takes the file away. */
  async discard(): Promise<void> {
    if (this.#open) await this.#handle.close().catch(() => {});
    this.#open = false;
    await unlink(this.path).catch(() => {});
  }

  async #guard<T>(work: Promise<T>, pendingBytes: number): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw await failure(this.#layout.root, error, this.#knownBytes ?? this.#writtenBytes + pendingBytes);
    }
  }
}
