import type { KeyObject } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BundleIndex, indexName, signatureName } from '../format/bundle-index.ts';
import { canonicalJson } from '../format/canonical-json.ts';
import { signIndex } from '../signature.ts';

/** Writes the signature, then the index, each whole or not at all: a folder that has the index has everything. */
export async function writeIndex(folder: string, index: BundleIndex, key?: KeyObject): Promise<void> {
  const bytes = Buffer.from(canonicalJson(index));
  if (key) await writeWhole(folder, signatureName, Buffer.from(`${signIndex(bytes, key)}\n`));
  else await rm(join(folder, signatureName), { force: true });
  await writeWhole(folder, indexName, bytes);
}

/** Writes a file beside its place, makes it last, and renames it. */
export async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const draft = join(folder, `${name}.new`);
  await using file = await open(draft, 'w', 0o644);
  await file.writeFile(bytes);
  await file.sync();
  await rename(draft, join(folder, name));
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  // Some media (FAT over FUSE) have no sync of folders.
  await handle.sync().catch(() => {});
}
