import {
  encodeManifest,
  indexMediaType,
  type Manifest,
  manifestMediaType,
  maxManifestBytes,
  parseManifest,
  readManifest,
} from '../../images/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import type { BlobBatch, BlobStore } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import {
  configMediaType,
  imageArtifactType,
  releaseArtifactType,
  roleAnnotation,
  type SnapshotConfig,
} from './format.ts';
import { entryOf, type ImageRoot, rootOf } from './image-root.ts';
import { type Bad, readConfig } from './read-config.ts';

/** The manifest in a snapshot's index whose config blob is the SnapshotConfig. */
export const aboutArtifactType = 'application/vnd.holdfast.snapshot.v1+json';
/** A release signature: one layer with its bytes, `subject` the release image. */
export const signatureArtifactType = 'application/vnd.holdfast.release-signature.v1';
const emptyMediaType = 'application/vnd.oci.empty.v1+json';

/** A snapshot of an image or a release, read from its index. */
export interface ImageSnapshot {
  readonly digest: Digest;
  readonly kind: 'image' | 'release';
  /** The manifest whose config blob is `config`. */
  readonly about: Descriptor;
  readonly config: SnapshotConfig;
  /** In the order in which they were mirrored; those of a release begin with the release image. */
  readonly roots: readonly ImageRoot[];
}

export interface ImageSnapshotParts {
  readonly artifactType: typeof imageArtifactType | typeof releaseArtifactType;
  readonly config: Omit<SnapshotConfig, 'version' | 'exchangeTimesMs' | 'exchangeVolatile'>;
  readonly roots: readonly ImageRoot[];
}

/**
 * Puts the index of a snapshot into the batch (`commit` stays the caller's; what the roots name is in the store already):
 * first the about manifest, then every root (image-spec `image-index.md`). `sizeBytes` is that of what it added.
 */
export async function writeImageIndex(
  batch: BlobBatch,
  parts: ImageSnapshotParts,
): Promise<{ readonly digest: Digest; readonly sizeBytes: number }> {
  const config: SnapshotConfig = {
    version: 1,
    ...parts.config,
    exchangeTimesMs: [],
    exchangeVolatile: [],
  };
  const empty = await batch.put(Buffer.from('{}'));
  const about = await batch.put(Buffer.from(JSON.stringify(config)));
  const manifest = await batch.put(
    encodeManifest({
      schemaVersion: 2,
      mediaType: manifestMediaType,
      artifactType: aboutArtifactType,
      config: { mediaType: configMediaType, digest: about.digest, size: about.sizeBytes },
      layers: [{ mediaType: emptyMediaType, digest: empty.digest, size: empty.sizeBytes }],
    }),
  );
  const entries: readonly Descriptor[] = [
    {
      mediaType: manifestMediaType,
      digest: manifest.digest,
      size: manifest.sizeBytes,
      artifactType: aboutArtifactType,
      annotations: { [roleAnnotation]: 'about' },
    },
    ...parts.roots.map(entryOf),
  ];
  const index = await batch.put(
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: indexMediaType,
        artifactType: parts.artifactType,
        manifests: entries,
      }),
    ),
  );
  return {
    digest: index.digest,
    sizeBytes: [empty, about, manifest, index].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

/** Opens the snapshot of an image or a release; throws `store.notFound`, `images.malformedManifest` or `capture.badSnapshot`. */
export async function openImageSnapshot(store: BlobStore, digest: Digest): Promise<ImageSnapshot> {
  const manifest = readManifest(await store.bytes(digest, maxManifestBytes), undefined, 'snapshot');
  return readImageIndex(store, digest, manifest);
}

/** The same for an index that was read already. */
export async function readImageIndex(
  store: BlobStore,
  digest: Digest,
  index: Manifest,
): Promise<ImageSnapshot> {
  const bad: Bad = (fault, cause) => captureErrors.badSnapshot({ snapshot: digest, fault }, { cause });
  const kind = kindOf(index);
  if (!kind)
    throw bad(`its artifactType is "${String(index.artifactType).slice(0, 200)}", not that of an image`);
  const [first, ...rest] = index.manifests;
  if (first?.annotations?.[roleAnnotation] !== 'about') throw bad('its first entry does not tell about it');
  const about = parseManifest(await store.bytes(first.digest, maxManifestBytes));
  if (about.artifactType !== aboutArtifactType) throw bad('its first entry is of another type');
  const config = await readConfig(store, about.config, bad);
  if (config.kind !== kind) throw bad(`its config is that of a ${config.kind}`);
  return { digest, kind, about: first, config, roots: rest.map((entry, at) => rootOf(entry, at + 1, bad)) };
}

function kindOf(index: Manifest): ImageSnapshot['kind'] | undefined {
  if (index.kind !== 'index') return undefined;
  if (index.artifactType === imageArtifactType) return 'image';
  return index.artifactType === releaseArtifactType ? 'release' : undefined;
}
