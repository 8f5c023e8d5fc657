import type { Digest } from '../kernel/index.ts';
import type { Catalog } from '../registry/index.ts';

/** How long the registry remembers blobs that wait for the manifest that names them. */
export const looseKeptMs = 24 * 3_600_000;

/** The manifests that the registry holds by itself: what somebody pushed. Blobs of pushes under way are `looseBlobs`. */
export async function* pushedRoots(catalog: Catalog): AsyncGenerator<Digest> {
  for await (const { descriptor } of catalog.heldManifests()) yield descriptor.digest;
}
