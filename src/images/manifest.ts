import type { Descriptor } from '../kernel/index.ts';
import { manifestMediaType } from './media-types.ts';
import { readManifest } from './read-manifest.ts';

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

/** The largest manifest that is read; the distribution spec asks registries for at least 4 MiB. */
export const maxManifestBytes = 16 * 1024 * 1024;

/** The bytes of a manifest; equal manifests give equal bytes. */
export function encodeManifest(manifest: ImageManifest): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(manifest));
}

/** Reads the manifest of a snapshot; throws as `readManifest` does. */
export function parseManifest(bytes: Uint8Array): ImageManifest {
  const { config, layers, artifactType, subject, annotations } = readManifest(
    bytes,
    manifestMediaType,
    'snapshot',
  );
  return {
    schemaVersion: 2,
    mediaType: manifestMediaType,
    ...(artifactType !== undefined && { artifactType }),
    config: config!,
    layers,
    ...(subject && { subject }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}
