import { link, lstat, open, rename, symlink, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Descriptor } from '../../kernel/index.ts';
import { ownedName } from '../../store/index.ts';
import { Gathered } from './gathered.ts';
import { makeOne } from './make-one.ts';
import { placeError } from './place-error.ts';
import { SharedWork } from './shared-work.ts';
import { sweepFolder } from './sweep-folder.ts';
import { takeBlob, writeAll } from './take-blob.ts';

/** Blobs of at least this size are synced each by itself. */
const soloBytes = 4 * 1024 * 1024;

type Fill = (write: (piece: Uint8Array, at: number) => Promise<void>) => Promise<void>;

/** Writes files into a folder so that each is there whole, synced, or not at all. */
export class FolderWriter {
  readonly root: string;
  readonly #prefix: string;
  readonly #mode: number;
  /** To be synced. */
  readonly #folders = new Set<string>();
  readonly #made = new Set<string>();
  readonly #writing = new SharedWork();
  readonly #gathered = new Gathered();

  /** `prefix` (it may name a folder below `root`) begins the name of every file that is being written; `mode` is theirs. */
  constructor(root: string, prefix: string, mode: number) {
    this.root = root;
    this.#prefix = prefix;
    this.#mode = mode;
  }

  /** The size of a regular file, also of one that waits to be synced; undefined where there is none. */
  async sizeOf(path: string): Promise<number | undefined> {
    const waiting = this.#gathered.sizeOf(join(this.root, path));
    if (waiting !== undefined) return waiting;
    const found = await lstat(join(this.root, path)).catch(() => undefined);
    return found?.isFile() ? found.size : undefined;
  }

  /** True for a blob that has come and will be at its path after the next `flush`. */
  isWaiting(path: string): boolean {
    return this.#gathered.sizeOf(join(this.root, path)) !== undefined;
  }

  /**
   * Writes a blob, hashed on its way, once for all who ask for it at the same time; throws as `takeBlob` does. Small ones are
   * synced together and get their names with a later one or by `flush`.
   */
  putBlob(
    path: string,
    descriptor: Descriptor,
    open: (start: number) => Promise<AsyncIterable<Uint8Array>>,
  ): Promise<void> {
    const { size } = descriptor;
    const fill: Fill = (write) => takeBlob(descriptor, open, write);
    return this.#writing.run(path, () =>
      size < soloBytes ? this.#gather(path, size, fill) : this.#place(path, this.#mode, size, fill),
    );
  }

  /** Does something once all blobs that were put before have their names. */
  async afterwards(step: () => Promise<void>): Promise<void> {
    this.#gathered.afterwards(step);
    if (this.#gathered.isFull) await this.flush();
  }

  /** Gives every blob that was put its name. */
  flush(): Promise<void> {
    return this.#guard(() => this.#gathered.flush());
  }

  /** Writes a small file in place of what is there. */
  putFile(path: string, bytes: Uint8Array, mode = this.#mode): Promise<void> {
    return this.#place(path, mode, bytes.length, (write) => write(bytes, 0));
  }

  /** Puts something at `path` that `make` makes at a temporary name; what `make` throws passes as it is. */
  async replace(path: string, make: (temporary: string) => Promise<void>): Promise<void> {
    const temporary = this.#temporary();
    const target = join(this.root, path);
    try {
      await make(temporary);
      await this.#guard(() => rename(temporary, target));
      this.#folders.add(dirname(target));
    } finally {
      // Also after a rename: between two names of one file it does nothing.
      await unlink(temporary).catch(() => {});
    }
  }

  /** Puts a symbolic link at `path`. */
  linkTo(target: string, path: string): Promise<void> {
    return this.replace(path, (temporary) => this.#guard(() => symlink(target, temporary)));
  }

  /** Gives the file at `from` a second name; where the file system has no hard links, a copy. */
  async linkFile(from: string, path: string, bytes: Uint8Array): Promise<void> {
    try {
      await this.replace(path, (temporary) => link(join(this.root, from), temporary));
    } catch {
      await this.putFile(path, bytes);
    }
  }

  /** Makes a folder below the root, and what is missing above it; throws `images.outsideLink` where a link stands on the way. */
  async makeFolder(path: string, mode = 0o755): Promise<void> {
    if (this.#made.has(path)) return;
    if (path !== '.') await this.makeFolder(dirname(path));
    await makeOne(this.root, path, mode);
    this.#folders.add(dirname(join(this.root, path)));
    this.#made.add(path);
  }

  /** Gives everything that was put its name, and makes the names last through a power cut. */
  async sync(): Promise<void> {
    await this.flush();
    const folders = [...this.#folders];
    this.#folders.clear();
    for (const path of folders) {
      try {
        await using folder = await open(path, 'r');
        await folder.sync();
      } catch (error) {
        throw await placeError(path, error);
      }
    }
  }

  /** Removes what writers left that are gone. */
  sweep(): Promise<void> {
    return sweepFolder(this.root, this.#prefix);
  }

  async #place(path: string, mode: number, sizeBytes: number, fill: Fill): Promise<void> {
    await this.replace(path, (temporary) => this.#write(temporary, mode, sizeBytes, fill, true));
  }

  async #gather(path: string, sizeBytes: number, fill: Fill): Promise<void> {
    const temporary = this.#temporary();
    try {
      await this.#write(temporary, this.#mode, sizeBytes, fill, false);
    } catch (error) {
      await unlink(temporary).catch(() => {});
      throw error;
    }
    const target = join(this.root, path);
    this.#folders.add(dirname(target));
    this.#gathered.add(target, temporary, sizeBytes);
    if (this.#gathered.isFull) await this.flush();
  }

  async #write(temporary: string, mode: number, sizeBytes: number, fill: Fill, sync: boolean): Promise<void> {
    const file = await this.#guard(() => open(temporary, 'wx', mode), sizeBytes);
    try {
      await fill((piece, at) => this.#guard(() => writeAll(file, piece, at), sizeBytes));
      if (sync) await this.#guard(() => file.sync(), sizeBytes);
    } finally {
      await file.close().catch(() => {});
    }
  }

  #temporary(): string {
    return join(this.root, this.#prefix + ownedName());
  }

  /** Errors of the file system become ours; those of whoever gives the bytes stay theirs. */
  async #guard<T>(work: () => Promise<T>, neededBytes = 0): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw await placeError(this.root, error, neededBytes);
    }
  }
}
