import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PartialBlob, PartialInfo } from '../blob-store.ts';
import { storeErrors } from '../errors.ts';
import { checkPartialKey, isPartialKey } from '../partial-key.ts';
import { Claim } from './claim.ts';
import { failure, isMissing } from './failure.ts';
import { FsPartial } from './fs-partial.ts';
import type { Layout } from './layout.ts';
import { ownerState } from './owner.ts';
import { partialNames } from './partial-names.ts';
import type { Placer } from './place.ts';
import { syncFolders } from './sync-folders.ts';

/** A note is a few ranges; more than this was not written by us. */
const maxNoteBytes = 4 * 1024 * 1024;
const tries = 8;

/** Opens the blob on its way in under a key; see `BlobStore.partial`. */
export async function openFsPartial(layout: Layout, placer: Placer, key: string): Promise<PartialBlob> {
  checkPartialKey(key);
  const folder = join(layout.partial, key);
  try {
    const claim = await claimFolder(folder);
    if (!claim) throw storeErrors.partialBusy({ key });
    let handle: FileHandle | undefined;
    try {
      await removeDrafts(folder);
      // Never through a link, which would write elsewhere, and never into a pipe, which would hang.
      const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
      handle = await open(join(folder, partialNames.data), flags, 0o600);
      const data = await handle.stat();
      if (!data.isFile()) throw new Error(`"${join(folder, partialNames.data)}" is no file`);
      await syncFolders([folder, layout.partial]);
      const note = await noteIn(folder);
      return new FsPartial({ layout, placer, key, folder, handle, claim, sizeBytes: data.size, note });
    } catch (error) {
      await handle?.close().catch(() => {});
      await claim.release();
      throw error;
    }
  } catch (error) {
    throw await failure(layout.root, error, 0);
  }
}

/** What is on its way in; see `BlobStore.partials`. A folder in which nothing was written yet is listed as empty. */
export async function* listFsPartials(layout: Layout): AsyncGenerator<PartialInfo> {
  for (const key of await readdir(layout.partial)) {
    if (!isPartialKey(key)) continue;
    const folder = await lstat(join(layout.partial, key)).catch(() => undefined);
    if (!folder?.isDirectory()) continue;
    const data = await lstat(join(layout.partial, key, partialNames.data)).catch(() => undefined);
    const [sizeBytes, touchedAt] = data ? [data.size, data.mtimeMs] : [0, folder.mtimeMs];
    yield { key, sizeBytes, touchedAt: Math.round(touchedAt) };
  }
}

/** Makes us the only writer; undefined where a live one is there. */
async function claimFolder(folder: string): Promise<Claim | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return await Claim.take(folder);
    } catch (error) {
      // The one before us took the folder away in between, or just as it was made.
      if (!isMissing(error) || attempt === tries) throw error;
      await sleep(Math.random() * 5 * attempt);
    }
  }
}

/** Notes that a killed process was writing; nobody else writes while the folder is ours. */
async function removeDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (ownerState(name) !== undefined) await unlink(join(folder, name)).catch(() => {});
}

async function noteIn(folder: string): Promise<string | undefined> {
  const path = join(folder, partialNames.note);
  try {
    const { size } = await lstat(path);
    return size <= maxNoteBytes ? await readFile(path, 'utf8') : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
