import type { Digest } from '../kernel/index.ts';
import type { Catalog } from '../registry/index.ts';

/** The manifests that the registry holds by itself: what somebody pushed. Blobs of pushes under way are `looseBlobs`. */
export async function* pushedRoots(catalog: Catalog): AsyncGenerator<Digest> {
  for await (const { descriptor } of catalog.heldManifests()) yield descriptor.digest;
}
