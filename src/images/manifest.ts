import { type Descriptor, defineErrors, isDigest } from '../kernel/index.ts';

/** An OCI image manifest (image-spec `manifest.md`), as Holdfast writes it for every snapshot. */
export interface ImageManifest {
  readonly schemaVersion: 2;
  readonly mediaType: typeof manifestMediaType;
  readonly artifactType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly annotations?: Readonly<Record<string, string>>;
}

export const manifestMediaType = 'application/vnd.oci.image.manifest.v1+json';

/** The largest manifest that is read; the distribution spec asks registries for at least 4 MiB. */
export const maxManifestBytes = 16 * 1024 * 1024;

export const imagesErrors = defineErrors('images', {
  badManifest: {
    kind: 'corrupt',
    message: 'Manifest is not an OCI image manifest: {fault}',
    hint: 'Take the snapshot again, or restore the blob from a copy',
  },
});

/** The bytes of a manifest; equal manifests give equal bytes. */
export function encodeManifest(manifest: ImageManifest): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(manifest));
}

/** Reads a manifest's bytes; throws `images.badManifest` naming the field that is wrong. */
export function parseManifest(bytes: Uint8Array): ImageManifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw imagesErrors.badManifest({ fault: 'it is not JSON' }, { cause });
  }
  const manifest = value as ImageManifest;
  if (typeof manifest !== 'object' || manifest === null)
    throw imagesErrors.badManifest({ fault: 'it is not an object' });
  if (manifest.schemaVersion !== 2) throw imagesErrors.badManifest({ fault: 'schemaVersion is not 2' });
  if (manifest.mediaType !== manifestMediaType)
    throw imagesErrors.badManifest({ fault: 'mediaType is another' });
  if (!isDescriptor(manifest.config)) throw imagesErrors.badManifest({ fault: 'config is not a descriptor' });
  if (!Array.isArray(manifest.layers)) throw imagesErrors.badManifest({ fault: 'layers is not a list' });
  manifest.layers.forEach((layer, index) => {
    if (!isDescriptor(layer))
      throw imagesErrors.badManifest({ fault: `layers[${index}] is not a descriptor` });
  });
  return manifest;
}

function isDescriptor(value: unknown): value is Descriptor {
  if (typeof value !== 'object' || value === null) return false;
  const { mediaType, digest, size } = value as Descriptor;
  return typeof mediaType === 'string' && isDigest(digest) && Number.isSafeInteger(size) && size >= 0;
}
