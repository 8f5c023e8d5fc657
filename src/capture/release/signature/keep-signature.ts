import { encodeManifest, manifestMediaType } from '../../../images/index.ts';
import type { Descriptor } from '../../../kernel/index.ts';
import type { BlobBatch } from '../../../store/index.ts';
import { signatureArtifactType } from '../../snapshot/image-index.ts';

const emptyMediaType = 'application/vnd.oci.empty.v1+json';

/** Puts a signature into the batch as an artifact about the release image (image-spec `manifest.md`, "Guidelines for Artifact Usage"). */
export async function keepSignature(
  batch: BlobBatch,
  release: Descriptor,
  signature: Uint8Array,
): Promise<Descriptor> {
  const empty = await batch.put(Buffer.from('{}'));
  const layer = await batch.put(signature);
  const { mediaType, digest, size } = release;
  const manifest = await batch.put(
    encodeManifest({
      schemaVersion: 2,
      mediaType: manifestMediaType,
      artifactType: signatureArtifactType,
      config: { mediaType: emptyMediaType, digest: empty.digest, size: empty.sizeBytes },
      layers: [{ mediaType: signatureArtifactType, digest: layer.digest, size: layer.sizeBytes }],
      subject: { mediaType, digest, size },
    }),
  );
  return {
    mediaType: manifestMediaType,
    digest: manifest.digest,
    size: manifest.sizeBytes,
    artifactType: signatureArtifactType,
  };
}
