import type { Descriptor, Digest } from '../../kernel/index.ts';
import { indexMediaType } from '../media-types.ts';
import type { IndexEntry, Manifest } from '../read-manifest.ts';
import { type LayoutIndex, refName } from './read-index.ts';

/** What a writer puts into index.json: image tags, and manifests without one that no index of its own holds. */
export class IndexEditor {
  readonly #tagged = new Map<string, readonly IndexEntry[]>();
  readonly #untagged = new Map<Digest, IndexEntry>();
  readonly #children = new Set<Digest>();

  /** `wrapper` gets the image tag too. */
  put(descriptor: Descriptor, manifest: Manifest, tag: string | undefined, wrapper?: IndexEntry): void {
    for (const { digest } of manifest.manifests) this.#children.add(digest);
    const entries = wrapper ? [descriptor, wrapper] : [descriptor];
    if (tag !== undefined) this.#untagged.delete(descriptor.digest);
    if (tag === undefined) this.#untagged.set(descriptor.digest, named(descriptor, undefined));
    else
      this.#tagged.set(
        tag,
        entries.map((entry) => named(entry, tag)),
      );
  }

  tagged(tag: string): Digest | undefined {
    return this.#tagged.get(tag)?.[0]?.digest;
  }

  /** The bytes of an index.json that has these too; what `index` holds stays, but for image tags that were put anew. */
  applyTo(index: LayoutIndex): Uint8Array {
    const kept = index.entries.filter(({ annotations }) => !this.#tagged.has(annotations?.[refName] ?? ''));
    const entries = [...kept, ...[...this.#tagged.values()].flat()];
    const listed = new Set(entries.map(({ digest }) => digest));
    for (const [digest, entry] of this.#untagged)
      if (!listed.has(digest) && !this.#children.has(digest)) entries.push(entry);
    const document = { schemaVersion: 2, mediaType: indexMediaType, ...index.raw, manifests: entries };
    return Buffer.from(JSON.stringify(document));
  }
}

function named(descriptor: IndexEntry, tag: string | undefined): IndexEntry {
  const { [refName]: _, ...rest } = descriptor.annotations ?? {};
  const annotations = tag === undefined ? rest : { ...rest, [refName]: tag };
  const { mediaType, digest, size, artifactType, platform } = descriptor;
  return {
    mediaType,
    digest,
    size,
    ...(artifactType !== undefined && { artifactType }),
    ...(platform !== undefined && { platform }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}
