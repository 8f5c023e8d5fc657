import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFsBlobStore, type FsBlobStore, type FsBlobStoreOptions } from '../fs-blob-store.ts';

/** A store in a folder that goes away at the end of the scope. */
export interface ScratchStore extends AsyncDisposable {
  readonly root: string;
  readonly store: FsBlobStore;
  /** Names of temporary files. */
  leftovers(): Promise<string[]>;
  /** Names of blobs that were moved aside. */
  condemned(): Promise<string[]>;
}

/** Opens a store in a new folder. */
export async function scratchStore(options: Omit<FsBlobStoreOptions, 'root'> = {}): Promise<ScratchStore> {
  const root = await mkdtemp(join(tmpdir(), 'holdfast-store-'));
  return {
    root,
    store: await createFsBlobStore({ root, ...options }),
    leftovers: () => readdir(join(root, '.staging')),
    condemned: () => readdir(join(root, '.condemned')),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
