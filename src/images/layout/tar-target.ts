import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { imagesErrors } from '../errors.ts';
import type { ImageTarget } from '../types.ts';
import type { LayoutTarget } from './folder-target.ts';
import { IndexEditor } from './index-editor.ts';
import { markerBytes, markerPath } from './paths.ts';
import { manifestWriter } from './put-manifest.ts';
import { TarFile } from './tar-file.ts';

/**
 * Opens a tar for writing as an image layout: oci-layout first, then blobs and manifests in the order in which they were put,
 * index.json last, since only then it is known; `tar x` makes a layout of it. The same parts in the same order give the same
 * bytes. Parts may be put side by side. The tar is there once `close` has ended.
 * Throws `images.occupied` where something has its name, `images.placeFailed` and `.placeFull`.
 */
export async function createLayoutTar(path: string): Promise<LayoutTarget> {
  const place = resolve(path);
  if (await lstat(place).catch(() => undefined))
    throw imagesErrors.occupied({ place, fault: 'a file or folder of that name is there already' });
  const tar = await TarFile.open(place);
  const editor = new IndexEditor();
  const putBlob: ImageTarget['putBlob'] = (descriptor, open) => tar.put(descriptor, open);
  await tar.putFile(markerPath, markerBytes);

  return {
    name: place,
    takes: async ({ digest }) => tar.has(digest),
    tagged: async (tag) => editor.tagged(tag),
    putBlob,
    putManifest: manifestWriter({ name: place, putBlob }, editor),
    async close() {
      await tar.finish(editor.applyTo({ entries: [], raw: {} }));
    },
    abort: () => tar.discard(),
  };
}
