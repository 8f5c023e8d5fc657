import { maxManifestBytes, readManifest } from '../images/index.ts';
import { type Descriptor, type Digest, hasCode } from '../kernel/index.ts';
import type { BlobStore } from '../store/index.ts';
import type { Catalog, Published } from './catalog/catalog.ts';
import { parseRepositoryName, parseTag } from './names.ts';
import { newManifestOf } from './new-manifest.ts';

/** A root of the store that becomes visible; without a tag it is found by its digest. */
export interface ImageToPublish {
  readonly tag?: string;
  readonly descriptor: Descriptor;
}

/** Makes what lies in the store visible as a repository, without copying a byte; `takesOver` as in `Catalog.publish`. */
export type Publish = (
  repository: string,
  images: readonly ImageToPublish[],
  options?: { readonly takesOver?: boolean },
) => Promise<void>;

/** Indexes within indexes beyond this depth are left as they are. */
const maxDepth = 8;

/**
 * Makes `publish`: every manifest that the images reach and its blobs become visible. A manifest that an index names and
 * the store does not hold (a platform that was not mirrored) is passed over; a root that is missing throws `store.notFound`.
 */
export function createPublish({ catalog, store }: { catalog: Catalog; store: BlobStore }): Publish {
  return async (repository, images, options) => {
    parseRepositoryName(repository);
    const published: Published[] = [];
    const seen = new Set<Digest>();

    const visit = async (descriptor: Descriptor, tag: string | undefined, depth: number): Promise<void> => {
      const { digest, mediaType } = descriptor;
      if (seen.has(digest) && tag === undefined) return;
      const bytes = await store.bytes(digest, maxManifestBytes);
      const manifest = newManifestOf(readManifest(bytes, mediaType, repository), digest, bytes.length);
      if (!seen.has(digest) && depth < maxDepth)
        for (const child of manifest.children)
          await visit(child, undefined, depth + 1).catch((error) => {
            if (!hasCode(error, 'store.notFound')) throw error;
          });
      seen.add(digest);
      published.push({ manifest, tag });
    };
    for (const { tag, descriptor } of images)
      await visit(descriptor, tag === undefined ? undefined : parseTag(tag), 0);
    await catalog.publish(repository, published, options);
  };
}
