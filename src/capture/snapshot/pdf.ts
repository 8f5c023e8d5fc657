import { encodeManifest, manifestMediaType, maxManifestBytes, parseManifest } from '../../images/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import type { BlobSource, BlobStore } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import { pdfArtifactType } from './format.ts';

/** The digest of an artifact of that type whose `subject` is the manifest; undefined where none is known. */
export type FindReferrer = (subject: Digest, artifactType: string) => Promise<Digest | undefined>;

/** Remembers an artifact under its subject and type; a later one takes the place of an earlier one. */
export type RecordReferrer = (subject: Digest, artifactType: string, artifact: Digest) => Promise<void>;

const pdfMediaType = 'application/pdf';
const emptyMediaType = 'application/vnd.oci.empty.v1+json';

/**
 * Stores a PDF as an artifact whose `subject` is the snapshot's manifest (image-spec 1.1, "Associating other
 * manifests") and records it; gives the artifact's digest.
 */
export async function attachPdf(
  { store, recordReferrer }: { store: BlobStore; recordReferrer: RecordReferrer },
  snapshot: Digest,
  pdf: BlobSource,
): Promise<Digest> {
  const manifest = await store.bytes(snapshot, maxManifestBytes);
  const batch = store.batch();
  let digest: Digest;
  try {
    const empty = await batch.put(Buffer.from('{}'));
    const file = await batch.put(pdf);
    const artifact = encodeManifest({
      schemaVersion: 2,
      mediaType: manifestMediaType,
      artifactType: pdfArtifactType,
      config: { mediaType: emptyMediaType, digest: empty.digest, size: empty.sizeBytes },
      layers: [{ mediaType: pdfMediaType, digest: file.digest, size: file.sizeBytes }],
      subject: { mediaType: manifestMediaType, digest: snapshot, size: manifest.length },
    });
    ({ digest } = await batch.put(artifact));
    await batch.commit();
  } catch (error) {
    await batch.abort();
    throw error;
  }
  await recordReferrer(snapshot, pdfArtifactType, digest);
  return digest;
}

/** The PDF that was attached to a snapshot; undefined where there is none, `capture.badSnapshot` where it is another's. */
export async function findPdf(
  { store, findReferrer }: { store: BlobStore; findReferrer: FindReferrer },
  snapshot: Digest,
): Promise<Descriptor | undefined> {
  const digest = await findReferrer(snapshot, pdfArtifactType);
  if (digest === undefined) return undefined;
  const manifest = parseManifest(await store.bytes(digest, maxManifestBytes));
  const layer = manifest.layers.find(({ mediaType }) => mediaType === pdfMediaType);
  if (manifest.artifactType === pdfArtifactType && manifest.subject?.digest === snapshot && layer)
    return layer;
  throw captureErrors.badSnapshot({ snapshot, fault: `its PDF "${digest}" is not one of this snapshot` });
}

/** Referrers in memory: for tests. */
export function createMemoryReferrers(): { findReferrer: FindReferrer; recordReferrer: RecordReferrer } {
  const known = new Map<string, Digest>();
  return {
    findReferrer: async (subject, artifactType) => known.get(`${subject} ${artifactType}`),
    recordReferrer: async (subject, artifactType, artifact) => {
      known.set(`${subject} ${artifactType}`, artifact);
    },
  };
}
