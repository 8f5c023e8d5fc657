import type { Descriptor, Digest } from '../kernel/index.ts';
import { imagesErrors } from './errors.ts';
import { maxManifestBytes } from './manifest.ts';
import { manifestKindOf } from './media-types.ts';
import { type Manifest, readManifest } from './read-manifest.ts';

/** A part that is reached from a root. */
export interface Reached {
  readonly descriptor: Descriptor;
  /** What it says, where it is a manifest or an index; undefined for every other blob. */
  readonly manifest: Manifest | undefined;
}

/** Where the walk reads manifests. */
export interface ManifestReader {
  /** The bytes of a manifest, checked against its digest; throws where it is larger than `maxBytes`. */
  bytes(digest: Digest, maxBytes: number): Promise<Uint8Array>;
}

/** Indexes within indexes beyond this depth are refused. */
const maxDepth = 8;

export interface WalkOptions {
  /** Told of a manifest that could not be read; true to go on without its parts, of which it is given as one that has none. */
  readonly passOver?: (descriptor: Descriptor, error: unknown) => boolean;
}

/**
 * Every part that is reached from `roots`, each digest once: a manifest before its parts, in the order in which they are
 * named. `subject`s are not followed. Throws `images.malformedManifest` or `images.unsupportedManifest`, and what the reader throws.
 */
export async function* walkParts(
  reader: ManifestReader,
  roots: readonly Descriptor[],
  image: string,
  { passOver = () => false }: WalkOptions = {},
): AsyncGenerator<Reached> {
  const seen = new Set<Digest>();
  yield* walk(roots, 0);

  async function* walk(descriptors: readonly Descriptor[], depth: number): AsyncGenerator<Reached> {
    for (const descriptor of descriptors) {
      if (seen.has(descriptor.digest)) continue;
      seen.add(descriptor.digest);
      if (manifestKindOf(descriptor.mediaType) === undefined) {
        yield { descriptor, manifest: undefined };
        continue;
      }
      if (depth > maxDepth)
        throw imagesErrors.malformedManifest({ image, fault: `indexes are nested deeper than ${maxDepth}` });
      let manifest: Manifest | undefined;
      try {
        const bytes = await reader.bytes(descriptor.digest, maxManifestBytes);
        manifest = readManifest(bytes, descriptor.mediaType, image);
      } catch (error) {
        if (!passOver(descriptor, error)) throw error;
      }
      yield { descriptor, manifest };
      if (!manifest) continue;
      const parts = [
        ...(manifest.config ? [manifest.config] : []),
        ...manifest.layers,
        ...manifest.manifests,
      ];
      yield* walk(parts, depth + 1);
    }
  }
}
