import type { Descriptor } from '../../kernel/index.ts';
import { manifestKindOf } from '../media-types.ts';
import { readManifest } from '../read-manifest.ts';
import type { ImageSource, ImageTarget } from '../types.ts';

/** Copies an image with all its parts, the parts of each manifest side by side and before it. */
export async function copyImage(
  source: ImageSource,
  target: ImageTarget,
  root: Descriptor,
  tag?: string,
): Promise<void> {
  if (manifestKindOf(root.mediaType) === undefined) {
    if (!(await target.takes(root))) await target.putBlob(root, (start) => source.blob(root, start));
    return;
  }
  const bytes = await source.manifest(root);
  const { config, layers, manifests } = readManifest(bytes, root.mediaType, source.name);
  await Promise.all(
    [...(config ? [config] : []), ...layers, ...manifests].map((part) => copyImage(source, target, part)),
  );
  await target.putManifest(root, bytes, tag);
}

/** Copies all image tags. */
export async function copyTags(source: ImageSource, target: ImageTarget): Promise<void> {
  for (const tag of await source.tags()) await copyImage(source, target, await source.resolve(tag), tag);
}
