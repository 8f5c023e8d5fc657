import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  dockerManifestMediaType,
  type ImageSource,
  imagesErrors,
  indexMediaType,
  type Platform,
  readManifest,
  type TarHeader,
  tarEnd,
  tarEntry,
} from '../../../images/index.ts';
import { type Descriptor, type Digest, digestOf } from '../../../kernel/index.ts';

/** A file of a layer; a string is an executable's or a text's content. */
export type LayerFiles = Readonly<Record<string, string | Uint8Array>>;

export interface ImageSpec {
  /** One layer each. */
  readonly layers?: readonly (LayerFiles | Uint8Array)[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly platform?: Platform;
  readonly tag?: string;
}

const gzipLayer = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

/** One repository in memory, with the images that a test puts there. */
export interface MemorySource extends ImageSource {
  /** Every part by its digest; a test may take one away. */
  readonly parts: Map<Digest, Uint8Array>;
  /** How often the bytes of each blob were asked for. */
  readonly reads: Map<Digest, number>;
  put(mediaType: string, value: Uint8Array | string | object, tag?: string): Descriptor;
  image(spec?: ImageSpec): Promise<Descriptor>;
  index(entries: readonly (Descriptor & { platform?: Platform })[], tag?: string): Descriptor;
}

/** A tar, unpacked. */
export async function tarOf(files: LayerFiles, change: Partial<TarHeader> = {}): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (const [path, content] of Object.entries(files)) {
    const body = Buffer.from(content);
    const header = { path, sizeBytes: body.length, ...change } as TarHeader;
    pieces.push(...(await Array.fromAsync(tarEntry(header, body))));
  }
  return Buffer.concat([...pieces, tarEnd]);
}

export function createMemorySource(name: string): MemorySource {
  const parts = new Map<Digest, Uint8Array>();
  const reads = new Map<Digest, number>();
  const known = new Map<string, Descriptor>();
  const notFound = (image: string) => imagesErrors.notFound({ image, place: name });
  const held = (descriptor: Descriptor) => {
    const bytes = parts.get(descriptor.digest);
    if (!bytes) throw imagesErrors.partGone({ digest: descriptor.digest, place: name });
    return bytes;
  };
  const source: MemorySource = {
    name,
    parts,
    reads,
    put(mediaType, value, tag) {
      const bytes =
        value instanceof Uint8Array
          ? value
          : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
      const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length };
      parts.set(descriptor.digest, bytes);
      known.set(descriptor.digest, descriptor);
      if (tag !== undefined) known.set(tag, descriptor);
      return descriptor;
    },
    async image({ layers = [{ 'etc/base': name }], labels = {}, platform, tag } = {}) {
      const tars = await Promise.all(
        layers.map((layer) => (layer instanceof Uint8Array ? layer : tarOf(layer as LayerFiles))),
      );
      const { os, architecture } = platform ?? { os: 'linux', architecture: 'amd64' };
      const config = source.put('application/vnd.docker.container.image.v1+json', {
        os,
        architecture,
        config: { Labels: labels },
        rootfs: {
          type: 'layers',
          diff_ids: tars.map((tar) => `sha256:${createHash('sha256').update(tar).digest('hex')}`),
        },
      });
      const descriptors = tars.map((tar) => source.put(gzipLayer, gzipSync(tar, { level: 1 })));
      const manifest = { schemaVersion: 2, mediaType: dockerManifestMediaType, config, layers: descriptors };
      return source.put(dockerManifestMediaType, manifest, tag);
    },
    index: (entries, tag) =>
      source.put(indexMediaType, { schemaVersion: 2, mediaType: indexMediaType, manifests: entries }, tag),
    async resolve(reference) {
      const descriptor = known.get(reference);
      if (!descriptor || !parts.has(descriptor.digest)) throw notFound(reference);
      return descriptor;
    },
    manifest: async (descriptor) => held(descriptor),
    async blob(descriptor, start = 0) {
      const bytes = held(descriptor);
      reads.set(descriptor.digest, (reads.get(descriptor.digest) ?? 0) + 1);
      return (async function* () {
        yield bytes.subarray(start);
      })();
    },
    tags: async () => [...known.keys()].filter((key) => !key.includes(':')).sort(),
    referrers: async (subject) =>
      [...known.values()].filter((descriptor) => {
        const bytes = parts.get(descriptor.digest);
        if (!bytes || !/manifest|index/.test(descriptor.mediaType)) return false;
        return readManifest(bytes, descriptor.mediaType, name).subject?.digest === subject;
      }),
  };
  return source;
}
