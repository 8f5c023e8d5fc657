import { type Descriptor, type Digest, hasCode } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { maxManifestBytes } from '../manifest.ts';
import { type IndexEntry, type Platform, readManifest } from '../read-manifest.ts';
import type { ManifestReader } from '../walk.ts';
import { type ConfigFacts, configFacts, maxConfigBytes } from './config-facts.ts';

/** One manifest that a root stands for: an image for one platform, or an artifact. */
export interface PlatformImage {
  readonly descriptor: Descriptor;
  /** As its config says, else as the index says; absent for an artifact. */
  readonly platform?: Platform;
  /** RFC 3339. */
  readonly created?: string;
  readonly config?: Descriptor;
  readonly layers: readonly Descriptor[];
  /** Of manifest, config and layers; 0 where it is not held. */
  readonly sizeBytes: number;
  /** False where the index names it and the store does not hold it: a platform that was left out. */
  readonly held: boolean;
}

/** What stands behind a manifest or an index. */
export interface ImageDescription {
  readonly descriptor: Descriptor;
  readonly artifactType?: string;
  readonly images: readonly PlatformImage[];
  /** Everything that is held of it, each digest once, with its size in bytes. */
  readonly parts: ReadonlyMap<Digest, number>;
}

const maxDepth = 8;
/** What an index says of an entry that is for no platform, such as an attestation. */
const unknown = 'unknown';

/**
 * Describes what stands behind a root in a store: two small reads for each platform, none for layers. Throws
 * `store.notFound` where the root itself is not held, and what `readManifest` throws.
 */
export async function describeImage(reader: ManifestReader, root: Descriptor): Promise<ImageDescription> {
  const images: PlatformImage[] = [];
  const parts = new Map<Digest, number>();
  let artifactType: string | undefined;

  const visit = async (entry: IndexEntry, depth: number): Promise<void> => {
    if (parts.has(entry.digest)) return;
    if (depth > maxDepth)
      throw imagesErrors.malformedManifest({
        image: root.digest,
        fault: `indexes are nested deeper than ${maxDepth}`,
      });
    const bytes = await reader.bytes(entry.digest, maxManifestBytes);
    const manifest = readManifest(bytes, entry.mediaType, root.digest);
    parts.set(entry.digest, bytes.length);
    if (depth === 0) artifactType = manifest.artifactType;
    for (const child of manifest.manifests)
      await visit(child, depth + 1).catch((error) => {
        if (!hasCode(error, 'store.notFound')) throw error;
        images.push({ ...described(child, child.platform), layers: [], sizeBytes: 0, held: false });
      });
    const { config, layers } = manifest;
    if (!config) return;
    for (const { digest, size } of [config, ...layers]) parts.set(digest, size);
    const facts = await readFacts(reader, config);
    const distinct = new Map([config, ...layers].map(({ digest, size }) => [digest, size]));
    images.push({
      ...described(entry, facts?.platform ?? entry.platform),
      ...(facts?.created !== undefined && { created: facts.created }),
      config,
      layers,
      sizeBytes: [...distinct.values()].reduce((sum, size) => sum + size, bytes.length),
      held: true,
    });
  };
  await visit(root, 0);
  return { descriptor: root, ...(artifactType !== undefined && { artifactType }), images, parts };
}

/** What the config of an image says; undefined where it is not the config of an image, or too large to be read. */
export async function readFacts(
  reader: ManifestReader,
  config: Descriptor,
): Promise<ConfigFacts | undefined> {
  const isImageConfig = /^application\/vnd\.(?:oci\.image\.config|docker\.container\.image)\.v1\+json$/;
  if (!isImageConfig.test(config.mediaType) || config.size > maxConfigBytes) return undefined;
  return configFacts(await reader.bytes(config.digest, maxConfigBytes));
}

function described(entry: IndexEntry, platform: Platform | undefined) {
  const { mediaType, digest, size } = entry;
  return {
    descriptor: { mediaType, digest, size },
    ...(platform && platform.os !== unknown && { platform }),
  };
}
