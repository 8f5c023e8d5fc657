import type { Descriptor, Digest } from '../kernel/index.ts';
import { maxManifestBytes } from './manifest.ts';
import { manifestMediaType } from './media-types.ts';
import { readManifest } from './read-manifest.ts';
import { type ManifestReader, type Reached, type WalkOptions, walkParts } from './walk.ts';

export interface ReachDeps {
  readonly store: ManifestReader;
  /** The artifacts whose `subject` is the manifest. */
  readonly referrers: (subject: Digest) => Promise<readonly Digest[]>;
}

/**
 * Everything that a manifest of the store holds, each digest once and itself first: its parts, those of manifests within
 * it, and the artifacts that refer to any of them. Throws as `walkParts` does, also where the root cannot be read.
 */
export async function* reachFrom(
  { store, referrers }: ReachDeps,
  root: Digest,
  options: WalkOptions = {},
): AsyncGenerator<Reached> {
  const seen = new Set<Digest>();
  const waiting: Digest[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    const start = await describe(store, next, options);
    for await (const reached of walkParts(start.reader, [start.descriptor], next, options)) {
      const { digest } = reached.descriptor;
      if (seen.has(digest)) continue;
      seen.add(digest);
      yield reached;
      if (reached.manifest || digest === root) waiting.push(...(await referrers(digest)));
    }
  }
}

/** The descriptor of a manifest of which only the digest is known, and a reader that does not read it again. */
async function describe(store: ManifestReader, digest: Digest, { passOver = () => false }: WalkOptions) {
  const unknown: Descriptor = { mediaType: manifestMediaType, digest, size: 0 };
  try {
    const bytes = await store.bytes(digest, maxManifestBytes);
    const { mediaType } = readManifest(bytes, undefined, digest);
    const reader: ManifestReader = {
      bytes: async (wanted, maxBytes) => (wanted === digest ? bytes : store.bytes(wanted, maxBytes)),
    };
    return { reader, descriptor: { mediaType, digest, size: bytes.length } };
  } catch (error) {
    if (!passOver(unknown, error)) throw error;
    // No media type of a manifest: the walk gives it and goes no further.
    return { reader: store, descriptor: { ...unknown, mediaType: 'application/octet-stream' } };
  }
}
