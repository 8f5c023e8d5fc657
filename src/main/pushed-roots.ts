import type { Digest } from '../kernel/index.ts';
import type { Catalog } from '../registry/index.ts';

/** What the registry holds by itself: manifests that somebody pushed, and blobs of pushes under way. */
export async function* pushedRoots(catalog: Catalog): AsyncGenerator<Digest> {
  for await (const { descriptor } of catalog.heldManifests()) yield descriptor.digest;
  yield* await catalog.looseBlobs();
}
