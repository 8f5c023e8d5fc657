import { type Descriptor, type Digest, digestOf, isDigest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { indexMediaType, manifestMediaType } from '../media-types.ts';
import { type IndexEntry, readManifest } from '../read-manifest.ts';
import type { ImageSource } from '../types.ts';

/** Images made up for a test; an `ImageSource` of its own. */
export class MemoryImages implements ImageSource {
  readonly name = 'memory';
  readonly parts = new Map<Digest, Uint8Array>();
  readonly named = new Map<string, Descriptor>();
  /** What is said of a manifest besides type and size, by its digest. */
  readonly described = new Map<string, Descriptor>();

  put(mediaType: string, content: string | Uint8Array): Descriptor {
    const bytes = Buffer.from(content as string);
    this.parts.set(digestOf(bytes), bytes);
    return { mediaType, digest: digestOf(bytes), size: bytes.length };
  }

  image(layers: readonly (string | Uint8Array)[], more: object = {}, type = manifestMediaType): Descriptor {
    const manifest = {
      schemaVersion: 2,
      mediaType: manifestMediaType,
      config: this.put(
        'application/vnd.oci.image.config.v1+json',
        `{"of":${JSON.stringify(layers.map(String))}}`,
      ),
      layers: layers.map((layer) => this.put('application/vnd.oci.image.layer.v1.tar', layer)),
      ...more,
    };
    return this.put(type, JSON.stringify(manifest));
  }

  index(manifests: readonly IndexEntry[]): Descriptor {
    return this.put(
      indexMediaType,
      JSON.stringify({ schemaVersion: 2, mediaType: indexMediaType, manifests }),
    );
  }

  async resolve(reference: string): Promise<Descriptor> {
    const found = this.named.get(reference) ?? this.described.get(reference);
    if (found) return found;
    const bytes = isDigest(reference) ? this.parts.get(reference) : undefined;
    if (!bytes) throw imagesErrors.notFound({ image: reference, place: this.name });
    const { mediaType } = readManifest(bytes, undefined, reference);
    return { mediaType, digest: digestOf(bytes), size: bytes.length };
  }

  async manifest({ digest }: Descriptor): Promise<Uint8Array> {
    return this.parts.get(digest)!;
  }

  async blob({ digest }: Descriptor, start = 0): Promise<AsyncIterable<Uint8Array>> {
    const bytes = this.parts.get(digest)!.subarray(start);
    return (async function* () {
      yield bytes;
    })();
  }

  async tags(): Promise<readonly string[]> {
    return [...this.named.keys()].sort();
  }

  async referrers(): Promise<readonly Descriptor[]> {
    return [];
  }
}
