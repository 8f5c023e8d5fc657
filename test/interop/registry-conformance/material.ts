import { createHash, randomBytes } from 'node:crypto';

export const types = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  empty: 'application/vnd.oci.empty.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
} as const;

/** Bytes that are pushed, and how they are told of. */
export interface Part {
  readonly bytes: Buffer;
  readonly digest: string;
  readonly mediaType: string;
}

export function partOf(
  bytes: Buffer | string,
  mediaType: string = types.layer,
  algorithm: 'sha256' | 'sha512' = 'sha256',
): Part {
  const buffer = Buffer.from(bytes as string);
  const hex = createHash(algorithm).update(buffer).digest('hex');
  return { bytes: buffer, digest: `${algorithm}:${hex}`, mediaType };
}

export const descriptorOf = ({ bytes, digest, mediaType }: Part) => ({
  mediaType,
  digest,
  size: bytes.length,
});

/** Bytes that nobody pushed yet. */
export const freshBlob = (sizeBytes = 1_000) => partOf(randomBytes(sizeBytes));

/** A config that nobody pushed yet. */
export const freshConfig = (mediaType: string = types.config) =>
  partOf(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: [] },
      author: randomBytes(8).toString('hex'),
    }),
    mediaType,
  );

/** An image's manifest, in a spacing that nobody would choose: what comes back must be these bytes. */
export function imageOf(config: Part, layers: readonly Part[], fields: object = {}): Part {
  const mediaType = 'mediaType' in fields ? String(fields.mediaType) : types.manifest;
  const value = {
    schemaVersion: 2,
    mediaType,
    config: descriptorOf(config),
    layers: layers.map(descriptorOf),
    ...fields,
  };
  return partOf(`${JSON.stringify(value, null, 3)}\n`, mediaType);
}

/** An index or a list of manifests. */
export function indexOf(parts: readonly Part[], fields: object = {}): Part {
  const mediaType = 'mediaType' in fields ? String(fields.mediaType) : types.index;
  const manifests = parts.map((part) => ({
    ...descriptorOf(part),
    platform: { architecture: 'amd64', os: 'linux' },
  }));
  return partOf(JSON.stringify({ schemaVersion: 2, mediaType, manifests, ...fields }, null, 2), mediaType);
}
