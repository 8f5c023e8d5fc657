import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDigest } from '../../kernel/index.ts';
import { algorithms, type Layout, rootNames } from './layout.ts';
import { ownerState } from './owner.ts';

/** Something in the folder that does not belong there; `misnamed` where it lies among blobs without a digest for a name. */
export interface StrayFile {
  readonly path: string;
  readonly fault: 'misnamed' | 'stray file';
}

/** Names everything in the folder that the store did not put there, or that was left behind; never what a live process is writing. */
export async function* strayFiles(layout: Layout): AsyncGenerator<StrayFile> {
  for await (const entry of entries(layout.root)) {
    if (!rootNames.has(entry.name)) yield stray(layout.root, entry);
  }
  for await (const entry of entries(layout.staging)) {
    const state = ownerState(entry.name);
    if (state === undefined || state === 'dead') yield stray(layout.staging, entry);
  }
  const blobs = join(layout.root, 'blobs');
  for await (const entry of entries(blobs)) {
    if (!(algorithms as readonly string[]).includes(entry.name)) yield stray(blobs, entry);
  }
  for (const algorithm of algorithms) {
    const folder = layout.folderOf(algorithm);
    for await (const entry of entries(folder)) {
      if (!entry.isFile()) yield stray(folder, entry);
      else if (!isDigest(`${algorithm}:${entry.name}`))
        yield { path: join(folder, entry.name), fault: 'misnamed' };
    }
  }
}

const stray = (folder: string, entry: Dirent): StrayFile => ({
  path: join(folder, entry.name),
  fault: 'stray file',
});

async function* entries(folder: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder);
  } catch {
    // A folder that cannot be listed has its faults named blob by blob.
  }
}
