import { lstat, rename, unlink } from 'node:fs/promises';
import { splitDigest } from '../../kernel/index.ts';
import type { BlobInfo } from '../blob-store.ts';
import type { Layout } from './layout.ts';
import { algorithms, syncFolders } from './layout.ts';
import type { Staged } from './stage.ts';

/** Coarse clocks of file systems lag behind ours by as much. */
const clockSlackMs = 100;

/** Puts staged blobs under their digests, and knows which names already last through a power cut. */
export class Placer {
  readonly #layout: Layout;
  readonly #syncedAtMs = new Map<string, number>();

  constructor(layout: Layout, openedAtMs: number) {
    this.#layout = layout;
    for (const algorithm of algorithms) this.#syncedAtMs.set(layout.folderOf(algorithm), openedAtMs);
  }

  /** True where the blob lies in its place with its size; its name lasts by then, even if another process has only just put it there. */
  async isHeld(blob: BlobInfo): Promise<boolean> {
    const found = await lstat(this.#layout.pathOf(blob.digest)).catch(() => undefined);
    if (!found?.isFile() || found.size !== blob.sizeBytes) return false;
    const folder = this.#layout.folderOf(splitDigest(blob.digest).algorithm);
    if (found.ctimeMs + clockSlackMs > this.#syncedAtMs.get(folder)!) await this.#sync([folder]);
    return true;
  }

  /** Renames every staged blob into place, then makes the names last: one sync for each folder. */
  async place(staged: readonly Staged[]): Promise<void> {
    const folders = new Set<string>();
    for (const { digest, sizeBytes, temporary } of staged) {
      if (temporary === undefined) continue;
      if (await this.isHeld({ digest, sizeBytes })) {
        await unlink(temporary);
        continue;
      }
      await rename(temporary, this.#layout.pathOf(digest));
      folders.add(this.#layout.folderOf(splitDigest(digest).algorithm));
    }
    await this.#sync([...folders]);
  }

  async #sync(folders: readonly string[]): Promise<void> {
    const startedAtMs = Date.now();
    await syncFolders(folders);
    for (const folder of folders) this.#syncedAtMs.set(folder, startedAtMs);
  }
}
