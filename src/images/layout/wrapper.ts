import { type Descriptor, digestOf } from '../../kernel/index.ts';
import { dockerListMediaType, dockerManifestMediaType, indexMediaType } from '../media-types.ts';
import type { IndexEntry, Manifest } from '../read-manifest.ts';

/** Says what an entry of index.json is for. */
const roleAnnotation = 'dev.holdfast.role';

/**
 * An index of the OCI family around a Docker image or list. skopeo and podman find by name only what is of the OCI family,
 * and take the Docker manifest, byte for byte, out of such an index. Undefined for what is of the OCI family already.
 */
export function wrapperOf(
  { mediaType, digest, size }: Descriptor,
  manifest: Manifest,
): { descriptor: IndexEntry; bytes: Uint8Array } | undefined {
  if (mediaType !== dockerManifestMediaType && mediaType !== dockerListMediaType) return undefined;
  const manifests = manifest.kind === 'index' ? manifest.manifests : [{ mediaType, digest, size }];
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: indexMediaType, manifests }));
  const annotations = { [roleAnnotation]: 'wrapper' };
  return {
    descriptor: { mediaType: indexMediaType, digest: digestOf(bytes), size: bytes.length, annotations },
    bytes,
  };
}

/** True for an entry that stands beside the image that it wraps, under the same name. */
export const isWrapper = ({ annotations }: IndexEntry): boolean =>
  annotations?.[roleAnnotation] === 'wrapper';
