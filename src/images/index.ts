export { imagesErrors } from './errors.ts';
export { isDescriptor } from './is-descriptor.ts';
export type { ImageManifest } from './manifest.ts';
export { encodeManifest, maxManifestBytes, parseManifest } from './manifest.ts';
export {
  dockerListMediaType,
  dockerManifestMediaType,
  indexMediaType,
  manifestKindOf,
  manifestMediaType,
  manifestMediaTypes,
} from './media-types.ts';
export type { IndexEntry, Manifest, Platform } from './read-manifest.ts';
export { readManifest } from './read-manifest.ts';
export type { ImageSource, ImageTarget } from './types.ts';
export type { ManifestReader, Reached } from './walk.ts';
export { walkParts } from './walk.ts';
