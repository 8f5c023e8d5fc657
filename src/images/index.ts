export type { ImageManifest } from './manifest.ts';
export {
  encodeManifest,
  imagesErrors,
  manifestMediaType,
  maxManifestBytes,
  parseManifest,
} from './manifest.ts';
