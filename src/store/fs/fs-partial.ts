import { constants } from 'node:fs';
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  statfs,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobInfo, Expected, PartialBlob, PartialInfo } from '../blob-store.ts';
import { chunkBytes } from '../chunks.ts';
import { storeErrors } from '../errors.ts';
import { createMeasure, type Measure } from '../measure.ts';
import { checkPartialKey } from '../partial-key.ts';
import { failure, isMissing } from './failure.ts';
import type { Layout } from './layout.ts';
import { ownedName, ownerState } from './owner.ts';
import type { Placer } from './place.ts';
import { syncFolders } from './sync-folders.ts';

/** In a folder of its own: `data`, the `note`, and `owner`, which says who writes. */
const names = { data: 'data', note: 'note', owner: 'owner' } as const;

/** Opens the blob on its way in under a key; see `BlobStore.partial`. */
export async function openFsPartial(layout: Layout, placer: Placer, key: string): Promise<PartialBlob> {
  checkPartialKey(key);
  const folder = join(layout.partial, key);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await claim(folder, key);
    try {
      const handle = await open(join(folder, names.data), constants.O_RDWR | constants.O_CREAT, 0o600);
      await syncFolders([folder, layout.partial]);
      const { size } = await handle.stat();
      return new FsPartial(layout, placer, folder, handle, size, await noteIn(folder));
    } catch (error) {
      await unlink(join(folder, names.owner)).catch(() => {});
      throw error;
    }
  } catch (error) {
    throw await failure(layout.root, error, 0);
  }
}

/** What is on its way in; see `BlobStore.partials`. */
export async function* listFsPartials(layout: Layout): AsyncGenerator<PartialInfo> {
  for (const key of await readdir(layout.partial)) {
    const data = await lstat(join(layout.partial, key, names.data)).catch(() => undefined);
    if (data) yield { key, sizeBytes: data.size, touchedAt: Math.round(data.mtimeMs) };
  }
}

/** Makes us the only writer; one that died gives way. */
async function claim(folder: string, key: string): Promise<void> {
  const path = join(folder, names.owner);
  const mine = ownedName();
  for (let tries = 0; tries < 3; tries++) {
    try {
      await writeFile(path, mine, { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = await readFile(path, 'utf8').catch(() => '');
      const state = ownerState(owner);
      if (state === 'alive' || state === 'foreign') throw storeErrors.partialBusy({ key });
      // Whoever moves it away first has the claim; a second one finds nothing to move.
      const aside = join(folder, ownedName());
      await rename(path, aside).catch(() => {});
      await unlink(aside).catch(() => {});
    }
  }
  throw storeErrors.partialBusy({ key });
}

async function noteIn(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, names.note), 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

class FsPartial implements PartialBlob {
  sizeBytes: number;
  note: string | undefined;
  readonly #layout: Layout;
  readonly #placer: Placer;
  readonly #folder: string;
  readonly #handle: FileHandle;
  /** Hashes along while bytes come in order from the start; undefined once they did not. */
  #measure: Measure | undefined;
  #measured = 0;
  #open = true;

  constructor(
    layout: Layout,
    placer: Placer,
    folder: string,
    handle: FileHandle,
    sizeBytes: number,
    note: string | undefined,
  ) {
    this.#layout = layout;
    this.#placer = placer;
    this.#folder = folder;
    this.#handle = handle;
    this.sizeBytes = sizeBytes;
    this.note = note;
    if (sizeBytes === 0) this.#measure = createMeasure();
  }

  async setNote(text: string): Promise<void> {
    const path = join(this.#folder, names.note);
    const temporary = join(this.#folder, ownedName());
    await this.#guard(async () => {
      await this.#handle.sync();
      await writeFile(temporary, text, { mode: 0o600, flush: true });
      await rename(temporary, path);
      await syncFolders([this.#folder]);
    });
    this.note = text;
  }

  async reserve(sizeBytes: number): Promise<void> {
    const place = this.#layout.root;
    const [disk, { blocks }] = await this.#guard(() => Promise.all([statfs(place), this.#handle.stat()]));
    // Of a file with gaps only its blocks lie on the disk.
    const neededBytes = Math.max(0, sizeBytes - blocks * 512);
    const freeBytes = disk.bavail * disk.bsize;
    if (neededBytes > freeBytes) throw storeErrors.full({ place, neededBytes, freeBytes });
  }

  async write(at: number, bytes: Uint8Array): Promise<void> {
    const inOrder = this.#measure !== undefined && at === this.#measured;
    const writing = this.#guard(async () => {
      let done = 0;
      while (done < bytes.length)
        done += (await this.#handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    });
    if (inOrder) {
      this.#measure!.add(bytes);
      this.#measured += bytes.length;
    } else {
      this.#measure = undefined;
    }
    await writing;
    this.sizeBytes = Math.max(this.sizeBytes, at + bytes.length);
  }

  async truncate(sizeBytes: number): Promise<void> {
    if (sizeBytes > this.sizeBytes) return;
    // A write that failed may have left bytes beyond.
    await this.#guard(() => this.#handle.truncate(sizeBytes));
    if (sizeBytes === this.sizeBytes) return;
    this.sizeBytes = sizeBytes;
    this.#measured = 0;
    this.#measure = sizeBytes === 0 ? createMeasure() : undefined;
  }

  sync(): Promise<void> {
    return this.#guard(() => this.#handle.sync());
  }

  async finish(expected: Expected = {}): Promise<BlobInfo> {
    try {
      await this.sync();
      const blob = await this.#measureAll(expected);
      await this.#guard(() => this.#placer.place([{ ...blob, temporary: join(this.#folder, names.data) }]));
      return blob;
    } finally {
      await this.discard();
    }
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
    await unlink(join(this.#folder, names.owner)).catch(() => {});
  }

  async discard(): Promise<void> {
    // Once let go of, it may be another writer's.
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close().catch(() => {});
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #measureAll(expected: Expected): Promise<BlobInfo> {
    const known = this.#measured === this.sizeBytes ? this.#measure?.finish() : undefined;
    // What was hashed along the way can only speak for sha256, and for bytes of which none were skipped.
    if (known && (expected.digest === undefined || expected.digest === known.digest))
      return checked(known, expected);
    const measure = createMeasure(expected);
    const buffer = Buffer.allocUnsafeSlow(chunkBytes);
    for (let at = 0; at < this.sizeBytes; ) {
      const { bytesRead } = await this.#guard(() => this.#handle.read(buffer, 0, chunkBytes, at));
      if (bytesRead === 0) break;
      measure.add(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    return measure.finish();
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw await failure(this.#layout.root, error, this.sizeBytes);
    }
  }
}

function checked(blob: BlobInfo, { sizeBytes, maxBytes = Number.POSITIVE_INFINITY }: Expected): BlobInfo {
  if (blob.sizeBytes > maxBytes) throw storeErrors.tooLarge({ what: blob.digest, limitBytes: maxBytes });
  if (sizeBytes !== undefined && sizeBytes !== blob.sizeBytes)
    throw storeErrors.mismatch({ expected: `${sizeBytes} bytes`, actual: `${blob.sizeBytes} bytes` });
  return blob;
}
