import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import { ownedName } from '../../store/index.ts';
import { imagesErrors } from '../errors.ts';
import { placeError } from '../folder/place-error.ts';
import { SharedWork } from '../folder/shared-work.ts';
import { sweepFolder } from '../folder/sweep-folder.ts';
import { takeBlob, writeAll } from '../folder/take-blob.ts';
import { tarEnd, tarEntryBytes, tarHeader } from '../tar/index.ts';
import { blobPath, indexPath } from './paths.ts';

/** A tar in which each entry has its place from the moment it is begun, so that several are written side by side. */
export class TarFile {
  readonly #place: string;
  readonly #temporary: string;
  readonly #file: FileHandle;
  /** Where a blob's body begins; a failed one keeps its place until it is put again. */
  readonly #bodies = new Map<Digest, number>();
  readonly #writing = new SharedWork();
  readonly #whole = new Set<Digest>();
  #end = 0;

  private constructor(place: string, temporary: string, file: FileHandle) {
    this.#place = place;
    this.#temporary = temporary;
    this.#file = file;
  }

  static async open(place: string): Promise<TarFile> {
    const temporary = `${place}.${ownedName()}`;
    await sweepFolder(dirname(place), `${basename(place)}.`);
    try {
      return new TarFile(place, temporary, await open(temporary, 'wx', 0o644));
    } catch (error) {
      throw await placeError(place, error);
    }
  }

  has(digest: Digest): boolean {
    return this.#whole.has(digest);
  }

  /** Writes a blob once, however often and however many at once ask for it. */
  async put(
    descriptor: Descriptor,
    open: (start: number) => Promise<AsyncIterable<Uint8Array>>,
  ): Promise<void> {
    const { digest } = descriptor;
    if (!this.#whole.has(digest)) await this.#writing.run(digest, () => this.#putNow(descriptor, open));
  }

  async #putNow(
    descriptor: Descriptor,
    open: (start: number) => Promise<AsyncIterable<Uint8Array>>,
  ): Promise<void> {
    const { digest, size } = descriptor;
    const body = this.#bodies.get(digest) ?? (await this.#begin(blobPath(digest), size, digest));
    await takeBlob(descriptor, open, (piece, at) => this.#write(piece, body + at, size));
    this.#whole.add(digest);
  }

  async putFile(path: string, bytes: Uint8Array): Promise<void> {
    const body = await this.#begin(path, bytes.length);
    await this.#write(bytes, body, bytes.length);
  }

  /** Takes a place for an entry and writes its header; answers where the body begins. */
  async #begin(path: string, sizeBytes: number, digest?: Digest): Promise<number> {
    const header = tarHeader({ path, sizeBytes });
    const at = this.#end;
    this.#end += tarEntryBytes({ path, sizeBytes });
    if (digest) this.#bodies.set(digest, at + header.length);
    await this.#write(header, at, sizeBytes);
    return at + header.length;
  }

  /** Ends the tar with its index.json and gives it its name; throws `images.partGone` where a blob that was begun is not whole. */
  async finish(index: Uint8Array): Promise<void> {
    await this.#writing.ended();
    for (const digest of this.#bodies.keys())
      if (!this.#whole.has(digest)) throw imagesErrors.partGone({ digest, place: this.#place });
    await this.putFile(indexPath, index);
    await this.#write(tarEnd, this.#end, tarEnd.length);
    await this.#guard(0, async () => {
      await this.#file.sync();
      await this.#file.close();
      await rename(this.#temporary, this.#place);
      await using folder = await open(dirname(this.#place), 'r');
      await folder.sync();
    });
  }

  async discard(): Promise<void> {
    await this.#writing.ended();
    await this.#file.close().catch(() => {});
    await unlink(this.#temporary).catch(() => {});
  }

  #write(bytes: Uint8Array, at: number, neededBytes: number): Promise<void> {
    return this.#guard(neededBytes, () => writeAll(this.#file, bytes, at));
  }

  async #guard(neededBytes: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw await placeError(this.#place, error, neededBytes);
    }
  }
}
