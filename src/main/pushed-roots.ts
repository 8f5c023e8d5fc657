import type { Clock, Digest } from '../kernel/index.ts';
import type { Catalog } from '../registry/index.ts';

/** How long blobs wait for the manifest that names them. */
export const looseKeptMs = 24 * 3_600_000;

/** What the registry holds by itself: manifests that somebody pushed, and blobs of pushes under way. */
export async function* pushedRoots(catalog: Catalog, clock: Clock): AsyncGenerator<Digest> {
  for await (const { descriptor } of catalog.heldManifests()) yield descriptor.digest;
  yield* await catalog.looseBlobs(clock.now() - looseKeptMs);
}
