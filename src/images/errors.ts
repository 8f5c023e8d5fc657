import { defineErrors } from '../kernel/index.ts';

export const imagesErrors = defineErrors('images', {
  unsupportedManifest: {
    kind: 'unsupported',
    message: 'Image "{image}" has the manifest type "{mediaType}", which is not supported',
    hint: 'Docker schema 2 and OCI manifests, lists and indexes are; push the image again with a current tool',
  },
  malformedManifest: {
    kind: 'corrupt',
    message: 'Manifest of image "{image}" is malformed: {fault}',
    hint: 'Take the snapshot again, restore the blob from a copy, or ask whoever publishes the image to push it again',
  },
});
