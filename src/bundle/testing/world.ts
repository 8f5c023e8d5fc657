import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestLinks, linksTestMigrations } from '../../../test/support/links.ts';
import { migrate, openDatabase } from '../../db/index.ts';
import { type Clock, systemClock } from '../../kernel/index.ts';
import { createReferrers, type Links, type Referrers, referrersMigrations } from '../../links/index.ts';
import { createFsBlobStore, type FsBlobStore } from '../../store/index.ts';
import { type ExportOptions, exportBundle } from '../export/export-bundle.ts';
import type { Selection } from '../export/select-links.ts';
import { type ImportOptions, importBundle } from '../import/import-bundle.ts';

/** A data folder with the rooms that bundles go between. */
export interface World extends AsyncDisposable {
  readonly root: string;
  readonly storeFolder: string;
  readonly links: Links;
  readonly store: FsBlobStore;
  readonly referrers: Referrers;
  export(
    options: Omit<ExportOptions, 'selection'> & { selection?: Selection; clock?: Clock },
  ): ReturnType<typeof exportBundle>;
  import(folder: string, options?: ImportOptions): ReturnType<typeof importBundle>;
}

/** Opens a world in a folder, or in a new one that goes away at the end of the scope. */
export async function openWorld(given?: string): Promise<World> {
  const root = given ?? (await mkdtemp(join(tmpdir(), 'holdfast-bundle-')));
  const db = openDatabase(join(root, 'test.sqlite'));
  await migrate(db, [...linksTestMigrations, ...referrersMigrations], 0);
  const storeFolder = join(root, 'store');
  const store = await createFsBlobStore({ root: storeFolder });
  const referrers = createReferrers(db);
  const { links } = createTestLinks(db, systemClock);
  return {
    root,
    storeFolder,
    links,
    store,
    referrers,
    export: ({ clock = systemClock, ...options }) =>
      exportBundle(
        { links, store, referrers: referrers.list, software: 'Holdfast/test', clock },
        { selection: { all: true }, ...options },
      ),
    import: (folder, options) =>
      importBundle(
        {
          links,
          store,
          addReferrer: referrers.add,
          texts: { read: async (snapshot) => `words of ${snapshot.title}` },
        },
        folder,
        { storeFolder, ...options },
      ),
    async [Symbol.asyncDispose]() {
      await db.close();
      if (given === undefined) await rm(root, { recursive: true, force: true });
    },
  };
}

/** A folder that goes away at the end of the scope. */
export async function scratchFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'holdfast-carry-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
