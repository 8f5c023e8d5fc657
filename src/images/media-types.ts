/** The media types of manifests that are kept byte for byte (image-spec `media-types.md`; Docker image manifest v2, schema 2). */
export const manifestMediaType = 'application/vnd.oci.image.manifest.v1+json';
export const indexMediaType = 'application/vnd.oci.image.index.v1+json';
export const dockerManifestMediaType = 'application/vnd.docker.distribution.manifest.v2+json';
export const dockerListMediaType = 'application/vnd.docker.distribution.manifest.list.v2+json';

const kinds: Readonly<Record<string, 'image' | 'index'>> = {
  [manifestMediaType]: 'image',
  [dockerManifestMediaType]: 'image',
  [indexMediaType]: 'index',
  [dockerListMediaType]: 'index',
};

/** All of them, as a registry is told in `Accept`. */
export const manifestMediaTypes: readonly string[] = Object.keys(kinds);

/** Whether a media type is that of one image's manifest or of a list of manifests; undefined for every other. */
export function manifestKindOf(mediaType: string): 'image' | 'index' | undefined {
  return Object.hasOwn(kinds, mediaType) ? kinds[mediaType] : undefined;
}
