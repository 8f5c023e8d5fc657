import type { Manifest } from '../images/index.ts';
import type { Digest } from '../kernel/index.ts';
import type { NewManifest } from './types.ts';

/** Layers of these types stay where their publisher keeps them, so a registry need not hold them. */
const neverDistributed = /(?:nondistributable|foreign)\./;

/** What the catalog keeps of a manifest that was read. */
export function newManifestOf(manifest: Manifest, digest: Digest, sizeBytes: number): NewManifest {
  const { config, layers, manifests, mediaType, artifactType, subject, annotations } = manifest;
  return {
    digest,
    mediaType,
    sizeBytes,
    // distribution-spec "Pushing Manifests with Subject": an image without an artifact type is known by its config's type.
    artifactType: artifactType || config?.mediaType,
    subject: subject?.digest,
    annotations,
    blobs: [
      ...(config ? [config] : []),
      ...layers.filter((layer) => !neverDistributed.test(layer.mediaType)),
    ],
    children: manifests,
  };
}
