import { link, lstat, mkdir, open, readdir, rename, symlink, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Descriptor } from '../../kernel/index.ts';
import { foreignMaxAgeMs, ownedName, ownerState } from '../../store/index.ts';
import { imagesErrors } from '../errors.ts';
import { placeError } from './place-error.ts';
import { SharedWork } from './shared-work.ts';
import { takeBlob, writeAll } from './take-blob.ts';

/** Writes files into a folder so that each is there whole, synced, or not at all. */
export class FolderWriter {
  readonly root: string;
  readonly #prefix: string;
  readonly #mode: number;
  /** To be synced. */
  readonly #folders = new Set<string>();
  readonly #made = new Set<string>();
  readonly #writing = new SharedWork();

  /** `prefix` (it may name a folder below `root`) begins the name of every file that is being written; `mode` is theirs. */
  constructor(root: string, prefix: string, mode: number) {
    this.root = root;
    this.#prefix = prefix;
    this.#mode = mode;
  }

  /** The size of a regular file; undefined where there is none. */
  async sizeOf(path: string): Promise<number | undefined> {
    const found = await lstat(join(this.root, path)).catch(() => undefined);
    return found?.isFile() ? found.size : undefined;
  }

  /** Writes a blob, hashed on its way, once for all who ask for it at the same time; throws as `takeBlob` does. */
  putBlob(
    path: string,
    descriptor: Descriptor,
    open: (start: number) => Promise<AsyncIterable<Uint8Array>>,
  ): Promise<void> {
    return this.#writing.run(path, () =>
      this.#place(path, this.#mode, descriptor.size, (write) => takeBlob(descriptor, open, write)),
    );
  }

  /** Writes a small file in place of what is there. */
  putFile(path: string, bytes: Uint8Array, mode = this.#mode): Promise<void> {
    return this.#place(path, mode, bytes.length, (write) => write(bytes, 0));
  }

  /** Puts something at `path` that `make` makes at a temporary name; what `make` throws passes as it is. */
  async replace(path: string, make: (temporary: string) => Promise<void>): Promise<void> {
    const temporary = join(this.root, this.#prefix + ownedName());
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
    const full = join(this.root, path);
    try {
      if (path !== '.') await this.makeFolder(dirname(path));
      const made = await mkdir(full, { recursive: path === '.', mode }).catch((error) => error);
      if (path !== '.' && !(await lstat(full)).isDirectory())
        throw imagesErrors.outsideLink({ path, place: this.root });
      if (made instanceof Error && (made as NodeJS.ErrnoException).code !== 'EEXIST') throw made;
      this.#folders.add(dirname(full));
      this.#made.add(path);
    } catch (error) {
      throw await placeError(full, error);
    }
  }

  /** Makes the names of everything that was put last through a power cut. */
  async sync(): Promise<void> {
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
  async sweep(): Promise<void> {
    const folder = dirname(join(this.root, `${this.#prefix}x`));
    const prefix = this.#prefix.slice(this.#prefix.lastIndexOf('/') + 1);
    for (const name of await readdir(folder).catch(() => [])) {
      const state = name.startsWith(prefix) ? ownerState(name.slice(prefix.length)) : undefined;
      const path = join(folder, name);
      if (state === 'dead' || (state === 'foreign' && (await isOld(path))))
        await unlink(path).catch(() => {});
    }
  }

  async #place(
    path: string,
    mode: number,
    neededBytes: number,
    fill: (write: (piece: Uint8Array, at: number) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    await this.replace(path, async (temporary) => {
      const file = await this.#guard(() => open(temporary, 'wx', mode), neededBytes);
      try {
        await fill((piece, at) => this.#guard(() => writeAll(file, piece, at), neededBytes));
        await this.#guard(() => file.sync(), neededBytes);
      } finally {
        await file.close().catch(() => {});
      }
    });
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

async function isOld(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > foreignMaxAgeMs;
}
