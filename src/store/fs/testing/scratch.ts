import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFsBlobStore, type FsBlobStore } from '../fs-blob-store.ts';

/** A store in a folder that goes away at the end of the scope. */
export interface ScratchStore extends AsyncDisposable {
  readonly root: string;
  readonly store: FsBlobStore;
  /** Names of temporary files. */
  leftovers(): Promise<string[]>;
}

/** Opens a store in a new folder. */
export async function scratchStore(): Promise<ScratchStore> {
  const root = await mkdtemp(join(tmpdir(), 'holdfast-store-'));
  return {
    root,
    store: await createFsBlobStore({ root }),
    leftovers: () => readdir(join(root, '.staging')),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
