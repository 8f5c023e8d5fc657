import type { SnapshotConfig } from '../../capture/index.ts';
import { dockerListMediaType, dockerManifestMediaType, indexMediaType } from '../../images/index.ts';
import { type Descriptor, type Digest, digestOf } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { testConfig } from './stored-snapshot.ts';

const layerMediaType = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

/** A layer by its name; what it holds is never read, so it is not there. */
export interface TestLayer {
  readonly name: string;
  readonly size: number;
  readonly createdBy?: string;
}

export interface TestImage {
  readonly platform: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly layers: readonly TestLayer[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
}

async function storeJson(store: BlobStore, mediaType: string, value: unknown): Promise<Descriptor> {
  const { digest, sizeBytes } = await store.put(Buffer.from(JSON.stringify(value)));
  return { mediaType, digest, size: sizeBytes };
}

/** Puts the manifest and the config of an image into a store. */
export async function storeImage(store: BlobStore, image: TestImage): Promise<Descriptor> {
  const config = await storeJson(store, 'application/vnd.docker.container.image.v1+json', {
    ...image.platform,
    created: '2020-08-29T03:21:07.512Z',
    config: { Labels: image.labels ?? {}, Entrypoint: image.entrypoint ?? [], User: '1001' },
    history: image.layers.map(({ createdBy }) => ({ created_by: createdBy ?? '/bin/sh -c make install' })),
  });
  const layers = image.layers.map(({ name, size }) => ({
    mediaType: layerMediaType,
    digest: digestOf(name),
    size,
  }));
  const manifest = { schemaVersion: 2, mediaType: dockerManifestMediaType, config, layers };
  return storeJson(store, dockerManifestMediaType, manifest);
}

/** Puts a list of images into a store, each entry with the platform of its image. */
export async function storeList(store: BlobStore, images: readonly TestImage[]): Promise<Descriptor> {
  const manifests = [];
  for (const image of images)
    manifests.push({ ...(await storeImage(store, image)), platform: image.platform });
  return storeJson(store, dockerListMediaType, {
    schemaVersion: 2,
    mediaType: dockerListMediaType,
    manifests,
  });
}

export interface TestRoot {
  readonly descriptor: Descriptor;
  readonly repository: string;
  readonly imageTag?: string;
  readonly role?: 'release' | 'signature';
}

/** Puts the snapshot of an image or a release into a store, as capture does; gives the digest of its index. */
export async function storeImageSnapshot(
  store: BlobStore,
  config: Pick<SnapshotConfig, 'title' | 'release'> & { readonly kind: 'image' | 'release' },
  roots: readonly TestRoot[],
): Promise<Digest> {
  const about = await storeJson(store, 'application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: 'application/vnd.holdfast.snapshot.v1+json',
    config: await storeJson(store, 'application/vnd.holdfast.snapshot.config.v1+json', {
      ...testConfig,
      ...config,
    }),
    layers: [await storeJson(store, 'application/vnd.oci.empty.v1+json', {})],
  });
  const entries = roots.map(({ descriptor, repository, imageTag, role }) => ({
    ...descriptor,
    annotations: {
      'dev.holdfast.repository': repository,
      ...(imageTag && { 'org.opencontainers.image.ref.name': imageTag }),
      ...(role && { 'dev.holdfast.role': role }),
    },
  }));
  const index = await storeJson(store, indexMediaType, {
    schemaVersion: 2,
    mediaType: indexMediaType,
    artifactType: `application/vnd.holdfast.${config.kind}.v1+json`,
    manifests: [{ ...about, annotations: { 'dev.holdfast.role': 'about' } }, ...entries],
  });
  return index.digest;
}
