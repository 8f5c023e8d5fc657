import type { Descriptor, Digest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { manifestKindOf } from '../media-types.ts';
import { type IndexEntry, type Manifest, readManifest } from '../read-manifest.ts';

/** A manifest that is there. */
export interface HeldManifest {
  readonly entry: IndexEntry;
  readonly manifest: Manifest;
}

const maxDepth = 8;
const maxManifests = 200_000;

/**
 * Every manifest and index that is reached from `roots` and is there, each once, an index before its entries. What `read` does
 * not find is passed over: platforms that were left out are no fault here.
 */
export async function* walkHeld(
  roots: readonly IndexEntry[],
  place: string,
  read: (descriptor: Descriptor) => Promise<Uint8Array | undefined>,
): AsyncGenerator<HeldManifest> {
  const seen = new Set<Digest>();
  yield* walk(roots, 0);

  async function* walk(entries: readonly IndexEntry[], depth: number): AsyncGenerator<HeldManifest> {
    const malformed = (fault: string) => imagesErrors.malformedManifest({ image: place, fault });
    for (const entry of entries) {
      if (seen.has(entry.digest) || manifestKindOf(entry.mediaType) === undefined) continue;
      seen.add(entry.digest);
      if (depth > maxDepth) throw malformed(`indexes are nested deeper than ${maxDepth}`);
      if (seen.size > maxManifests) throw malformed(`it holds more than ${maxManifests} manifests`);
      const bytes = await read(entry);
      if (bytes === undefined) continue;
      const manifest = readManifest(bytes, entry.mediaType, `${place} ${entry.digest}`);
      yield { entry, manifest };
      yield* walk(manifest.manifests, depth + 1);
    }
  }
}
