import { rename, unlink, utimes } from 'node:fs/promises';
import { type Digest, splitDigest } from '../../kernel/index.ts';
import type { BlobInfo } from '../blob-store.ts';
import { touchBlob } from './condemn.ts';
import type { Layout } from './layout.ts';
import { algorithms } from './layout.ts';
import type { Staged } from './stage.ts';
import { syncFolders } from './sync-folders.ts';

/** Coarse clocks of file systems lag behind ours by as much. */
const clockSlackMs = 100;

/** Puts staged blobs under their digests, and knows which names already last through a power cut. */
export class Placer {
  readonly #layout: Layout;
  readonly #renewAfterMs: number;
  readonly #syncedAtMs = new Map<string, number>();

  constructor(layout: Layout, openedAtMs: number, renewAfterMs: number) {
    this.#layout = layout;
    this.#renewAfterMs = renewAfterMs;
    for (const algorithm of algorithms) this.#syncedAtMs.set(layout.folderOf(algorithm), openedAtMs);
  }

  /** True where the blob lies in its place with its size. Its name lasts by then, even if another process has only just put it there, and nobody frees it for a while. */
  async isHeld(blob: BlobInfo): Promise<boolean> {
    return (await this.touch(blob.digest, blob.sizeBytes)) !== undefined;
  }

  /** As `isHeld`, whatever the size where none is named. */
  async touch(digest: Digest, wantedBytes?: number): Promise<BlobInfo | undefined> {
    const found = await touchBlob(this.#layout, digest, this.#renewAfterMs).catch(() => undefined);
    if (!found?.isFile() || (wantedBytes !== undefined && found.size !== wantedBytes)) return undefined;
    const folder = this.#layout.folderOf(splitDigest(digest).algorithm);
    if (found.ctimeMs + clockSlackMs > this.#syncedAtMs.get(folder)!) await this.#sync([folder]);
    return { digest, sizeBytes: found.size };
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
      // A batch may have been open for long: its blobs are as new as their names.
      const now = new Date();
      await utimes(temporary, now, now);
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
