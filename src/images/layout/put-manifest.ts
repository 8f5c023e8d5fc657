import { openBytes } from '../folder/open-bytes.ts';
import { readManifest } from '../read-manifest.ts';
import type { ImageTarget } from '../types.ts';
import type { IndexEditor } from './index-editor.ts';
import { wrapperOf } from './wrapper.ts';

/** Puts a manifest into a layout: checked, as a blob, noted for index.json, and wrapped where a Docker image gets a name. */
export function manifestWriter(
  target: Pick<ImageTarget, 'name' | 'putBlob'>,
  editor: IndexEditor,
): ImageTarget['putManifest'] {
  return async (descriptor, bytes, tag) => {
    const image = `${target.name} ${tag ?? descriptor.digest}`;
    const manifest = readManifest(bytes, descriptor.mediaType, image);
    await target.putBlob(descriptor, openBytes(bytes));
    const wrapper = tag === undefined ? undefined : wrapperOf(descriptor, manifest);
    if (wrapper) await target.putBlob(wrapper.descriptor, openBytes(wrapper.bytes));
    editor.put(descriptor, manifest, tag, wrapper?.descriptor);
  };
}
