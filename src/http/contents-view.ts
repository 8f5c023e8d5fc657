import type { z } from '@hono/zod-openapi';
import type { ContentsImage, ContentsRoot } from '../capture/index.ts';
import { formatPlatform, type PlatformImage } from '../images/index.ts';
import type { contentsRoot, imageDetail, platformImage } from './schema/contents.ts';

/** A manifest as it stands in a list. */
export function platformView(image: PlatformImage): z.infer<typeof platformImage> {
  const { descriptor, platform, created, layers, sizeBytes, held } = image;
  return {
    digest: descriptor.digest,
    mediaType: descriptor.mediaType,
    platform: platform ? formatPlatform(platform) : null,
    created: created ?? null,
    layers: layers.length,
    sizeBytes,
    held,
  };
}

/** A root of a snapshot as it stands in a list: its layers are told by `imageView` alone. */
export function rootView(root: ContentsRoot): z.infer<typeof contentsRoot> {
  const { role, component, imageTags, repository, descriptor, artifactType, parts, images } = root;
  return {
    role,
    component,
    imageTags: [...imageTags],
    repository,
    digest: descriptor.digest,
    mediaType: descriptor.mediaType,
    artifactType: artifactType ?? null,
    sizeBytes: [...parts.values()].reduce((sum, size) => sum + size, 0),
    platforms: images.map(platformView),
  };
}

/** A manifest in detail. */
export function imageView({ image, facts, layerUses }: ContentsImage): z.infer<typeof imageDetail> {
  const { digest, mediaType, platform, created } = platformView(image);
  const lists = facts ?? { entrypoint: [], command: [], exposedPorts: [], labels: {}, createdBy: [] };
  return {
    digest,
    mediaType,
    platform,
    created,
    author: facts?.author ?? '',
    user: facts?.user ?? '',
    entrypoint: [...lists.entrypoint],
    command: [...lists.command],
    exposedPorts: [...lists.exposedPorts],
    labels: { ...lists.labels },
    layers: image.layers.map((layer, at) => ({
      digest: layer.digest,
      mediaType: layer.mediaType,
      sizeBytes: layer.size,
      createdBy: lists.createdBy.length === image.layers.length ? lists.createdBy[at]! : '',
      uses: layerUses[at] ?? 0,
    })),
  };
}
