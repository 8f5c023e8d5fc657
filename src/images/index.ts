export { copyImages } from './copy/copy-images.ts';
export type {
  CopiedAttachment,
  CopiedRoot,
  CopyOptions,
  CopyResult,
  CopyRoot,
  RefusedIndex,
} from './copy/types.ts';
export type { Credential, Credentials } from './credentials/credentials.ts';
export { noCredentials, parseCredentials } from './credentials/credentials.ts';
export type { ConfigFacts } from './describe/config-facts.ts';
export type { ImageDescription, PlatformImage } from './describe/describe-image.ts';
export { describeImage, readFacts } from './describe/describe-image.ts';
export { imagesErrors } from './errors.ts';
export { bareDescriptor, isDescriptor } from './is-descriptor.ts';
export type { LayoutSource, LayoutTarget } from './layout/index.ts';
export { createLayoutFolder, createLayoutTar, openLayoutFolder, openLayoutTar } from './layout/index.ts';
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
export type { MirrorFolder, MirrorFolderTarget, Signatures } from './oc-mirror/index.ts';
export {
  createMirrorFolder,
  openMirrorFolder,
  readSignatureFile,
  writeSignatureFile,
} from './oc-mirror/index.ts';
export type { ImagePlace, OpenedRepository, OpenedSource, OpenedTarget } from './place/index.ts';
export {
  isPlace,
  mirrorRepository,
  openSource,
  openTarget,
  parsePlace,
  recognisePlace,
} from './place/index.ts';
export { formatPlatform, parsePlatform } from './platform.ts';
export { reachFrom } from './reach.ts';
export type { IndexEntry, Manifest, Platform } from './read-manifest.ts';
export { readManifest } from './read-manifest.ts';
export type { ImageReference } from './reference.ts';
export { formatReference, isImageTag, isRegistryHost, isRepository, parseReference } from './reference.ts';
export { createRegistry } from './registry/create-registry.ts';
export type { MirrorRule, Registry, RegistryOptions, RepositoryName } from './registry/types.ts';
export type { StoreSourceOptions } from './stored/store-source.ts';
export { createStoreSource } from './stored/store-source.ts';
export type { StoreTargetOptions } from './stored/store-target.ts';
export { createStoreTarget } from './stored/store-target.ts';
export type {
  RandomAccess,
  TarEntry,
  TarHeader,
  TarIndex,
  TarMember,
  TarReadOptions,
  TarType,
} from './tar/index.ts';
export {
  indexTar,
  openRandomAccess,
  readTar,
  tarEnd,
  tarEntry,
  tarEntryBytes,
  tarHeader,
  tarPadding,
} from './tar/index.ts';
export type { ImageSource, ImageTarget } from './types.ts';
export type { ManifestReader, Reached, WalkOptions } from './walk.ts';
export { walkParts } from './walk.ts';
