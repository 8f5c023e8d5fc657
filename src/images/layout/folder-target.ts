import { readdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Digest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { folderFiles } from '../folder/folder-files.ts';
import { FolderWriter } from '../folder/folder-writer.ts';
import { manifestFile } from '../folder/image-files.ts';
import { placeError } from '../folder/place-error.ts';
import { walkHeld } from '../folder/walk-held.ts';
import { manifestKindOf } from '../media-types.ts';
import type { ImageTarget } from '../types.ts';
import { ImageNames } from './image-names.ts';
import { IndexEditor } from './index-editor.ts';
import { blobPath, indexPath, markerBytes, markerPath } from './paths.ts';
import { manifestWriter } from './put-manifest.ts';
import { type LayoutIndex, readLayoutIndex } from './read-index.ts';

/** An image layout being written. `close` names in index.json what was put; without it blobs may stay that nothing names. */
export interface LayoutTarget extends ImageTarget {
  close(): Promise<void>;
  /** Ends it without naming anything. */
  abort(): Promise<void>;
}

const writingPrefix = '.holdfast-';
const ownNames = new Set(['blobs', indexPath, markerPath]);

/**
 * Opens a folder for writing as an image layout, made where it is missing; what a layout there holds already stays.
 * Throws `images.occupied` for a folder with something else in it, `images.badLayout`, `images.placeFailed` and `.placeFull`.
 */
export async function createLayoutFolder(path: string): Promise<LayoutTarget> {
  const place = resolve(path);
  const writer = new FolderWriter(place, writingPrefix, 0o644);
  await prepare(writer);
  const files = await folderFiles(place);
  const readIndex = async (): Promise<LayoutIndex> =>
    (await files.sizeOf(indexPath)) === undefined ? { entries: [], raw: {} } : await readLayoutIndex(files);
  /** Of a manifest that is there and sound. */
  const heldBytes = (digest: Digest) =>
    manifestFile(files, digest, [blobPath(digest)]).catch(() => undefined);
  const before = await readIndex();
  const namesBefore = new ImageNames(before.entries);
  /** Manifests that index.json leads to, or will: others may lie there from a writer that was killed. */
  const known = new Set(before.entries.map(({ digest }) => digest));
  for await (const { entry } of walkHeld(before.entries, place, ({ digest }) => heldBytes(digest)))
    known.add(entry.digest);
  const editor = new IndexEditor();
  const putBlob: ImageTarget['putBlob'] = async (descriptor, open) => {
    const path = blobPath(descriptor.digest);
    await writer.makeFolder(dirname(path));
    await writer.putBlob(path, descriptor, open);
  };
  const putMissing: ImageTarget['putBlob'] = async (descriptor, open) => {
    const isThere = writer.isWaiting(blobPath(descriptor.digest)) || (await heldBytes(descriptor.digest));
    if (!isThere) await putBlob(descriptor, open);
  };
  const putManifest = manifestWriter({ name: place, putBlob: putMissing }, editor);

  return {
    name: place,
    async takes({ mediaType, digest, size }) {
      if (manifestKindOf(mediaType) !== undefined && !known.has(digest)) return false;
      return (await writer.sizeOf(blobPath(digest))) === size;
    },
    heldManifest: async (digest) => (known.has(digest) ? heldBytes(digest) : undefined),
    tagged: async (tag) => editor.tagged(tag) ?? namesBefore.exact(tag),
    putBlob,
    async putManifest(descriptor, bytes, tag) {
      await putManifest(descriptor, bytes, tag);
      known.add(descriptor.digest);
    },
    async close() {
      // Names before what they name would outlive a power cut that what they name does not.
      await writer.sync();
      await writer.putFile(indexPath, editor.applyTo(await readIndex()));
      await writer.sync();
    },
    abort: () => writer.sync(),
  };
}

async function prepare(writer: FolderWriter): Promise<void> {
  const place = writer.root;
  await writer.makeFolder('.');
  const names = await readdir(place).catch(async (error) => {
    throw await placeError(place, error);
  });
  const strange = names.filter((name) => !ownNames.has(name) && !name.startsWith(writingPrefix));
  if (!names.includes(markerPath) && strange.length > 0)
    throw imagesErrors.occupied({ place, fault: `it is no image layout and holds "${strange[0]}"` });
  await writer.sweep();
  await writer.makeFolder('blobs');
  if (!names.includes(markerPath)) await writer.putFile(markerPath, markerBytes);
}
